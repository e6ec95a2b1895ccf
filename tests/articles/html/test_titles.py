import lxml.html
import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.article import Block
from bot.articles.html.titles import OutletHints, drop_headline_repeats, fuller_headline, read_title

HEADLINE = "البلدية تفتح الجسر القديم للمشاة"

TITLE = "سوق السمك ينتقل"
FULLER = f"{TITLE} إلى الرصيف الجديد"
SENTENCE = Block("ينتقل سوق السمك إلى الرصيف الجديد صباح السبت، بعد ستين عاماً.")


def titled(phrases: BoilerplatePhrases, tab: str, found: str | None = None, **known: str) -> tuple[str, str | None]:
    """Read a page's title of which an extraction takes the first part, as trafilatura does."""
    outlet = OutletHints(known.get("site"), known.get("url"), phrases.outlet_openings)
    meta = f"<meta property='og:title' content='{known['meta']}'>" if "meta" in known else ""
    tree = lxml.html.document_fromstring(f"<html><head><title>{tab}</title>{meta}</head><body><p>x</p></body></html>")
    return read_title(tree, found or tab.partition(" - ")[0], [known.get("heading", "")], outlet)


@pytest.mark.parametrize("bar", [" - ", " | ", " – ", "|", " » ", " • "])
@pytest.mark.parametrize("name", ["صحيفة الضفة", "وكالة أنباء النهر", "قناة الساحل"])
def test_the_name_of_an_outlet_is_no_headline_wherever_it_stands(
    phrases: BoilerplatePhrases, bar: str, name: str
) -> None:
    for tab in (f"{name}{bar}{HEADLINE}", f"{HEADLINE}{bar}{name}"):
        for found in tab.split(bar) if bar != "|" else [tab]:
            assert titled(phrases, tab, found) == (HEADLINE, name)


@pytest.mark.parametrize(
    "known",
    [{"site": "أخبار الضفة والنهر اليوم كل ساعة"}, {"site": "Daffa", "url": "https://daffa.example/a"}],
    ids=["named", "named by its host"],
)
def test_what_the_page_says_of_its_outlet_comes_first(phrases: BoilerplatePhrases, known: dict[str, str]) -> None:
    for tab in (f"{known['site']} - {HEADLINE}", f"{HEADLINE} - {known['site']}"):
        assert titled(phrases, tab, **known) == (HEADLINE, known["site"])


def test_the_host_names_an_outlet_too(phrases: BoilerplatePhrases) -> None:
    assert titled(phrases, f"Daffa - {HEADLINE}", url="https://www.daffa.example/a") == (HEADLINE, "Daffa")


@pytest.mark.parametrize(
    "tab", [f"الضفة - {HEADLINE}", f"{HEADLINE} - الضفة", f"محليات | {HEADLINE}", f"{HEADLINE} | محليات | الضفة"]
)
def test_else_the_longer_part_is_the_headline(phrases: BoilerplatePhrases, tab: str) -> None:
    assert titled(phrases, tab) == (HEADLINE, None)


@pytest.mark.parametrize("tab", [f"صحيفة الضفة | محليات | {HEADLINE}", f"{HEADLINE} | محليات | صحيفة الضفة"])
def test_a_section_beside_the_outlet_goes_with_it(phrases: BoilerplatePhrases, tab: str) -> None:
    assert titled(phrases, tab) == (HEADLINE, "صحيفة الضفة")


@pytest.mark.parametrize("shown", ["heading", "meta"])
def test_what_the_page_shows_for_its_title_stays_unless_it_is_the_outlet(
    phrases: BoilerplatePhrases, shown: str
) -> None:
    short, long = "فتح الجسر", f"{HEADLINE} وسكان الحي يحتفلون"
    assert titled(phrases, f"{short} - {long}", short, **{shown: short}) == (short, None)
    assert titled(phrases, f"صحيفة الضفة - {long}", "صحيفة الضفة", **{shown: "صحيفة الضفة"}) == (long, "صحيفة الضفة")


@pytest.mark.parametrize(
    "title",
    [HEADLINE, "صحيفة بريطانية : الجسر القديم في خطر", "وكالة الفضاء تطلق قمرها الأول", "أمطار - وثلوج", "الضفة -"],
)
def test_a_headline_without_an_outlet_stays_whole(phrases: BoilerplatePhrases, title: str) -> None:
    assert titled(phrases, title, title) == (title, None)


@pytest.mark.parametrize("mark", [" : ", " - "])
def test_of_a_headline_with_a_colon_or_a_dash_no_part_is_taken_for_the_whole(
    phrases: BoilerplatePhrases, mark: str
) -> None:
    title = f"نقابة الصيادين في الضفة{mark}الجسر القديم خطر علينا"
    assert titled(phrases, title, title.split(mark, maxsplit=1)[0]) == (title, None)
    assert titled(phrases, f"{title} | الضفة", title) == (title, None)


@pytest.mark.parametrize(
    "title",
    [
        "تونس - الجزائر : مئة مقعد في الجامعة للطلاب",
        "الوزير : «الجسر القديم جاهز » للمشاة",
        "«الجسر القديم جاهز»للمشاة",
    ],
)
def test_names_with_a_dash_and_quotations_stay(phrases: BoilerplatePhrases, title: str) -> None:
    assert titled(phrases, title, title) == (title, None)


def test_between_parts_of_one_length_the_first_is_the_headline(phrases: BoilerplatePhrases) -> None:
    title = f"{HEADLINE} | أخبار الضفة والنهر والساحل"
    assert titled(phrases, title, HEADLINE) == (HEADLINE, None)


def test_a_heading_of_its_own_is_not_replaced_by_the_title_of_the_tab(phrases: BoilerplatePhrases) -> None:
    assert titled(phrases, f"صحيفة الضفة - {HEADLINE}", "فتح الجسر - بعد عام") == ("فتح الجسر - بعد عام", None)


def test_a_title_of_thousands_of_parts_takes_no_time(phrases: BoilerplatePhrases) -> None:
    assert titled(phrases, "أ | " * 50_000 + "ب", "أ") == ("أ", None)


def test_a_line_above_the_text_may_be_fuller_than_the_title() -> None:
    assert fuller_headline(TITLE, [Block("محليات"), Block(FULLER), SENTENCE]) == FULLER


@pytest.mark.parametrize(
    ("title", "blocks"),
    [
        (TITLE, [SENTENCE, Block(FULLER)]),
        (TITLE, [Block(f"{FULLER}."), SENTENCE]),
        (TITLE, [Block(f"{TITLE} إلى الرصيف الجديد في رأس التين"), SENTENCE]),
        (TITLE, [Block(f"{TITLE}ون إلى الرصيف"), SENTENCE]),
        (TITLE, [Block(FULLER, heading=True), SENTENCE]),
        ("سوق السمك", [Block("سوق السمك الجديد"), SENTENCE]),
        (TITLE, [Block(TITLE)]),
        (TITLE, []),
    ],
    ids=["below", "sentence", "long", "other word", "heading", "short title", "same", "nothing"],
)
def test_else_the_title_stays(title: str, blocks: list[Block]) -> None:
    assert fuller_headline(title, blocks) == title


def test_the_title_is_no_paragraph_above_the_text_and_nowhere_a_heading() -> None:
    line, heading = Block(f"«{TITLE}»"), Block(TITLE, heading=True)
    blocks = [heading, line, Block("محليات"), SENTENCE, heading, line]
    assert list(drop_headline_repeats(TITLE, blocks)) == [Block("محليات"), SENTENCE, line]
