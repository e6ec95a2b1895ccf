from dataclasses import replace
from datetime import date

import pytest

from bot.articles import Article, Paragraph, Suspicion, shape_of, suspicions
from bot.articles.shape import is_mojibake

TODAY = date(2026, 11, 24)
TEXT = "قالت البلدية إن العمل في الطريق القديم يدوم ثلاثة أشهر، وإن الشاحنات تسلك طريق الساحل «حتى ينتهي الخطر»…"
FINE = Article("fine", "إصلاح الطريق القديم", (Paragraph(TEXT), Paragraph(TEXT)), published=date(2026, 3, 1), dropped=3)


def body(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(map(Paragraph, texts))


def test_an_ordinary_article_is_not_odd() -> None:
    assert shape_of(FINE, TODAY) == ()


@pytest.mark.parametrize(
    ("article", "suspicion"),
    [
        (replace(FINE, published=None), Suspicion.NO_DATE),
        (replace(FINE, published=date(2026, 11, 25)), Suspicion.FUTURE_DATE),
        (replace(FINE, published=date(1949, 12, 31)), Suspicion.OLD_DATE),
        (replace(FINE, paragraphs=body("نص من أربع كلمات.")), Suspicion.EMPTY),
        (replace(FINE, paragraphs=body(f"{TEXT} " * 20)), Suspicion.ONE_BLOCK),
        (replace(FINE, dropped=4), Suspicion.NAVIGATION),
        (replace(FINE, paragraphs=body(TEXT.encode().decode("cp1252", "replace"))), Suspicion.MOJIBAKE),
        (replace(FINE, title=FINE.title.encode("cp1256").decode("latin-1")), Suspicion.MOJIBAKE),
        (
            replace(FINE, paragraphs=body("The town mends its old road in three months, says the mayor.")),
            Suspicion.FOREIGN,
        ),
        (replace(FINE, paragraphs=body("إصلاحُ الطريق القديم!", TEXT)), Suspicion.TITLE_AS_BODY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_odd_is_named_and_nothing_else(article: Article, suspicion: Suspicion) -> None:
    assert shape_of(article, TODAY) == (suspicion,)


@pytest.mark.parametrize("article", [replace(FINE, published=TODAY), replace(FINE, published=date(1950, 1, 1))])
def test_the_first_and_the_last_day_are_fine(article: Article) -> None:
    assert shape_of(article, TODAY) == ()


@pytest.mark.parametrize("written", ["utf-8", "cp1256"])
@pytest.mark.parametrize("read", ["cp1252", "latin-1", "cp1256"])
def test_text_in_a_wrong_encoding_is_recognised(written: str, read: str) -> None:
    assert is_mojibake(TEXT.encode(written).decode(read, "replace")) == (written != read)


@pytest.mark.parametrize(
    ("text", "spoilt"),
    [
        (TEXT, False),
        ("طالبت الطائفة بخطوط طيران، وطرق، وضبط الخطط، ونقاط، وشروط، وخطوط، ووسط، وفقط، ونفط؛ وربط؟", False),
        ("La fête a été célébrée à l'Élysée, où l'été dernier déjà l'âme s'était élevée.", False),
        ("� قالت البلدية � إن العمل � في الطريق", True),
        ("The townâ€™s road is mended in three months", True),
        ("Ø§Ù„", False),
    ],
)
def test_ordinary_text_is_not(text: str, spoilt: bool) -> None:
    assert is_mojibake(text) is spoilt


def test_articles_are_grouped_in_their_order() -> None:
    undated = [replace(FINE, id=name, title=name, published=None) for name in ("ب", "ج")]
    twins = [replace(FINE, id=name, title=title) for name, title in (("x", "أخبارُ اليوم"), ("y", "اخبار اليوم."))]
    assert suspicions([*undated, FINE, *twins], TODAY) == {
        Suspicion.NO_DATE: tuple(undated),
        Suspicion.SAME_TITLE: tuple(twins),
    }
    assert suspicions([], TODAY) == {}
