"""Messages of tests/data/readings, and how each is read: a line expects a value of every field that it has."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bot.answering import Answer, Reason, Refusal
from bot.answering.modes import choose_mode
from bot.answering.question import (
    AnalysedMessage,
    Interpretation,
    Question,
    analyse_message,
    interpret,
    split_questions,
)
from bot.arabic import Term
from tests.answering.coverage import ANSWERER, QUESTIONS, TOWN, article, edition

FOLDER = Path(__file__).resolve().parents[2] / "data" / "readings"
KINDS = sorted(file.stem for file in FOLDER.glob("*.jsonl"))
# Words that members run together stand apart here.
MINISTRY = article(
    "ministry",
    "بيان وزارة الخارجية",
    "أعلنت وزارة الخارجية في القاهرة أن مصر دفعت ثلاثين مليون دولار. وزار عبد الرحمن الصياد معرض الخزف.",
    "زار الوفد سوق الخضار مع المها، والأمن في تنام مستمر. وأشاد روس من زوار المعرض بجمال صور من البحر.",
)
PRESS = edition(MINISTRY)
_NO_QUESTION = Question("", (), (), None, ())
_PUNCTUATION = "؟?!.,،؛:"
_ABOUT_BOT = {
    *(Reason.PRIVACY, Reason.LANGUAGES, Reason.ARTICLES, Reason.MAKER, Reason.CLOCK, Reason.ADDING, Reason.RULES),
    *(Reason.TRANSLATION, Reason.COMPARISON, Reason.SUMMARY, Reason.CREATION, Reason.SOURCES),
}
_SMALL_TALK = {
    *(Reason.GREETING, Reason.THANKS, Reason.FAREWELL, Reason.ACKNOWLEDGEMENT, Reason.PRAISE, Reason.COMPLAINT),
    *(Reason.INSULT, Reason.JOKE, Reason.TALK, Reason.TEST, Reason.IDENTITY, Reason.MAKER, Reason.HELP),
}


@dataclass(frozen=True)
class Reading:
    """A message, alone or after a previous question, as it is read by itself and as it is put to a newspaper."""

    message: str
    previous: str | None = None
    is_of_press: bool = False

    @cached_property
    def analysed(self) -> AnalysedMessage:
        """The message by itself."""
        return analyse_message(self.message, QUESTIONS)

    @cached_property
    def question(self) -> Question:
        """The question of the message by itself, without words where it asks nothing."""
        return self.analysed.question or _NO_QUESTION

    @cached_property
    def interpretation(self) -> Interpretation:
        """The message with its mode, completed from the previous question where it depends on that."""
        index = (PRESS if self.is_of_press else TOWN).index
        return choose_mode(interpret(self.analysed, self.previous, index, QUESTIONS), QUESTIONS)

    @cached_property
    def asked(self) -> Question:
        """The question that is searched for, without words where nothing is."""
        return self.interpretation.question or _NO_QUESTION

    @cached_property
    def outcome(self) -> Answer | Refusal:
        """The answer or refusal that the member gets."""
        return ANSWERER.answer(self.message, PRESS if self.is_of_press else TOWN, self.previous)

    @property
    def reason(self) -> Reason | None:
        """The reason of a refusal; None of an answer."""
        return self.outcome.reason if isinstance(self.outcome, Refusal) else None

    @property
    def forms(self) -> set[str]:
        """The words that are searched for, in normal form and by their stems."""
        return {form for term in self.asked.terms for form in (term.normal, term.stem, term.without_proclitic)}

    def written(self, terms: Iterable[Term]) -> list[str]:
        """Return terms of the question as they stand in it."""
        return [self.question.text[term.start : term.end] for term in terms]

    def meanings(self, word: str) -> set[str]:
        """Return the standard words that stand for a word of the question as it is written."""
        terms = [term for term in self.question.terms if self.question.text[term.start : term.end] == word]
        starts = {term.start for term in terms}
        phrases = (one.spellings for one in self.question.equivalents if one.start in starts)
        single = {one.normal for term in terms for one in self.question.standard_terms.get(term.stem, ())}
        return single | {" ".join(spelling) for spellings in phrases for spelling in spellings}


def _name(reading: Reading) -> list[str | None] | None:
    """Return the noun whose name is asked for, and whether that is a person's or a thing's; None where no name is."""
    name = reading.question.asked_name
    return [*(reading.written([name.noun]) if name.noun else [None]), name.bearer.value] if name else None


def _names(reading: Reading) -> list[str]:
    """Return the words that are taken for a name with a spelling in Latin letters."""
    question = reading.question
    latin = (one for one in question.equivalents if any(spelling[0].isascii() for spelling in one.spellings))
    return [question.text[one.start : one.end] for one in latin]


def _arabic(reading: Reading) -> str:
    words = (part.strip(_PUNCTUATION) for part in reading.interpretation.text.split())
    return " ".join(filter(None, words))


def _all_asked(reading: Reading) -> tuple[object, ...]:
    """Return all that a search depends on, which politeness must not change."""
    asked = reading.asked
    return (
        [term.normal for term in asked.terms],
        [term.normal for term in asked.focus],
        asked.answer_type,
        asked.language,
    )


@cache
def _all_asked_plainly(message: str) -> tuple[object, ...]:
    return _all_asked(Reading(message))


EQUAL: dict[str, Callable[[Reading], object]] = {
    # The message by itself: its question word, the words that are searched for, its language.
    "type": lambda reading: reading.question.answer_type,
    "terms": lambda reading: reading.written(reading.question.terms),
    "focus": lambda reading: reading.written(reading.question.focus),
    "defined": lambda reading: reading.written(reading.question.defined_terms),
    "counted": lambda reading: reading.question.counted and reading.question.counted.normal,
    "name": _name,
    "names": _names,
    "language": lambda reading: reading.interpretation.language,
    "arabic": _arabic,
    "glossed": lambda reading: reading.question.gloss is not None,
    "dependence": lambda reading: reading.analysed.dependence.name.lower(),
    "parts": lambda reading: list(split_questions(reading.analysed.text, QUESTIONS)),
    "about_bot": lambda reading: reading.analysed.reason if reading.analysed.reason in _ABOUT_BOT else None,
    # Put to a newspaper: completed, without courtesies, of a mode.
    "text": lambda reading: reading.asked.text or reading.interpretation.text,
    "subject": lambda reading: [term.normal for term in reading.asked.terms],
    "mode": lambda reading: reading.interpretation.mode,
    "removed": lambda reading: list(reading.interpretation.removed),
    "polite": lambda reading: bool(reading.interpretation.removed),
    "still_asked": lambda reading: reading.interpretation.asked,
    # In the answer or refusal that the member gets.
    "answered": lambda reading: reading.reason is None,
    "reason": lambda reading: reading.reason,
    "is_talk": lambda reading: reading.reason in _SMALL_TALK,
    "reply": lambda reading: reading.outcome.courtesy_reply if isinstance(reading.outcome, Refusal) else None,
    "missing": lambda reading: list(reading.outcome.missing) if isinstance(reading.outcome, Refusal) else None,
    "statement": lambda reading: reading.outcome.statement if isinstance(reading.outcome, Answer) else None,
    "completed_from": lambda reading: reading.outcome.completed_from,
}
HOLDS: dict[str, Callable[[Reading, Any], bool]] = {
    "has": lambda reading, words: reading.forms.issuperset(words),
    "lacks": lambda reading, words: reading.forms.isdisjoint(words),
    "means": lambda reading, meant: all(meaning in reading.meanings(word) for word, meaning in meant.items()),
    "means_not": lambda reading, meant: all(meaning not in reading.meanings(word) for word, meaning in meant.items()),
    "has_standard_words": lambda reading, has: bool(reading.question.standard_terms) is has,
    "written": lambda reading, text: text in reading.question.written_at(0, len(reading.question.text)),
    "same_as": lambda reading, message: (
        _all_asked(reading) == _all_asked_plainly(message) and bool(reading.asked.terms)
    ),
}


def rows(kind: str) -> list[dict[str, Any]]:
    """Read the lines of a kind."""
    return [json.loads(line) for line in (FOLDER / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]


def faults(row: dict[str, Any], *, is_of_press: bool) -> Iterator[str]:
    """Yield each field of a line that is read otherwise, with its value."""
    reading = Reading(row["message"], row.get("previous"), is_of_press)
    for field in row.keys() - {"message", "previous", "region"}:
        expected = row[field]
        if field in HOLDS:
            if not HOLDS[field](reading, expected):
                yield f"{field} {expected}, but {_all_asked(reading)}"
        elif (found := EQUAL[field](reading)) != expected:
            yield f"{field} {expected}, but {found}"


def allowed(lines: int) -> int:
    """Return how many of some lines may be read otherwise: 3 of 100, and of a few lines one."""
    return max(1, 3 * lines // 100)
