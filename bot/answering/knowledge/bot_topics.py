"""What questions about the bot and orders to it are made of, `config/bot_questions.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.word_lists import Phrase, phrase_list, squeezed_phrase, word_lists_of
from bot.answering.reasons import Reason

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BotTopics:
    """Phrases with the parts that they can be, and the parts that make a question or an order, by reason, in order.

    Phrases of the parts `beside` may stand around them. Words are in normal form, each repeated letter once.
    """

    phrases: PhraseMatcher[Parts]
    questions: Sequence[tuple[Reason, Parts]]
    orders: Sequence[tuple[Reason, Parts]]
    beside: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> "BotTopics":
        """Read the lists; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as lists:
            phrases = dict[Phrase, Parts]()
            for part, text in lists["parts"].items():
                for phrase in map(squeezed_phrase, phrase_list(text)):
                    phrases[phrase] = (*phrases.get(phrase, ()), part)
            found = cls(
                PhraseMatcher(phrases, conjunctions=()),
                _made_of(lists["questions"]),
                _made_of(lists["orders"]),
                frozenset(lists["beside"]["words"].replace(",", " ").split()),
            )
            named = {part for _, parts in (*found.questions, *found.orders) for part in parts} | found.beside
            if unknown := named - lists["parts"].keys():
                raise ValueError(f"there is no part {min(unknown)!r}")
            return found


def _made_of(lists: Mapping[str, str]) -> list[tuple[Reason, Parts]]:
    return [(Reason(name), tuple(parts.split())) for name, text in lists.items() for parts in text.split(",")]
