"""Articles and questions that repeat themselves, each asked by each: what costs the product of two texts."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from bot.answering import MOST_CHARACTERS, Answerer
from bot.articles import Article
from bot.articles.article import Block, make_paragraphs
from bot.edition import Edition
from tests.answering.coverage import BRIDGE, FISHING, KNOWLEDGE, LIBRARY, ORCHARD, TRAINING, edition
from tests.answering.hostility import FLOODS, REAL, REPEATED
from tests.answering.promises import check
from tests.attacks.attack import Attack

UNITS = (*(unit for unit in FLOODS if "\ud800" not in unit), *REPEATED)
_PAPER = (LIBRARY, BRIDGE, TRAINING, FISHING, ORCHARD)
# Several passages as long as any.
_TIMES = 24
_SIZE = _TIMES * MOST_CHARACTERS
_OTHERS = 8
# So many questions in a row are put to one article: to build its edition takes as long as they do.
_QUESTIONS_AN_ARTICLE = 20
# What asks for each kind of answer, for those compare a question with passages in ways of their own.
_ASKING = (
    *("{}", "{}", "{}", "متى {}", "كم {}", "كم عدد {}", "من {}", "أين {}", "لماذا {}", "ما اسم {}", "من هو {}"),
    *(
        "ما هي {}؟",
        "هل {}؟",
        "هل صحيح أن {}؟",
        "صحيح {}؟",
        "هل صحيح أن «{}»؟",
        "من قال «{}»؟",
        "كيف تطورت {} من البداية؟",
    ),
    *("ما آخر أخبار {}", "مقالات عن {}", "ماذا تعرف عن {}", "السلام عليكم {} شكرا", "ما هي {}؟ وكم {}؟"),
    *("what is {}", "when did {}", "how many {}", "who said {}", "is it true that {}", "quand {}", "combien de {}"),
)
_BETWEEN = (" ", " ", " ", "، ", ". ", "\u00a0", " و", "\n")


@dataclass(frozen=True, slots=True)
class Product:
    """An edition with a hostile article, and the questions that it is asked."""

    edition: Edition
    questions: Sequence[str]


def hostile_edition(title: str, blocks: Sequence[str]) -> Edition:
    """Build an edition of a town's newspaper and of one article more, as a file of such blocks is read."""
    return edition(*_PAPER, Article("hostile", title, make_paragraphs(map(Block, blocks))))


def _flood(unit: str, asking: str, size: int = MOST_CHARACTERS) -> Product:
    """Ask with so many characters of a flood where an article has many times as many, so that their product shows."""
    question = asking.replace("{}", _repeated(unit, size - len(asking)))
    return Product(hostile_edition("عنوان", [_repeated(unit, _TIMES * size)]), [question])


def _under_title(unit: str, size: int = MOST_CHARACTERS) -> Product:
    blocks = [f"{unit} بند رقم {number}." for number in range(size)]
    return Product(hostile_edition(_repeated(unit, 2 * size), blocks), [_repeated(unit, size)])


def _asked_by_others(at: int) -> Product:
    """Ask a flood by itself and by every eighth of all, others each time."""
    others = (UNITS[at], *UNITS[at % _OTHERS :: _OTHERS])
    return Product(
        hostile_edition("عنوان", [_repeated(UNITS[at], _SIZE)]), [_repeated(unit, MOST_CHARACTERS) for unit in others]
    )


def _repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


