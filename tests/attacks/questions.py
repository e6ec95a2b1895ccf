"""Questions that nobody would ask, through answer and card."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from bot.answering import Answer, Answerer, Quote, Refusal
from bot.chat.cards.answer_card import explanation_card, outcome_buttons, outcome_card
from bot.chat.cards.button_ids import (
    decode_references,
    encode_references,
    find_quotes,
    parse_button_id,
    quote_reference,
)
from bot.chat.cards.reading_cards import context_card, further_card
from bot.retrieval import Scope
from bot.texts import Texts
from tests.answering.coverage import KNOWLEDGE
from tests.answering.hostility import CRAFTED, FLOODS, KINDS, REAL
from tests.answering.promises import check
from tests.attacks.attack import Attack
from tests.attacks.coverage import hard_edition
from tests.attacks.markup import check_card
from tests.chat.samples import ARABIC, ENGLISH

# What a message of Discord holds at most.
_LONGEST = 4000
_ASKER = 2**63


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it may lean on, the part of the coverage that it is put to, and how it is answered."""

    question: str
    previous: str | None = None
    scope: Scope | None = None
    texts: Texts = ARABIC
    shows_question: bool = False


class Questions(Attack[Asked]):
    """Puts them to an edition that has hostile words itself."""

    tried = "random characters, floods, markup, code, marks inside words and for words, words of the articles"
    promise = (
        "answered or refused without an error; every quote stands in its article at its offsets; every card is within "
        "Discord's limits and pings nobody"
    )
    share = 4
    named: ClassVar = {
        f"a flood of {unit!a}": lambda size=100_000, unit=unit: Asked((unit * size)[:size]) for unit in FLOODS
    }

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._edition = hard_edition()
        self._answerer = Answerer(KNOWLEDGE)

    def make(self, chance: random.Random) -> Asked:
        return Asked(
            self._question(chance)[:_LONGEST],
            self._question(chance)[:_LONGEST] if chance.random() < 0.2 else None,
            self._scope(chance) if chance.random() < 0.2 else None,
            chance.choice((ARABIC, ENGLISH)),
            chance.random() < 0.5,
        )

    def try_out(self, given: Asked) -> None:
        analysed = self._answerer.analyse(given.question)
        outcome, has_more = self._answerer.answer_with_more(analysed, self._edition, given.previous, given.scope)
        check(outcome, given.question, self._edition, given.previous or "")
        shown = outcome_card(outcome, given.texts, self._edition.as_of, with_question=given.shows_question)
        rows = outcome_buttons(outcome, _ASKER, given.texts, has_more=has_more)
        check_card(replace(shown, rows=rows))
        for row in rows:
            for button in row:
                parse_button_id(button.custom_id)
        self._read_on(given, outcome)

    def _read_on(self, given: Asked, outcome: Answer | Refusal) -> None:
        """Press what stands under an answer, or have a refusal explained."""
        question, previous, scope, texts = given.question, given.previous, given.scope, given.texts
        if isinstance(outcome, Refusal):
            if given.shows_question:
                check_card(explanation_card(self._answerer.explain(question, self._edition, previous), texts))
            return
        found = find_quotes(
            decode_references(encode_references([quote_reference(quote) for quote in outcome.quotes])), self._edition
        )
        assert [_where(quote) for quote in found] == [_where(quote) for quote in outcome.quotes]
        check_card(context_card(found, texts))
        further = self._answerer.further_quotes(question, self._edition, previous, scope)
        for page in (0, 10**9):
            check_card(further_card(question, previous, further, page, texts, scope=scope))

    def _question(self, chance: random.Random) -> str:
        return chance.choice(self._makers)(chance)

    @property
    def _makers(self) -> tuple[Callable[[random.Random], str], ...]:
        return (*(make for make, _ in KINDS), _flood, self._words_of_an_article, self._words_of_an_article)

    def _words_of_an_article(self, chance: random.Random) -> str:
        """Draw what is likely to be answered, with something between its words."""
        [drawn] = self._edition.index.read([chance.randrange(len(self._edition.index))])
        words = drawn.passage.text.split()
        begin = chance.randrange(len(words))
        taken = words[begin : begin + chance.randrange(3, 12)]
        for _ in range(chance.choice((0, 0, 1, 3))):
            taken.insert(chance.randrange(len(taken) + 1), chance.choice(CRAFTED))
        return " ".join([chance.choice(("متى", "كم", "من", "لماذا", "هل", "ومتى", "")), *taken])

    def _scope(self, chance: random.Random) -> Scope:
        days = [None, *(date(year, month, 1) for year in (1, 2025, 2026, 9999) for month in (1, 12))]
        return Scope(chance.choice(days), chance.choice(days), chance.choice([None, *self._edition.outlets]))


def _flood(chance: random.Random) -> str:
    flood = chance.choice(FLOODS) * chance.choice((1, 7, 400, 4000))
    return chance.choice((f"{flood} {' '.join(REAL[:6])}", f"{' '.join(REAL[:6])} {flood}"))


def _where(quote: Quote | None) -> tuple[str, int, int, int] | None:
    return (quote.article.id, quote.paragraph, quote.start, quote.end) if quote else None
