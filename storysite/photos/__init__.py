"""Pictures, from a phone to the page: what a file is, what it carries beside the picture, and what is made of it.

    kinds, facts      what a file is and how large it is, without decoding it
    parts, boxes      the pieces that a file is made of
    carried           what these say beside the picture: EXIF, XMP, IPTC, ICC, comments, and what follows its end
    metadata          which private things that is, in words for people
    scrub             the same picture, to the last pixel, without them
    svg               drawings without scripts and outside references
    publish           which of the two is done to a file that is published
    recipe            how large the copies of a picture are (pure)
    edition           what decides the bytes of a copy beside these
    derive, focus     recipe and bytes → the bytes of a copy; where a picture has most detail
    add               a picture of a phone or a scanner → one that may be committed

All are functions from bytes to bytes or values. Only `pillow` asks Pillow to open a file, and only when a picture is
looked at: it takes 20 ms to load, which a build with nothing to do does not have.
"""
