"""The answers to questions: looked for in an edition, off the event loop, and laid out as cards."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering import (
    AnalysedMessage,
    Answer,
    Answerer,
    CoverageSummaries,
    CoverageSummary,
    Explanation,
    Reason,
    Refusal,
)
from bot.arabic import mark_direction
from bot.chat.cards.answer_card import outcome_buttons, outcome_card
from bot.chat.cards.card import Attachment, Card
from bot.chat.cards.card_text import fit, one_line
from bot.chat.cards.quote_text import fit_lines
from bot.chat.chat_errors import ReplyError
from bot.chat.exchange.exchange import Exchange
from bot.edition import Edition, Editions, StaleOutlet
from bot.ops.metrics import Metrics
from bot.retrieval import Scope
from bot.texts import Texts, example_phrasings, explanation_sections, explanation_sentences, refusal_reason
from bot.workers.threads import Worker

# The bot's own texts answer a question in Arabic, whatever their language.
_ARABIC = "ar"
_SENTENCES, _SUMMARY = 2000, 1500
_FILE, _FACTS = "explanation.txt", ("founded", "founder")

OutcomeCard = tuple[Answer | Refusal, Card]


class AnswerDesk:
    """Answers questions from an edition, and lays the outcomes out."""

    def __init__(self, editions: Editions, answerer: Answerer, texts: Texts, metrics: Metrics, threads: int) -> None:
        """Take the parts; `threads` is how many answer at once, and how many browse.

        More than one are for an index that is waited for.
        """
        self.editions = editions
        self.answerer = answerer
        self.texts = texts
        self.metrics = metrics
        # Browsing never waits for answers, nor answers for an index of titles that is being built.
        self.answer_worker, self.browse_worker = Worker(threads), Worker(threads)
        self._summaries = CoverageSummaries(answerer)
        # The outlets that are silent for longer than usual, as far as is known.
        self.stale: Sequence[StaleOutlet] = ()

    async def answer(self, exchange: Exchange, question: str, scope: Scope | None, edition: Edition) -> OutcomeCard:
        """Answer a question, completed from the previous one where it depends on that.

        Raise ReplyError where the question is incomplete and the previous one cannot be read.
        """

        def answer_alone() -> OutcomeCard | AnalysedMessage:
            """Answer, or return the analysed question where it may depend on a previous one."""
            analysed = self.answerer.analyse(question)
            may_depend = analysed.may_depend_on_previous if exchange.is_reply else analysed.needs_previous
            if exchange.may_have_previous and may_depend:
                return analysed
            return self._answer_after(None, analysed, scope, exchange, edition)

        answered = await self.answer_worker.run(answer_alone)
        if not isinstance(answered, AnalysedMessage):
            return answered
        previous, unreadable = None, None
        try:
            previous = await exchange.previous_question()
        except ReplyError as error:
            unreadable = error
        outcome, card = await self.answer_worker.run(self._answer_after, previous, answered, scope, exchange, edition)
        if unreadable and isinstance(outcome, Refusal) and outcome.reason is Reason.INCOMPLETE:
            raise unreadable
        return outcome, card

    def _answer_after(
        self, previous: str | None, question: AnalysedMessage, scope: Scope | None, exchange: Exchange, edition: Edition
    ) -> OutcomeCard:
        """Answer a question, completed from the previous one where it depends on that, and lay the outcome out."""
        with self.metrics.computing.time():
            outcome, has_more = self.answerer.answer_with_more(question, edition, previous, scope)
            is_introduced = isinstance(outcome, Refusal) and outcome.introduces_coverage
            is_shown, asker, texts = exchange.shows_question, exchange.asker_id, self.texts_for(question)
            summary = self.summarise(edition, texts) if is_introduced else None
            card = outcome_card(
                outcome, texts, edition.as_of, with_question=not is_shown, summary=summary, stale=self.stale
            )
            phrasings = example_phrasings(texts)[::-1], example_phrasings(texts, *_FACTS)
            related = self._summaries.related_questions(outcome, edition, *phrasings)
            beside = {"has_more": has_more, "is_lasting": exchange.is_lasting}
            rows = outcome_buttons(outcome, asker, texts, summary=summary, related=related, **beside)
            return outcome, replace(card, rows=rows)

    def texts_for(self, question: AnalysedMessage) -> Texts:
        """Return the texts of the language that a question is put in, where that is another than Arabic."""
        language = question.text.language
        return self.texts if language == _ARABIC else self.texts.in_language(language)

    def summarise(self, edition: Edition, texts: Texts | None = None) -> CoverageSummary:
        """Say what an edition's articles are about, with examples; the first time takes as long as some answers."""
        texts = texts or self.texts
        # Golden questions are put in the language of the articles.
        golden = self.editions.golden if texts.language == self.texts.language else ()
        return self._summaries.summarise(edition, example_phrasings(texts), golden)

    async def explain(self, question: str, edition: Edition) -> Card:
        """Lay out how the outcome of a question came about."""
        return await self.answer_worker.run(
            lambda: explanation_card(self.answerer.explain(question, edition), self.texts)
        )


def explanation_card(explanation: Explanation, texts: Texts) -> Card:
    """Say what decided, what the member reads and how the question was understood; the numbers are in a file."""

    # The texts isolate other people's words by their first letter, which is Latin in some Arabic titles.
    def escaped(text: str, room: int) -> str:
        return mark_direction(fit(one_line(text), room - 1))

    lines = [explanation_sentences(explanation, texts, escaped)]
    if isinstance(explanation.outcome, Refusal):
        lines.append(texts("explain.reply", text=refusal_reason(explanation.outcome, texts)))
    summary, *_ = explanation_sections(explanation, texts, escaped)
    blocks = (fit_lines(lines, _SENTENCES), fit_lines(summary.lines, _SUMMARY))
    sections = explanation_sections(explanation, texts, lambda text, room: one_line(text)[:room])
    written = "\n\n".join("\n".join((section.heading, *section.lines)) for section in sections)
    # Questions may hold halves of letters.
    file = Attachment(_FILE, written.encode("utf-8", "replace").decode() + "\n")
    return Card(blocks, title=summary.heading, footnote=texts("explained.numbers"), attachment=file)
