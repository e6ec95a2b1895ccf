"""Word documents written for the tests, sound and hostile."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from xml.sax.saxutils import escape

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OTHERS = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v"'
_STYLES = {"a1": "heading 1", "a2": "Title", "a3": "toc 1", "a4": "caption", "Heading2": "heading 2"}
_BOMB = 100  # megabytes


def paragraph(text: str, style: str = "", *, properties: str = "", runs: str = "") -> str:
    """Lay out a paragraph of one run, or of runs as they stand."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs or run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Lay out a run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{escape(text)}</w:t></w:r>"


def table(*rows: list[str]) -> str:
    """Lay out a table; a cell is a text, or paragraphs as they stand."""
    cells = [[cell if cell.startswith("<") else paragraph(cell) for cell in row] for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{_cells(row)}</w:tr>' for row in cells)}</w:tbl>"


def _cells(row: list[str]) -> str:
    return "".join(f"<w:tc>{cell}</w:tc>" for cell in row)


def docx(*body: str, title: str = "", dtd: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """Make a document of paragraphs and tables, the title of its properties, and parts in place of its own."""
    document = f'{dtd}<w:document xmlns:w="{_SPACE}" {_OTHERS}><w:body>{"".join(body)}</w:body></w:document>'
    styles = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in _STYLES.items())
    core = f'<core xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></core>'
    written = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": document.encode(),
        "word/styles.xml": f'<w:styles xmlns:w="{_SPACE}">{styles}</w:styles>'.encode(),
        "docProps/core.xml": core.encode(),
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in written.items():
            archive.writestr(name, data)
    return stream.getvalue()


@cache
def hostile_documents(file: str, link: str) -> Mapping[str, bytes]:
    """Make documents that no program makes: bombs, and what would read a file or fetch a link."""
    text = paragraph("عنوان الخبر", "a1") + paragraph("قال المجلس إن السوق القديم يُفتح غداً.")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(12))
    spaces = b" " * (1 << 20)
    return {
        "a bomb": docx(parts={"word/document.xml": b"<a>" + spaces * _BOMB}),
        "a bomb of styles": docx(text, parts={"word/styles.xml": b"<a>" + spaces * 40}),
        "a file": docx(text, "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", dtd=f'<!DOCTYPE d [<!ENTITY x SYSTEM "{file}">]>'),
        "a link": docx(text, dtd=f'<!DOCTYPE d SYSTEM "{link}">'),
        "a parameter": docx(text, dtd=f'<!DOCTYPE d [<!ENTITY % x SYSTEM "{link}"> %x;]>'),
        "laughs": docx("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", dtd=f"<!DOCTYPE d [{laughs}]>"),
        "depth": docx("<w:p>" * 200_000),
        "elements": docx("<w:p/>" * 600_000),
        "entries": docx(text, parts={f"x{number}": b"" for number in range(6000)}),
        "a cut": docx(text)[:-30],
        "no document": docx(parts={"word/document.xml": b""}),
        "another zip": _zipped("a.txt"),
        "noise": b"PK\3\4" + bytes(range(256)) * 40,
        "an old form": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "a pdf": b"%PDF-1.7 x",
    }


def _zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()
