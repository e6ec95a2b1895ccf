"""Scenes of what is hard to lay out: articles that no shipped corpus has, through the bot's own cards."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.answering import Quote, Reason
from bot.articles import Paragraph, Rejection, RejectionReason
from bot.chat.cards.answer_card import outcome_card
from bot.chat.cards.reading_cards import context_card, further_card
from bot.chat.moderation.reload_cards import AuditedWork, failure_card, progress_card, reload_card
from bot.edition import Changes, GateError, Running
from tests.cards.scene import Scene, by_name, card_scene
from tests.chat.doubles import reloaded
from tests.chat.samples import ARABIC, ENGLISH, also_in, answer, article, refusal

LATIN_OUTLET = article("افتتاح المكتبة العامة في المدينة القديمة", outlet="404 Media")
LATIN_TITLE = article("The Old Town Library: What We Know (2026)", url="https://news.example/what-we-know")
MIXED_TITLE = article("مكتبة Old Town تفتح أبوابها مع شركة Booktown Systems", outlet="صحيفة الضفة")
LATIN_FIRST = article("Booktown تفتح مكتبة في المدينة القديمة", outlet="صحيفة الضفة")
NUMBER_FIRST = article("30 مليون دولار لبناء مكتبة في المدينة القديمة", outlet="صحيفة الضفة")
LONG_TITLE = article(("مكتبة المدينة القديمة ونظام Booktown Systems لإعارة الكتب " * 6)[:300])
BARE = article(outlet=None, url=None, published=None)
PHRASES = article("[عاجل] *مكتبة* __جديدة__ `code` ~~في~~ ||المدينة|| <@1> @everyone #1", outlet="**صحيفة** _الضفة_")
LONG_PARAGRAPH = article(words="افتتحت البلدية المكتبة العامة وفيها قاعات Reading Rooms كثيرة جداً " * 1000)
NEIGHBOURS = replace(
    LATIN_TITLE,
    paragraphs=tuple(
        map(
            Paragraph,
            (
                "Booktown Systems شركة تعير الكتب في المدينة القديمة منذ عام 2020.",
                "[قالت] الشركة إن *المكتبة* تفتح أبوابها يوم الأحد. ويحضر الافتتاح مئات السكان.",
                "30 ألف كتاب تنتظر القراء في مكتبة Old Town.",
            ),
        )
    ),
)
LATIN_QUOTE = article(words="وقال مدير Booktown Systems: «سنعير 40,000 كتاب (منها 1,200 بلغة Braille) قبل 2027.»")
NUMBERS = article(words="نشر موقع 404 Media أن شركة 23andMe باعت بيانات (بقيمة 30 million) قبل عام 2025.")


def _changes() -> Changes:
    articles = (LATIN_OUTLET, LATIN_TITLE, MIXED_TITLE, LONG_TITLE, PHRASES)
    rejections = (
        Rejection("2026/march/a_very_long_file_name-without_any_space-in_it_" * 3 + ".md", RejectionReason.EMPTY),
        Rejection("articles.jsonl", RejectionReason.BAD_FIELD, 7, "published"),
        Rejection("خبر قديم.md", RejectionReason.NO_TITLE),
    )
    return Changes(articles, (BARE,), (NUMBER_FIRST,), rejections)


_SHRUNK = GateError("shrunk", before=900, after=12, percent=50)
_READING = (LATIN_OUTLET, LATIN_TITLE, LONG_TITLE, BARE)

HARD_CASES: dict[str, Scene] = by_name(
    card_scene("latin-outlet", outcome_card(answer(LATIN_OUTLET), ARABIC)),
    card_scene("latin-title", outcome_card(answer(LATIN_TITLE), ARABIC)),
    card_scene("latin-first", outcome_card(answer(LATIN_FIRST), ARABIC)),
    card_scene("mixed-title", outcome_card(answer(MIXED_TITLE, NUMBER_FIRST), ARABIC)),
    card_scene("long-title", outcome_card(answer(LONG_TITLE), ARABIC)),
    card_scene("bare", outcome_card(answer(BARE), ARABIC)),
    card_scene("also", outcome_card(also_in(answer(LATIN_FIRST), LATIN_OUTLET, PHRASES, LATIN_TITLE), ARABIC)),
    card_scene("marks", outcome_card(answer(PHRASES), ARABIC)),
    card_scene("long-paragraph", outcome_card(answer(LONG_PARAGRAPH), ARABIC)),
    card_scene("latin-quote", outcome_card(answer(LATIN_QUOTE), ARABIC)),
    card_scene("number-first", outcome_card(answer(NUMBERS), ARABIC, with_question=True)),
    card_scene(
        "many-quotes",
        outcome_card(answer(LATIN_QUOTE, BARE, LATIN_TITLE, LONG_PARAGRAPH), ARABIC, with_question=True),
    ),
    card_scene("reading", outcome_card(refusal(Reason.UNSUPPORTED, ("المتحف", "Booktown", "2031"), _READING), ARABIC)),
    card_scene("reload-report", reload_card(reloaded(_changes()), ARABIC)),
    card_scene(
        "reload-progress",
        progress_card(Running(None, datetime.now(UTC), "indexing", 30, 100), ARABIC, publishes=False),
    ),
    card_scene("reload-refused", failure_card(_SHRUNK, AuditedWork(reference="0a1b2c"), ARABIC)),
    card_scene("neighbours", context_card([Quote("", NEIGHBOURS, 1, 0, 50, 0), None], ARABIC)),
    card_scene("further-hard", further_card("متى؟", "من Booktown؟", answer(*_READING).quotes, 1, ARABIC)),
    card_scene("english", outcome_card(answer(LATIN_OUTLET, LATIN_TITLE, MIXED_TITLE), ENGLISH, with_question=True)),
)