class Products(Attack[Product]):
    """Puts questions to a town's newspaper with one hostile article."""

    tried = "articles that repeat words, names or figures, asked by questions that do, in the same or in others"
    promise = (
        "answered or refused without an error, each in a quarter of a second of processor time; every quote stands in "
        "its article at its offsets"
    )
    longest = 0.25
    floods: ClassVar = {
        **{f"{unit!a} asked by itself": partial(_flood, unit, "{}") for unit in UNITS},
        **{f"{unit!a} as a claim": partial(_flood, unit, "صحيح {}؟") for unit in REPEATED},
        **{f"{unit!a} as a quotation": partial(_flood, unit, "من قال «{}»؟") for unit in REPEATED[::4]},
    }
    named: ClassVar[Mapping[str, Callable[..., Product]]] = {
        **{f"{unit!a} asked by itself and others": partial(_asked_by_others, at) for at, unit in enumerate(UNITS)},
        "a long title above many paragraphs, asked by itself": partial(_under_title, "كتاب "),
        "a long title of figures above many paragraphs, asked by itself": partial(_under_title, "3 2026 "),
    }

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._answerer = Answerer(KNOWLEDGE)
        self._name = ""
        self._article: tuple[str, Sequence[str]] = ("عنوان", ["نص"])
        self._edition = hostile_edition(*self._article)

    def build(self, seed: int, number: int) -> Product:
        """Make the input of a number, whose article is that of its neighbours as well."""
        if self.name_of(number):
            return super().build(seed, number)
        name = f"{seed}:{number // _QUESTIONS_AN_ARTICLE}"
        if self._name != name:
            self._name, self._article = name, _article(random.Random(f"article:{name}"))  # noqa: S311
            self._edition = hostile_edition(*self._article)
        return super().build(seed, number)

    def make(self, chance: random.Random) -> Product:
        return Product(self._edition, [_question(*self._article, chance)])

    def try_out(self, given: Product) -> float:
        return max(self._ask(question, given.edition) for question in given.questions)

    def _ask(self, question: str, built: Edition) -> float:
        """Ask, and return the seconds of processor time that the answer took."""
        began = time.process_time()
        outcome, _ = self._answerer.answer_with_more(self._answerer.analyse(question), built)
        seconds = time.process_time() - began
        check(outcome, question, built)
        return seconds


def _words(chance: random.Random) -> Iterator[str]:
    """Yield words without an end: one again and again, several in turn or by chance, or all figures in order."""
    kind = chance.randrange(5)
    if kind == 0:
        first, step = chance.choice((1, 1, 1900, 10_000)), chance.choice((1, 1, 7))
        digits = str.maketrans("0123456789", chance.choice(("0123456789", "٠١٢٣٤٥٦٧٨٩")))
        while True:
            yield str(first).translate(digits)
            first += step
    pool = [*REAL, *(unit.strip() or unit for unit in UNITS)]
    some = chance.sample(pool, k=(1, 2, 4, 30)[kind - 1])
    while True:
        yield from some if kind < 4 else [chance.choice(some)]


def _text(size: int, chance: random.Random) -> str:
    words, between = _words(chance), chance.choice(_BETWEEN)
    parts, length = list[str](), 0
    while length < size:
        parts.append(next(words))
        length += len(parts[-1]) + len(between)
    return between.join(parts)[:size]


def _article(chance: random.Random) -> tuple[str, Sequence[str]]:
    """Draw a title and blocks: one long, a few, many short ones, or all alike, at times under a long title."""
    text = _text(chance.choice((3000, _SIZE, 2 * _SIZE)), chance)
    size = chance.choice((len(text), len(text), 3000, 300, 60))
    blocks = [text[start : start + size] for start in range(0, len(text), size)]
    title = _text(chance.choice((20, 20, 20, 3000)), chance).replace("\n", " ").strip()
    return title or "عنوان", [block for block in blocks if block.strip()] or ["نص"]


def _question(title: str, blocks: Sequence[str], chance: random.Random) -> str:
    """Draw a question: cut from the article, of its own words in another order, or of others."""
    size = chance.choice((40, 200, MOST_CHARACTERS, MOST_CHARACTERS))
    text = chance.choice((*blocks[:3], *blocks[:3], title))
    start = chance.randrange(max(len(text) - size, 0) + 1)
    cut = text[start : start + size]
    match chance.randrange(4):
        case 0:
            cut = " ".join(chance.sample(cut.split(), k=len(cut.split())))
        case 1:
            cut = _text(size, chance)
        case 2:
            cut = f"{cut[: size // 2]} {_text(size // 2, chance)}"
    asking = chance.choice(_ASKING)
    return asking.replace("{}", cut[: (MOST_CHARACTERS - len(asking)) // asking.count("{}")])
