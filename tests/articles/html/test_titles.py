import lxml.html
import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.html.titles import OutletHints, read_title

HEADLINE = "البلدية تفتح الجسر القديم للمشاة"


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
    [
        {"site": "أخبار الضفة والنهر اليوم كل ساعة"},
        {"site": "Daffa", "url": "https://daffa.example/a"},
        {"url": "https://www.daffa.example/a"},
    ],
    ids=["named", "named and by its host", "named by its host"],
)
def test_what_the_page_says_of_its_outlet_comes_first(phrases: BoilerplatePhrases, known: dict[str, str]) -> None:
    name = known.get("site", "Daffa")
    for tab in (f"{name} - {HEADLINE}", f"{HEADLINE} - {name}"):
        assert titled(phrases, tab, **known) == (HEADLINE, name)


@pytest.mark.parametrize("shown", ["heading", "meta"])
def test_what_the_page_shows_for_its_title_stays_unless_it_is_the_outlet(
    phrases: BoilerplatePhrases, shown: str
) -> None:
    short, long = "فتح الجسر", f"{HEADLINE} وسكان الحي يحتفلون"
    assert titled(phrases, f"{short} - {long}", short, **{shown: short}) == (short, None)
    assert titled(phrases, f"صحيفة الضفة - {long}", "صحيفة الضفة", **{shown: "صحيفة الضفة"}) == (long, "صحيفة الضفة")


COLON, DASH = (f"نقابة الصيادين في الضفة{mark}الجسر القديم خطر علينا" for mark in (" : ", " - "))


@pytest.mark.parametrize(
    ("tab", "found", "headline", "outlet"),
    [
        # Else the longer part is the headline, and a section beside the outlet goes with it.
        *(
            (tab, None, HEADLINE, None)
            for tab in (f"الضفة - {HEADLINE}", f"{HEADLINE} - الضفة", f"محليات | {HEADLINE}")
        ),
        (f"{HEADLINE} | محليات | الضفة", None, HEADLINE, None),
        (f"صحيفة الضفة | محليات | {HEADLINE}", None, HEADLINE, "صحيفة الضفة"),
        (f"{HEADLINE} | محليات | صحيفة الضفة", None, HEADLINE, "صحيفة الضفة"),
        # Between parts of one length the first is.
        (f"{HEADLINE} | أخبار الضفة والنهر والساحل", HEADLINE, HEADLINE, None),
        # No part of a headline with a colon or a dash is taken for the whole.
        (COLON, COLON.split(" : ")[0], COLON, None),
        (DASH, DASH.split(" - ")[0], DASH, None),
        (f"{COLON} | الضفة", COLON, COLON, None),
        (f"{DASH} | الضفة", DASH, DASH, None),
        # A heading of its own is not replaced by the title of the tab.
        (f"صحيفة الضفة - {HEADLINE}", "فتح الجسر - بعد عام", "فتح الجسر - بعد عام", None),
        # A headline without an outlet stays whole, with its names and quotations.
        *(
            (title, title, title, None)
            for title in (
                *(HEADLINE, "صحيفة بريطانية : الجسر القديم في خطر", "وكالة الفضاء تطلق قمرها الأول", "أمطار - وثلوج"),
                *("الضفة -", "تونس - الجزائر : مئة مقعد في الجامعة للطلاب", "الوزير : «الجسر القديم جاهز » للمشاة"),
                "«الجسر القديم جاهز»للمشاة",
            )
        ),
    ],
)
def test_a_title_in_parts_has_one_headline(
    phrases: BoilerplatePhrases, tab: str, found: str | None, headline: str, outlet: str | None
) -> None:
    assert titled(phrases, tab, found) == (headline, outlet)


def test_a_title_of_thousands_of_parts_takes_no_time(phrases: BoilerplatePhrases) -> None:
    assert titled(phrases, "أ | " * 50_000 + "ب", "أ") == ("أ", None)
