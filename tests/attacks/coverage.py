"""An edition of a town's newspaper, and of articles that are hard to quote."""

from bot.articles import Article, CitedSource, Paragraph
from bot.edition import Edition
from tests.answering.coverage import BRIDGE, FISHING, LIBRARY, ORCHARD, TRAINING, edition
from tests.cards.hard_cases import (
    BARE,
    LATIN_FIRST,
    LATIN_OUTLET,
    LATIN_QUOTE,
    LATIN_TITLE,
    LONG_TITLE,
    MIXED_TITLE,
    NEIGHBOURS,
    NUMBER_FIRST,
    PHRASES,
)

_LIVE = Article(
    "live",
    "<@1> @everyone [متى](https://evil.example) افتتاح المكتبة العامة",
    tuple(
        map(
            Paragraph,
            (
                "افتتحت <@&1> بلدية المنارة **المكتبة** `في` مارس ||2026|| وقال @everyone إنها [مجانية](https://a.b).",
                "# كلفة البناء\u2028- 12 مليون دينار <t:1:R> </ask:1> \\@here :tada: ~~لا~~ __نعم__ > 3. https://a.b/_x_",
                "-# أغلقت وزارة النقل الجسر <https://a.b> لأن 😀\u202eالمغرب\u2066 ومايكروسوفت ﷺ ``` اتفقا.",
            ),
        )
    ),
    outlet="@here **صحيفة** <#1>",
    url="https://news.example/a_(b)*c?@everyone=<@1>",
    author="[كاتب](https://evil.example)",
    sources=(CitedSource("@here <@1> [شاهد](https://evil.example)", "https://a.b/_x_)<@1>#:~:text=*a*)", "2026"),),
)
HARD = (
    *(BARE, LATIN_FIRST, LATIN_OUTLET, LATIN_QUOTE, LATIN_TITLE, LONG_TITLE, PHRASES, MIXED_TITLE, NEIGHBOURS),
    *(NUMBER_FIRST, _LIVE),
)


def hard_edition() -> Edition:
    """Build it."""
    articles = {article.id: article for article in (LIBRARY, BRIDGE, TRAINING, FISHING, ORCHARD, *HARD)}
    return edition(*articles.values())
