"""Documents made for tests: PDFs in every way that their facts may be written, and what office programs save."""

import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq>{}</rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Flyer</dc:title><dc:creator>{author}</dc:creator>
<cp:lastModifiedBy>{editor}</cp:lastModifiedBy></cp:coreProperties>"""
APP = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>Writer</Application><Manager>{manager}</Manager><Company>{company}</Company></Properties>"""
META = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<office:meta><meta:initial-creator>{author}</meta:initial-creator><dc:creator>{editor}</dc:creator></office:meta>
</office:document-meta>"""
OFFICE = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}
OPEN = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def stream(entries: str, data: bytes, *, packed: bool = False, way: str = "/FlateDecode") -> bytes:
    """Return a stream of a PDF with the entries of its dictionary."""
    data = zlib.compress(data) if packed else data
    filters = f"/Filter {way} " if packed else ""
    return f"<<{entries} {filters}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def pdf(
    info: bytes | None = b"", more: Mapping[int, bytes] | None = None, *, catalog: str = "", ending: str = ""
) -> bytes:
    """Return a PDF of one empty page, with the entries of its list of facts and more objects, from number 5 on."""
    objects = {
        1: f"<</Type /Catalog /Pages 2 0 R {catalog}>>".encode(),
        2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources <</ProcSet [/PDF]>>>>",
        **({4: b"<<" + info + b">>"} if info is not None else {}),
        **(more or {}),
    }
    return with_table(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", objects, "/Info 4 0 R " * (info is not None) + ending)


def with_table(data: bytes, objects: Mapping[int, bytes], trailer: str) -> bytes:
    """Return a PDF with these objects and the table that says where they lie."""
    places = {}
    for number, written in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + written + b"\nendobj\n"
    table = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in sorted(places.items()))
    size = max(places) + 1
    ending = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size {size} /Root 1 0 R {trailer}>>\n"
    return data + f"{ending}startxref\n{len(data)}\n%%EOF\n".encode()


def packed_pdf(info: bytes) -> bytes:
    """Return a PDF of version 1.5, in which all objects are packed together, and so is the table of their places."""
    inner = {1: b"<</Type /Catalog /Pages 2 0 R>>", 2: b"<</Type /Pages /Kids [] /Count 0>>", 4: b"<<" + info + b">>"}
    heads, body = [], b""
    for number, written in inner.items():
        heads.append(f"{number} {len(body)}")
        body += written + b" "
    head = " ".join(heads).encode() + b" "
    pack = stream(f"/Type /ObjStm /N {len(inner)} /First {len(head)}", head + body, packed=True)
    data = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
    pack_at = len(data)
    data += b"5 0 obj\n" + pack + b"\nendobj\n"
    rows = [(0, 0, 65535), (2, 5, 0), (2, 5, 1), (0, 0, 0), (2, 5, 2), (1, pack_at, 0), (1, len(data), 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + extra.to_bytes(2, "big") for kind, place, extra in rows)
    entries = "/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Info 4 0 R"
    end = b"6 0 obj\n" + stream(entries, table, packed=True) + b"\nendobj\n"
    return data + end + f"startxref\n{len(data)}\n%%EOF\n".encode()


def packed(files: Mapping[str, bytes | str] | Sequence[tuple[str, bytes | str]]) -> bytes:
    """Return a ZIP file with these files in it, all but the first packed."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as document:
        for number, (name, data) in enumerate(files.items() if isinstance(files, Mapping) else files):
            document.writestr(name, data, None if number else 0)
    return written.getvalue()


def office(
    kind: str,
    *,
    author: str = "",
    editor: str = "",
    company: str = "",
    manager: str = "",
    photo: bytes = b"",
    more: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """Return a document of a kind of OFFICE or OPEN, with nothing in it but a photo."""
    if kind in OPEN:
        return packed(
            {
                "mimetype": f"application/vnd.oasis.opendocument.{OPEN[kind]}",
                "content.xml": "<office/>",
                "meta.xml": META.format(author=author, editor=editor),
                **({"Pictures/1000.jpg": photo} if photo else {}),
                **(more or {}),
            }
        )
    return packed(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "_rels/.rels": "<Relationships/>",
            f"{OFFICE[kind]}/document.xml": "<document/>",
            "docProps/core.xml": CORE.format(author=author, editor=editor),
            "docProps/app.xml": APP.format(company=company, manager=manager),
            **({f"{OFFICE[kind]}/media/image1.jpeg": photo} if photo else {}),
            **(more or {}),
        }
    )
