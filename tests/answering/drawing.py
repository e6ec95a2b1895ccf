"""Made-up articles and questions to draw from, of the same words, so that they meet."""

from hypothesis import strategies as st

from bot.articles import Article, Paragraph
from bot.edition import Edition
from tests.answering.coverage import edition


def _split(words: str) -> list[str]:
    return words.split()


WORDS = _split("""
المكتبة مكتبة بالمكتبة ومكتبتها الجسر جسور الميناء ميناؤها بلدية البلدية افتتحت افتتاح أغلقت إغلاق وزارة الوزير اتفاق
اتفاقية شركة الشركة مايكروسوفت غوغل المغرب تونس دولار قيمة سكان عاصمة كتاب كتب الشاعر الحداد السردين الزيتون
""")
STOP_WORDS = _split("في من على هذا التي كان قد إلى بسبب لأن")
QUESTION_WORDS = _split("متى كم أين من ما هل لماذا كيف مين وين إمتى شو ليش قديش شحال منو عايز اللي بتاع تاريخ عدد")
NUMBERS = _split("3 12 1000 2024 2025 2026 ٢٠٢٥ ٧ 30,000 4.5 مليون ألف")
LATIN = _split("Microsoft google ICE Zoë O'Neil v2 Ｗｉｄｅ")
SIGNS = _split("😀 👨‍👩‍👧 ** ` <@1> ؟ ، « » ﷺ ـ — # </a:1>")
UNSEEN = ["\u202e", "\u2067", "\u200b", "\ufeff", "\u0651", "\ud800", "\x00"]
ODD = SIGNS + UNSEEN
ENDS = [". ", "؟ ", "! ", "، ", "؛ ", "… ", "\n", " ", '." ', ".) "]

_WORD = st.sampled_from(WORDS * 3 + STOP_WORDS + NUMBERS + LATIN)
_SENTENCE = st.tuples(st.lists(_WORD, min_size=1, max_size=12).map(" ".join), st.sampled_from(ENDS)).map("".join)
# Files cannot bring lone surrogates in, but everything else.
_ODD_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXT = st.lists(st.one_of(_SENTENCE, _SENTENCE, _ODD_TEXT), min_size=1, max_size=9).map("".join)
_PARAGRAPH = st.builds(Paragraph, TEXT, st.none() | st.lists(_WORD, max_size=3).map(" ".join))
_TITLE = st.lists(_WORD, max_size=6).map(" ".join)

QUESTION = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS),
        st.sampled_from(STOP_WORDS + QUESTION_WORDS),
        st.sampled_from(QUESTION_WORDS),
        st.sampled_from(NUMBERS + LATIN + ODD),
        st.text(max_size=6),
    ),
    max_size=12,
).map(" ".join)


def _articles(drawn: list[tuple[str, list[Paragraph]]]) -> Edition:
    return edition(*(Article(f"article {number}", title, tuple(body)) for number, (title, body) in enumerate(drawn)))


EDITION = st.lists(st.tuples(_TITLE, st.lists(_PARAGRAPH, min_size=1, max_size=5)), min_size=1, max_size=5).map(
    _articles
)


def edition_of(passages: int) -> st.SearchStrategy[Edition]:
    """Draw editions of so many paragraphs, each an article of its own or all in one."""
    paragraphs = st.lists(_PARAGRAPH, min_size=passages, max_size=passages)
    together = st.tuples(_TITLE, paragraphs).map(lambda drawn: [drawn])
    apart = st.tuples(_TITLE, paragraphs).map(lambda drawn: [(drawn[0], [paragraph]) for paragraph in drawn[1]])
    return st.one_of(together, apart).map(_articles)
