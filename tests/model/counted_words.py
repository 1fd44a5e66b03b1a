"""Words whose syllables were counted by hand, by how many they have; words that people say in two ways are left out."""

ENGLISH = {
    1: """book books read reads page shelf shelves school schools child kids made make makes time times came some
    there here where these those learned helped worked asked looked liked loved lived moved walked played
    stayed thanked through though thought brought caught eight friend friends world word words month months
    great group groups place voice grade grades change changed choice choose chose cheese please whole once
    since space price prize laugh year years house lunch spring strength clothes breathe league tongue queue
    guess guest quilt queen quick scheme biked hiked shared stared chased raised closed used goes does shoes
    toes tied tried cried dried flies tries skies freed seed need speed feed suite fruit juice build guide
    guests aisle eye eyes don't can't""",
    2: """reading reader readers maker makers teacher teachers parent parents student students letter letters table
    tables little purple apple apples people title titles needed wanted started added lunches wishes boxes
    pages places prizes voices houses faces changes watches classes author authors story stories poem poet
    quiet diet lion giant science being doing going seeing saying trying playing buying flying react create
    creates cruel trial dial neon chaos hello today maybe monday tuesday friday sunday program robot robots
    outside inside something sometimes someone homework bookshelf lifetime careful hopeful lonely lovely
    likely basement movement statement pavement useful useless homeless project question questions picture
    pictures nature future feature measure pleasure treasure nation station action vision special social
    ocean ancient patient precious cautious conscious gracious region legion million onion union junior
    senior billion cookie cookies movie movies kindness happy busy easy eager weather neighbor eighteen canoe
    shampoo bamboo igloo rhythm prism business wednesday evening handsome welcome become outcome income
    awesome lonesome cupcake pancake notebook facebook iceberg timeline baseball spaceship lakeside
    whiteboard horseshoe cheesecake argue value valued values rescue statue virtue tortoise circuit biscuit
    guitar language penguin equal fluent ruin ruined suitcase building guided gorgeous surgeon pigeon dungeon
    leopard riot client patience fiction rated voted handed crowded naked rugged hundred sacred heroes
    studied carried agreed coffee didn't couldn't isn't beyond crayon player royal canyon technique unique
    every handled settled marriage creature""",
    3: """library family families area areas idea ideas radio video videos studio piano period curious serious
    various audience creative creation creator created creating museum theater volunteer volunteers
    volunteered remember important imagine together another elephant element excitement agreement
    announcement wonderful beautiful president principal collection discussion adventure animal holiday
    grandmother computer understand yesterday october november december saturday annual manual visual
    continue continued avenue barbecue languages equipment influence fluency genuine guardian musician
    magician technician diary diaries violin violet violence pioneer scientist quietly orient convenient
    convenience nonfiction nutritious delicious religious suspicious glorious obvious previous envious
    tedious courageous outrageous excited decided invited provided potatoes tomatoes guaranteed referee
    reaction ideal cereal linear nuclear jeopardy stereo rodeo stadium premium medium podium helium calcium
    radius opinion companion storybook happier busiest easier makerspace anyone everyone anything awareness
    settlement familiar champion reopen recipe graduate tourism""",
    4: """librarian librarians experience society variety anxiety reality advertisement encouragement january
    february community communities education information celebration conversation presentation biography
    geography photography ability activity activities environment development kindergarten supermarket
    helicopter alligator watermelon caterpillar appreciate initiative negotiate immediate material materials
    memorial historian electrician politician pediatric scientific obedient ingredient ingredients mysterious
    spontaneous geology cooperate coordinate zoology petroleum aquarium gymnasium evaluate graduation
    situation continuous""",
    5: """imagination vocabulary university opportunity opportunities international organization documentary
    electricity environmental appreciation association pronunciation immediately editorial simultaneous
    miscellaneous cooperation auditorium""",
    6: """responsibility autobiography encyclopedia""",
}
"""The words that the rules were made with."""
ENGLISH_OF_STORIES = {
    1: """we cheered when the last was turned and then one small said why can it not go on all night long two moms
    had come in from work still their coats a chef down street gave us soup bread pears what did first each
    by door so that wheels fit fixed lights signs speak three tongues now dads bring folks rhyme edged juiced
    sauce bridge lodge forged lined ramp""",
    2: """tonight after dinner forty children blankets into darkened corner whispered turning covers answered
    grandpa listened beside window neighbors noticed lanterns glowing upstairs kitchen cooking minutes before
    ended grateful wheelchair hallway measured inches doorway local bakers bagels treated pieces puzzle
    pencils rulers lessons second graders outdoor stable playful rainy sidewalk""",
    3: """patiently donated leftover remembered manager vacation assembly bilingual newspaper donation photograph
    elected attention carpenter butterfly volcano gardener applauded committee tomorrow grandparents envelope
    discovered connected replacing""",
    4: """illustrated superhero dictionary custodian conservation generously calculator avocado invitation
    preparation accessible television independent especially illustrator american emergency necessary""",
    5: """bibliography cafeteria hospitality refrigerator personality multicultural enthusiastic curiosity""",
}
"""Words of stories that the rules had not seen before they were settled."""
SPANISH = {
    1: """y el la los que de en con por más muy hoy rey bien pies seis fue dio vio luz sol voz quien guion tren mes
    a o es""",
    2: """libro libros niño niña casa cuento cuentos leer aula día tío país búho reír oír lunes martes jueves
    viernes agua lengua cuando cuatro nuevo nueva puente pueblo clase tarde noche nuestro nuestra entre sobre
    ciudad lápiz feliz mejor papel jugar antes grande juntos cuidar ruido viuda aire baile causa deuda hielo
    hueso piano labio serie llegar perro guerra queso guía también después quizás crear caos radio""",
    3: """escuela lectura poeta amigo guitarra quería miércoles sábado domingo maestra maestro ahora alcohol teatro
    museo idea leído caído oído paraguas vergüenza pingüino cigüeña estudio estudiar historia memoria familia
    página números libreta cuaderno regalo ayuda semana mañana persona abierto tranquilo pregunta respuesta
    bandera toalla héroe invierno lectores autora autores alumnos""",
    4: """vehículo comunidad primavera necesario voluntario voluntaria aprendieron construyeron experiencia
    actividad televisión universo agradecer maravilla vacaciones estudiantes divertido océano preguntaron
    trabajaron zanahoria biblioteca bibliotecas información conversación presentación""",
    5: """aniversario computadora imaginación oportunidad creatividad felicidades alimentación bibliotecaria
    enciclopedia voluntariado""",
    6: """responsabilidad""",
}
"""Spanish words, many of them with two vowels side by side."""
