"""Documents that readers download: what a PDF or an office document tells beside what stands in it.

    look          which files are documents, and what such a file tells
    told          what that is, in words for people
    office        Word, Excel, PowerPoint and OpenDocument: packed folders of XML and pictures
    xml           the texts of some elements
    pdf           the author of a PDF, and the photos in it
    pdf_objects   the objects of a PDF by their numbers, wherever in the file they lie
    pdf_values    dictionaries and texts as a PDF writes them

All are functions from bytes to values, bounded in time and memory; of what is damaged, locked or odd, nothing is told.

PDFs are read by own code because so little of one is wanted. Libraries (pypdf among them) follow the structure of a
file, and hostile ones lead them in circles: they would need a process of their own and a clock. This looks at each byte
a few times, in order; it also finds the author that an earlier version of the same file had, which is still in there.
"""
