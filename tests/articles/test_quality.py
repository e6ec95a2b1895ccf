from dataclasses import replace
from datetime import date

import pytest

from bot.articles import Article, BoilerplatePhrases, Paragraph, QualityWarning, article_warnings, quality_warnings
from bot.articles.quality import is_mojibake

LOST = "الصفحة التي تبحث عنها غير موجودة"
WALL = "لمتابعة القراءة يرجى الاشتراك"
TODAY = date(2026, 11, 24)
TEXT = "قالت البلدية إن العمل في الطريق القديم يدوم ثلاثة أشهر، وإن الشاحنات تسلك طريق الساحل «حتى ينتهي الخطر»…"
FINE = Article("fine", "إصلاح الطريق القديم", (Paragraph(TEXT), Paragraph(TEXT)), published=date(2026, 3, 1), dropped=3)


def body(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(map(Paragraph, texts))


def test_an_ordinary_article_is_not_odd(phrases: BoilerplatePhrases) -> None:
    assert article_warnings(FINE, TODAY, phrases) == ()


@pytest.mark.parametrize(
    ("article", "warning"),
    [
        (replace(FINE, published=None), QualityWarning.NO_DATE),
        (replace(FINE, published=date(2026, 11, 25)), QualityWarning.FUTURE_DATE),
        (replace(FINE, published=date(1949, 12, 31)), QualityWarning.OLD_DATE),
        (replace(FINE, paragraphs=body("نص من أربع كلمات.")), QualityWarning.EMPTY),
        (replace(FINE, paragraphs=body(TEXT)), QualityWarning.SHORT),
        (replace(FINE, paragraphs=body(f"{TEXT} " * 20)), QualityWarning.ONE_BLOCK),
        (replace(FINE, dropped=4), QualityWarning.NAVIGATION),
        (replace(FINE, paragraphs=body(*[TEXT.encode().decode("cp1252", "replace")] * 2)), QualityWarning.MOJIBAKE),
        (replace(FINE, title=FINE.title.encode("cp1256").decode("latin-1")), QualityWarning.MOJIBAKE),
        (
            replace(FINE, paragraphs=body("The town mends its old road in three months, says the mayor. " * 3)),
            QualityWarning.FOREIGN,
        ),
        (replace(FINE, paragraphs=body("إصلاحُ الطريق القديم!", TEXT, TEXT)), QualityWarning.TITLE_AS_BODY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_odd_is_named_and_nothing_else(
    phrases: BoilerplatePhrases, article: Article, warning: QualityWarning
) -> None:
    assert article_warnings(article, TODAY, phrases) == (warning,)


@pytest.mark.parametrize("article", [replace(FINE, published=TODAY), replace(FINE, published=date(1950, 1, 1))])
def test_the_first_and_the_last_day_are_fine(phrases: BoilerplatePhrases, article: Article) -> None:
    assert article_warnings(article, TODAY, phrases) == ()


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
def test_the_title_tells_a_page_of_an_error(phrases: BoilerplatePhrases, title: str, is_one: bool) -> None:
    assert (QualityWarning.ERROR_PAGE in article_warnings(replace(FINE, title=title), TODAY, phrases)) == is_one


def test_so_do_few_words_that_only_such_a_page_has(phrases: BoilerplatePhrases) -> None:
    sorry = replace(FINE, title="شبكة الخبر", paragraphs=body(f"عذراً، {LOST}."))
    assert QualityWarning.ERROR_PAGE in article_warnings(sorry, TODAY, phrases)
    assert article_warnings(replace(FINE, paragraphs=body(*[TEXT] * 3, f"وكتب الموقع: {LOST}.")), TODAY, phrases) == ()


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
def test_a_wall_cuts_a_text_off(phrases: BoilerplatePhrases, texts: tuple[str, ...], is_cut_off: bool) -> None:
    odd = article_warnings(replace(FINE, paragraphs=body(*texts)), TODAY, phrases)
    assert odd == ((QualityWarning.PAYWALL,) if is_cut_off else ())


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


def test_articles_are_grouped_in_their_order(phrases: BoilerplatePhrases) -> None:
    undated = [replace(FINE, id=name, title=name, published=None) for name in ("ب", "ج")]
    twins = [replace(FINE, id=name, title=title) for name, title in (("x", "أخبارُ اليوم"), ("y", "اخبار اليوم."))]
    assert quality_warnings([*undated, FINE, *twins], TODAY, phrases) == {
        QualityWarning.NO_DATE: tuple(undated),
        QualityWarning.SAME_TITLE: tuple(twins),
    }
    assert quality_warnings([], TODAY, phrases) == {}
