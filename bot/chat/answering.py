"""What an answer costs time for, done off the event loop: search, evidence, quotes, and the card of them."""

from dataclasses import dataclass, replace

from bot.answering import Answer, Answerer, Refusal, Scope
from bot.chat.buttons.rows import outcome_rows
from bot.chat.card import Card
from bot.chat.cards import card
from bot.chat.exchange import Exchange
from bot.edition import Edition
from bot.ops.metrics import Metrics
from bot.texts import Texts

Answered = tuple[Answer | Refusal, Card]


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers a question of an exchange from one edition."""

    answerer: Answerer
    edition: Edition
    exchange: Exchange
    texts: Texts
    metrics: Metrics

    def at_once(self, question: str, scope: Scope | None) -> Answered | None:
        """Answer, unless the question may lean on one before it."""
        if self.exchange.goes_on and self.answerer.may_lean(question):
            return None
        return self.after(None, question, scope)

    def after(self, earlier: str | None, question: str, scope: Scope | None) -> Answered:
        """Answer a question that is completed from an earlier one where it leans on that."""
        with self.metrics.computing.time():
            outcome, has_more = self.answerer.and_more(question, self.edition, earlier, scope)
            with_question = not self.exchange.shows_question
            shown = card(outcome, self.texts, self.edition.as_of, with_question=with_question)
            rows = outcome_rows(outcome, self.exchange.asker, self.texts, has_more=has_more)
            return outcome, replace(shown, rows=rows)
