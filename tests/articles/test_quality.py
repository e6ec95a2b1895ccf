from dataclasses import replace
from datetime import date

import pytest

from bot.articles import Article, Marks, Paragraph, Suspicion, shape_of, suspicions
from bot.articles.quality import is_mojibake

LOST = "الصفحة التي تبحث عنها غير موجودة"
WALL = "لمتابعة القراءة يرجى الاشتراك"
TODAY = date(2026, 11, 24)
TEXT = "قالت البلدية إن العمل في الطريق القديم يدوم ثلاثة أشهر، وإن الشاحنات تسلك طريق الساحل «حتى ينتهي الخطر»…"
FINE = Article("fine", "إصلاح الطريق القديم", (Paragraph(TEXT), Paragraph(TEXT)), published=date(2026, 3, 1), dropped=3)


def body(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(map(Paragraph, texts))


def test_an_ordinary_article_is_not_odd(marks: Marks) -> None:
    assert shape_of(FINE, TODAY, marks) == ()


@pytest.mark.parametrize(
    ("article", "suspicion"),
    [
        (replace(FINE, published=None), Suspicion.NO_DATE),
        (replace(FINE, published=date(2026, 11, 25)), Suspicion.FUTURE_DATE),
        (replace(FINE, published=date(1949, 12, 31)), Suspicion.OLD_DATE),
        (replace(FINE, paragraphs=body("نص من أربع كلمات.")), Suspicion.EMPTY),
        (replace(FINE, paragraphs=body(TEXT)), Suspicion.SHORT),
        (replace(FINE, paragraphs=body(f"{TEXT} " * 20)), Suspicion.ONE_BLOCK),
        (replace(FINE, dropped=4), Suspicion.NAVIGATION),
        (replace(FINE, paragraphs=body(*[TEXT.encode().decode("cp1252", "replace")] * 2)), Suspicion.MOJIBAKE),
        (replace(FINE, title=FINE.title.encode("cp1256").decode("latin-1")), Suspicion.MOJIBAKE),
        (
            replace(FINE, paragraphs=body("The town mends its old road in three months, says the mayor. " * 3)),
            Suspicion.FOREIGN,
        ),
        (replace(FINE, paragraphs=body("إصلاحُ الطريق القديم!", TEXT, TEXT)), Suspicion.TITLE_AS_BODY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_odd_is_named_and_nothing_else(marks: Marks, article: Article, suspicion: Suspicion) -> None:
    assert shape_of(article, TODAY, marks) == (suspicion,)


@pytest.mark.parametrize("article", [replace(FINE, published=TODAY), replace(FINE, published=date(1950, 1, 1))])
def test_the_first_and_the_last_day_are_fine(marks: Marks, article: Article) -> None:
    assert shape_of(article, TODAY, marks) == ()


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("الصفحة غير موجودة", True),
        ("شبكة الخبر | عذراً، الصفحة غير موجودة!", True),
        ("404 - Not Found", True),
        ("تسجيلُ الدخول – شبكة الخبر", True),
        ("تسجيل الدخول إلى المدارس يبدأ الأحد", False),
        ("404 قتلى في الزلزال", False),
        ("خطأ طبي يودي بحياة مريض", False),
    ],
)
def test_the_title_tells_a_page_of_an_error(marks: Marks, title: str, is_one: bool) -> None:
    assert (Suspicion.ERROR_PAGE in shape_of(replace(FINE, title=title), TODAY, marks)) == is_one


def test_so_do_few_words_that_only_such_a_page_has(marks: Marks) -> None:
    sorry = replace(FINE, title="شبكة الخبر", paragraphs=body(f"عذراً، {LOST}."))
    assert Suspicion.ERROR_PAGE in shape_of(sorry, TODAY, marks)
    assert shape_of(replace(FINE, paragraphs=body(*[TEXT] * 3, f"وكتب الموقع: {LOST}.")), TODAY, marks) == ()


@pytest.mark.parametrize(
    ("texts", "is_cut_off"),
    [
        ((TEXT, WALL, TEXT), True),
        ((*[TEXT] * 10, WALL), True),
        ((WALL, *[TEXT] * 10), False),
        (
            (*[TEXT] * 10, f"{TEXT} وكتبت الصحيفة في صفحتها الأولى: «{WALL}»، فغضب القراء وألغى كثير منهم اشتراكهم."),
            False,
        ),
    ],
    ids=["short", "end", "beginning", "prose"],
)
def test_a_wall_cuts_a_text_off(marks: Marks, texts: tuple[str, ...], is_cut_off: bool) -> None:
    odd = shape_of(replace(FINE, paragraphs=body(*texts)), TODAY, marks)
    assert odd == ((Suspicion.PAYWALL,) if is_cut_off else ())


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


def test_articles_are_grouped_in_their_order(marks: Marks) -> None:
    undated = [replace(FINE, id=name, title=name, published=None) for name in ("ب", "ج")]
    twins = [replace(FINE, id=name, title=title) for name, title in (("x", "أخبارُ اليوم"), ("y", "اخبار اليوم."))]
    assert suspicions([*undated, FINE, *twins], TODAY, marks) == {
        Suspicion.NO_DATE: tuple(undated),
        Suspicion.SAME_TITLE: tuple(twins),
    }
    assert suspicions([], TODAY, marks) == {}
