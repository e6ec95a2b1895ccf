"""The reader of Word documents, .docx: their headings, paragraphs and rows of tables, whatever else they hold."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from bot.arabic import SentenceEnd, ends_sentence
from bot.articles.article import Article, ArticleError, Block, RejectionReason, make_paragraphs
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import one_line
from bot.articles.corpus_files import MOST_BYTES
from bot.articles.marks import BoilerplatePhrases
from bot.articles.readers.lines import with_headings
from bot.articles.validation import build_article, check_count

# An encrypted document is one of these too.
_OLD_FORM = b"\xd0\xcf\x11\xe0"
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_STYLES, _PROPERTIES = "word/styles.xml", "docProps/core.xml"
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "http://purl.org/dc/elements/1.1/",
    }
)
# Text that was deleted or moved away, the pronunciation of a word, and what stands for a text box a second time.
_UNREAD = frozenset({"del", "moveFrom", "rt", "Fallback"})
_UNREAD_STYLES = ("toc ", "caption", "header", "footer")
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_EMPTY_LINE = re.compile(r"\n\s*\n")
_OFF = frozenset({"0", "false", "off"})
_BODY_LEVEL = 9
# Chosen: ten thousand paragraphs have half of each, and Word nests some sixty elements.
_MOST_UNPACKED, _MOST_ELEMENTS, _MOST_DEPTH, _MOST_PARTS = 8 * MOST_BYTES, 500_000, 500, 5000
_CHUNK = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, ValueError, EOFError, NotImplementedError)
_ENCRYPTED = 1


def read_docx(article_id: str, data: bytes, phrases: BoilerplatePhrases) -> Article:
    """Read one article, or raise ArticleError; its title is its first line, or else that of the file's properties."""
    if data.startswith(_OLD_FORM):
        raise ArticleError(RejectionReason.OLD_DOCUMENT)
    styles, title = _Styles(), _Title()
    try:
        with zipfile.ZipFile(io.BytesIO(data if data.count(b"PK\1\2") <= _MOST_PARTS else b"")) as archive:
            names = archive.namelist()
            document = _Document(styles.names)
            _parse(archive, _STYLES, styles.begin)
            _parse(archive, next(filter(_DOCUMENT.fullmatch, names), ""), document.begin, document.end, document.say)
            _parse(archive, _PROPERTIES, title.begin, say=title.say)
    except _BROKEN as error:
        raise ArticleError(RejectionReason.BROKEN_DOCUMENT) from error
    if not document.blocks:
        raise ArticleError(RejectionReason.NO_BODY)
    first, known = document.blocks[0], one_line(title.text)
    is_titled = first.heading or not known or not ends_sentence(first.text, SentenceEnd.NO_HEADING)
    below = document.blocks[1:] if is_titled else document.blocks
    blocks = strip_navigation(below, phrases)
    marked = blocks if any(block.heading for block in blocks) else with_headings(blocks)
    fields = {"title": first.text if is_titled else known}
    return build_article(article_id, fields, "published", make_paragraphs(marked), len(below) - len(blocks))


