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

# Private characters, of which each stands for a word with what is behind it.
_FIRST = 0xE000


def _words(pieces: list[str], least: int = 0, most: int = 12) -> st.SearchStrategy[str]:
    """Draw some of these words: a text that stands for them is one draw, where words one by one were many."""
    places = st.characters(min_codepoint=_FIRST, max_codepoint=_FIRST + len(pieces) - 1)
    text = st.text(places, min_size=least, max_size=most)
    return text.map(lambda drawn: "".join(pieces[ord(place) - _FIRST] for place in drawn))


_OF_ARTICLES = [f"{word} " for word in WORDS * 3 + STOP_WORDS + NUMBERS + LATIN]
_LAST_WORDS = [word + end for word, end in zip(WORDS + NUMBERS, ENDS * len(WORDS), strict=False)]
_SENTENCES = _words(_OF_ARTICLES + _LAST_WORDS, 6, 40)
# Files cannot bring lone surrogates in, but everything else.
_ODD_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXT = st.one_of(_SENTENCES, st.tuples(_SENTENCES, _ODD_TEXT, _SENTENCES).map("".join), _ODD_TEXT)
_PARAGRAPH = st.builds(Paragraph, TEXT, st.none() | _words(_OF_ARTICLES, most=3))
_TITLE = _words(_OF_ARTICLES, most=6)

_OF_QUESTIONS = WORDS * 2 + STOP_WORDS + QUESTION_WORDS * 3 + NUMBERS + LATIN + ODD
_ASKED = _words([f"{word} " for word in _OF_QUESTIONS])
QUESTION = st.one_of(_ASKED, st.tuples(_ASKED, st.text(max_size=6), _ASKED).map(" ".join))


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
