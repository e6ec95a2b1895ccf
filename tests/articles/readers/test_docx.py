from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, ArticleError, Paragraph, RejectionReason, read_corpus
from bot.articles.readers import read_docx
from tests.articles.conftest import PHRASES
from tests.articles.word_documents import docx, hostile_documents, paragraph, run, table
from tests.chat.hostile_text import PIECES
from tests.examples import examples

TITLE, FIRST, SECOND = "افتتاح السوق القديم", "افتتح المجلس السوق القديم صباح السبت.", "ويضم السوق مئة دكان ومقهى."
_REFUSED = {RejectionReason.BROKEN_DOCUMENT, RejectionReason.TOO_LARGE, RejectionReason.OLD_DOCUMENT}
HOSTILE = hostile_documents(Path(__file__).as_uri(), "http://127.0.0.1:1/x.dtd")


def read(*body: str, title: str = "") -> Article:
    return read_docx("market", docx(*body, title=title), PHRASES)


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def test_headings_paragraphs_lists_and_tables_are_read_in_order() -> None:
    article = read(
        paragraph(TITLE, "a1"),
        paragraph(FIRST),
        paragraph("الأجور", "Heading2"),
        paragraph(SECOND),
        paragraph("إيجار الدكان مئتا دينار في الشهر.", properties="<w:numPr/>"),
        table(["السنة", "الدكاكين"], ["2025", "80"]),
    )
    assert (article.id, article.title, article.published) == ("market", TITLE, None)
    assert article.paragraphs == (
        Paragraph(FIRST),
        Paragraph(SECOND, "الأجور"),
        Paragraph("إيجار الدكان مئتا دينار في الشهر.", "الأجور"),
        Paragraph("السنة | الدكاكين", "الأجور"),
        Paragraph("2025 | 80", "الأجور"),
    )


def test_a_table_that_lays_out_a_text_is_no_table_of_figures() -> None:
    assert texts(read(table([paragraph(TITLE, "a2") + paragraph(FIRST) + paragraph(SECOND)]))) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("body", "known", "title"),
    [
        ([paragraph(TITLE), paragraph(FIRST)], "", TITLE),
        # A template's title stays in the properties of what is written from it.
        ([paragraph(TITLE), paragraph(FIRST)], "تقرير الأسبوع الماضي", TITLE),
        ([paragraph(FIRST), paragraph(SECOND)], TITLE, TITLE),
        ([paragraph(FIRST, "a1"), paragraph(SECOND)], TITLE, FIRST),
        ([paragraph(FIRST), paragraph(SECOND)], "", FIRST),
    ],
)
def test_the_title_is_the_first_line_or_that_of_the_properties(body: list[str], known: str, title: str) -> None:
    assert read(*body, title=known).title == title


def test_what_nobody_sees_in_the_text_is_not_read() -> None:
    box = f"<mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('في إطار جانبي كلام آخر.')}</w:txbxContent>"
    box += f"</mc:Choice><mc:Fallback>{paragraph('مرة ثانية.')}</mc:Fallback></mc:AlternateContent>"
    runs = run("ويضم السوق ") + "<w:del><w:r><w:delText>سبعين</w:delText></w:r></w:del>" + run("مخفيّ", "<w:vanish/>")
    runs += f"<w:moveFrom>{run('منقول')}</w:moveFrom>" + '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
    runs += run("مئة", '<w:vanish w:val="0"/>') + "<w:r><w:tab/><w:br/></w:r>" + run("دكان.") + f"<w:r>{box}</w:r>"
    article = read(
        *(paragraph(TITLE, "a2"), paragraph("الأجور ٣", "a3"), paragraph(FIRST), paragraph("", runs=runs)),
        paragraph("صورة السوق قبل الترميم.", "a4"),
    )
    assert texts(article) == [FIRST, "في إطار جانبي كلام آخر.", "ويضم السوق مئة دكان."]


def test_empty_lines_within_a_paragraph_part_it_and_bold_lines_are_headings() -> None:
    lines = "<w:r><w:br/><w:br/></w:r>".join([run(FIRST), run(SECOND)])
    article = read(paragraph(TITLE), paragraph(FIRST), paragraph("الأجور الجديدة"), paragraph("", runs=lines))
    assert article.paragraphs[1:] == (Paragraph(FIRST, "الأجور الجديدة"), Paragraph(SECOND, "الأجور الجديدة"))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_document_reads_a_file_or_takes_long(name: str) -> None:
    with pytest.raises(ArticleError) as refused:
        read_docx("x", HOSTILE[name], PHRASES)
    assert refused.value.reason in _REFUSED


def test_a_document_of_pictures_alone_has_no_text() -> None:
    with pytest.raises(ArticleError) as refused:
        read("<w:p><w:r><w:drawing/></w:r></w:p>")
    assert refused.value.reason is RejectionReason.NO_BODY


@examples(100)
@given(st.lists(st.sampled_from([*PIECES, "كلمة", " "]), min_size=1, max_size=8).map("".join))
def test_whatever_a_paragraph_says_is_read_as_one_line_of_it(piece: str) -> None:
    said = "".join(sign for sign in piece if sign.isprintable() or sign == " ")
    article = read(paragraph(TITLE, "a1"), paragraph(FIRST), paragraph(f"قال: {said} والسلام على من حضر."))
    assert texts(article)[1] == " ".join(f"قال: {said} والسلام على من حضر.".split())


@examples(100)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_broken_document_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(docx(paragraph(TITLE, "a1"), paragraph(FIRST), table(["a", "b"])))
    for place, byte in changes:
        data[place % len(data)] = byte
    with suppress(ArticleError):
        assert read_docx("x", bytes(data), PHRASES).paragraphs


def test_a_folder_with_documents_is_a_corpus(tmp_path: Path) -> None:
    (tmp_path / "market.docx").write_bytes(docx(paragraph(TITLE, "a1"), paragraph(FIRST)))
    (tmp_path / "bad.DOCX").write_bytes(b"x")
    found = read_corpus(tmp_path, PHRASES)
    assert [(one.id, one.title) for one in found.articles] == [("market", TITLE)]
    assert [(one.path, one.reason) for one in found.rejections] == [("bad.DOCX", RejectionReason.BROKEN_DOCUMENT)]