def _parse(
    archive: zipfile.ZipFile,
    name: str,
    begin: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Parse a part of a document, none where it lacks that, and none of what its entities or its DTD would name."""
    if name not in archive.namelist():
        if _DOCUMENT.fullmatch(name) or not name:
            raise ArticleError(RejectionReason.BROKEN_DOCUMENT)
        return
    info = archive.getinfo(name)
    if info.flag_bits & _ENCRYPTED or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ArticleError(RejectionReason.BROKEN_DOCUMENT)
    depth = elements = unpacked = 0

    def begun(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > _MOST_DEPTH or elements > _MOST_ELEMENTS:
            raise ArticleError(RejectionReason.TOO_LARGE)
        begin(_local(name), attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(_local(name))

    def refuse(*_: Any) -> None:
        # Word writes none, and with one a few lines name files, hosts or gigabytes.
        raise ArticleError(RejectionReason.BROKEN_DOCUMENT)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = say, refuse
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > _MOST_UNPACKED:
                raise ArticleError(RejectionReason.TOO_LARGE)
            parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003 (expat's signature)


def _local(name: str) -> str:
    """Return the name of an element, or of an attribute, that means something here; "" for any other."""
    space, _, local = name.rpartition(" ")
    return local if space in _NAMESPACES else ""


def _value(attributes: Mapping[str, str], wanted: str = "val") -> str:
    return next((value for name, value in attributes.items() if _local(name) == wanted), "")


class _Title:
    """The title that the properties of a document have."""

    def __init__(self) -> None:
        self.text = ""
        self._is_read = False

    def begin(self, name: str, _: Mapping[str, str]) -> None:
        self._is_read = name == "title"

    def say(self, text: str) -> None:
        if self._is_read:
            self.text += text[:MOST_BYTES]


class _Styles:
    """The names of paragraph styles by their ids: a name is English whatever Word's language, an id is not."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._id = ""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._id = _value(attributes, "styleId")
        elif name == "name":
            self.names[self._id] = _value(attributes).lower()
        elif name == "outlineLvl" and _is_outlined(attributes):
            self.names[self._id] = "heading "


def _is_outlined(attributes: Mapping[str, str]) -> bool:
    level = _value(attributes)
    return level.isdecimal() and int(level[:3]) < _BODY_LEVEL


@dataclass(slots=True)
class _Draft:
    """A paragraph while its text comes in."""

    texts: list[str] = field(default_factory=list)
    style: str = ""
    heading: bool = False
    item: bool = False


class _Document:
    """The blocks of a document; those of a text box stand before the paragraph that it hangs on."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._drafts: list[_Draft] = []
        # Of each row that is open, its cells.
        self._rows: list[list[list[Block]]] = []
        self._unread = self._characters = 0
        self._is_text = self._is_hidden = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._unread or name in _UNREAD:
            self._unread += 1
            return
        match name:
            case "p":
                self._drafts.append(_Draft())
            case "tr":
                self._rows.append([])
            case "tc" if self._rows:
                self._rows[-1].append([])
            case "r":
                self._is_hidden = False
            case "vanish":
                self._is_hidden = _value(attributes) not in _OFF
            case "t":
                self._is_text = True
            case _ if self._drafts:
                self._mark(self._drafts[-1], name, attributes)

    def _mark(self, draft: _Draft, name: str, attributes: Mapping[str, str]) -> None:
        """Note what an element says of the paragraph that it is in."""
        if name == "pStyle":
            draft.style = self._styles.get(_value(attributes), "")
        elif name == "outlineLvl":
            draft.heading = _is_outlined(attributes)
        elif name == "numPr":
            draft.item = True
        elif sign := _SIGNS.get(name):
            draft.texts.append(sign)

    def end(self, name: str) -> None:
        if self._unread:
            self._unread -= 1
        elif name == "t":
            self._is_text = False
        elif name == "p" and self._drafts:
            self._add(list(_blocks(self._drafts.pop())))
        elif name == "tr" and self._rows:
            self._add(_row(list(filter(None, self._rows.pop()))))

    def say(self, text: str) -> None:
        if self._is_text and not self._is_hidden and not self._unread and self._drafts:
            self._characters += len(text)
            if self._characters > MOST_BYTES:
                raise ArticleError(RejectionReason.TOO_LARGE)
            self._drafts[-1].texts.append(text)

    def _add(self, blocks: Sequence[Block]) -> None:
        in_cell = self._rows and self._rows[-1]
        (self._rows[-1][-1] if in_cell else self.blocks).extend(blocks)
        check_count(len(self.blocks) - 1)


def _row(cells: Sequence[list[Block]]) -> list[Block]:
    """Return the blocks of a row: one, if it is of figures; else, as where a table lays out a text, those it has."""
    if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
        return [Block(" | ".join(cell[0].text for cell in cells), item=True)]
    return [block for cell in cells for block in cell]


def _blocks(draft: _Draft) -> Iterator[Block]:
    """Yield the blocks of a paragraph, which may have empty lines; none of what is no text of the article."""
    heading = draft.heading or draft.style == "title" or draft.style.startswith("heading ")
    if not draft.style.startswith(_UNREAD_STYLES):
        for text in filter(None, map(one_line, _EMPTY_LINE.split("".join(draft.texts)))):
            yield Block(text, heading, draft.item)
