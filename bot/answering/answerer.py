"""The answering pipeline: from a message and an edition to an answer with quotes or a refusal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answering.answer import Answer, Quote, Refusal
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding, decide, decide_at, nearby_articles, refusal_detail
from bot.answering.explanation import Explanation, explain
from bot.answering.found_answer import Found, join_found
from bot.answering.joined_answer import join_answers
from bot.answering.missing_words import without_prefixes
from bot.answering.modes import choose_mode, find, mark_differences, newest_quotes
from bot.answering.question import AnalysedMessage, Dependence, analyse_message, interpret, split_questions
from bot.answering.quotes import MOST_QUOTES, RankedQuotes, select_quotes
from bot.answering.reasons import Mode, Reason, Statement
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import Scope


class Answerer:
    """Answers questions from an edition's own words, or refuses; pure, and safe to call from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @property
    def knowledge(self) -> Knowledge:
        """The configuration that it answers with."""
        return self._knowledge

    def answer(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Answer | Refusal:
        """Answer a message with quotes from an edition, or from its articles in scope, or say why not.

        A message that depends on a previous question is completed from `previous`: that question or, one a line and
        the oldest first, that question and those that it depends on itself.
        """
        return self._find(self.analyse(message), edition, previous, scope).outcome

    def further_quotes(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Quote, ...]:
        """Return quotes of further passages on the topic of a message, best first; they need not answer it.

        A passage that the evidence model did not weigh has a score of 0.
        """
        return tuple(self._find(self.analyse(message), edition, previous, scope).further_quotes())

    def answer_with_more(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Answer | Refusal, bool]:
        """Answer an analysed message, and tell whether there are further quotes, from one search."""
        found = self._find(message, edition, previous, scope)
        return found.outcome, found.has_more

    def explain(self, message: str, edition: Edition, previous: str | None = None) -> Explanation:
        """Answer a message, and explain how the answer or the refusal came about; of several, the first answer."""
        found = self._find(self.analyse(message), edition, previous)
        return explain(found.decision, found.outcome, self._knowledge)

    def answer_at_thresholds(
        self, message: str, edition: Edition, thresholds: Iterable[float]
    ) -> Iterator[Answer | Refusal]:
        """Yield the answer or refusal at each threshold of the evidence model; passages are ranked once for all."""
        decision = self._decide(self.analyse(message), edition)
        # Thresholds that the same candidates reach have the same outcome.
        outcomes: dict[int, Answer | Refusal] = {}
        for threshold in thresholds:
            reached_decision = decide_at(decision, threshold)
            reached = len(reached_decision.supporting)
            if reached not in outcomes:
                outcomes[reached] = self._found(reached_decision).outcome
            yield outcomes[reached]

    def analyse(self, message: str) -> AnalysedMessage:
        """Analyse a message once, for `answer_with_more` and for the question whether it may be a follow-up."""
        return analyse_message(message, self._knowledge.questions)

    def _find(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Found:
        """Find what answers a message: each of several questions by itself, the whole where it asks one, or none is."""
        first, *others = split_questions(message.text, self._knowledge.questions) if message.question else ("",)
        if others:
            before = "\n".join(filter(None, (previous, first)))
            each = [self._found(self._decide(self.analyse(first), edition, previous, scope))]
            each += [self._find_after(question, before, edition, scope) for question in others]
            joined = join_answers(message.message, (first, *others), [found.outcome for found in each])
            if joined:
                return join_found(each, joined)
        return self._found(self._decide(message, edition, previous, scope))

    def _find_after(self, question: str, before: str, edition: Edition, scope: Scope | None) -> Found:
        """Answer a further question of a message as it stands where it names a subject, else about the one before."""
        analysed = self.analyse(question)
        alone = self._decide(analysed, edition, None, scope)
        if alone.ranking and not analysed.may_depend_on_previous and alone.ranking.weights.names_subject:
            found = self._found(alone)
            if isinstance(found.outcome, Answer):
                return found
        completed = self._decide(replace(analysed, dependence=Dependence.IN_REPLY), edition, before, scope)
        # With the words of the question before it, it has enough that matches without those of its own.
        return self._found(alone if completed.missing else completed)

    def _decide(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Decision:
        interpretation = interpret(message, previous, edition.index, self._knowledge.questions)
        chosen = choose_mode(interpretation, self._knowledge.questions)
        return decide(message.message, chosen, edition, self._knowledge, scope)

    def _found(self, decision: Decision) -> Found:
        finding = find(decision, self._knowledge)
        quotes = self._ranked_quotes(decision, finding)
        read = decision.interpretation.page * MOST_QUOTES
        return Found(decision, self._outcome(decision, finding, quotes), (quotes,) if quotes else (), read)

    def _ranked_quotes(self, decision: Decision, finding: Finding | None) -> RankedQuotes | None:
        if decision.ranking is None:
            return None
        lexicon, ranking = self._knowledge.lexicon, decision.ranking
        selected = (
            finding.selections
            if finding
            else select_quotes(ranking, decision.supporting, lexicon, decision.edition.index)
        )
        return RankedQuotes(ranking, selected, lexicon, decision.edition, decision.scope)

    def _outcome(
        self, decision: Decision, finding: Finding | None, ranked_quotes: RankedQuotes | None
    ) -> Answer | Refusal:
        """Make the outcome of a decision, or where its asker wants more of the same, the page of further quotes."""
        page, before = decision.interpretation.page, decision.interpretation.completed_from
        if not page or ranked_quotes is None or not (finding or decision.supporting):
            return self._first_outcome(decision, finding, ranked_quotes)
        edition, scope, message = decision.edition.fingerprint, decision.scope, decision.message
        quotes = ranked_quotes.further_quotes((page - 1) * MOST_QUOTES, page * MOST_QUOTES)
        if not quotes:
            return Refusal(message, Reason.NO_MORE, edition, completed_from=before, scope=scope)
        return Answer(message, quotes, edition, before, scope, decision.mode, Statement.FURTHER)

    def _first_outcome(
        self, decision: Decision, finding: Finding | None, ranked_quotes: RankedQuotes | None
    ) -> Answer | Refusal:
        """Make the answer from what was found or the supporting passages, or the refusal with its reason."""
        interpretation, ranking, scope, mode = decision.interpretation, decision.ranking, decision.scope, decision.mode
        message, edition, before = decision.message, decision.edition.fingerprint, interpretation.completed_from
        hint = self._knowledge.lexicon.languages.hint(interpretation.language)
        if ranking is None or ranked_quotes is None:
            newest = newest_quotes(decision.edition, scope) if mode is Mode.LATEST and not interpretation.page else ()
            if newest:
                day = newest[0].article.published
                return Answer(message, newest, edition, None, scope, mode, Statement.NEWEST, day=day)
            otherwise = Reason.NO_MORE if interpretation.page else Reason.NO_QUESTION
            reason, reply = interpretation.reason or otherwise, interpretation.courtesy_reply
            refusal = Refusal(message, reason, edition, hint=hint, mode=mode, courtesy_reply=reply)
            return replace(refusal, completed_from=before, asked=interpretation.asked)
        if finding:
            return Answer(
                message,
                mark_differences(ranked_quotes.answer_quotes(), finding),
                edition,
                before,
                scope,
                mode,
                finding.statement,
                differences=finding.differences,
                day=finding.day,
                articles=finding.articles,
            )
        if decision.supporting:
            return Answer(message, ranked_quotes.answer_quotes(), edition, before, scope)
        related, missing = nearby_articles(ranking), decision.missing
        reason = interpretation.reason or _reason(decision, related)
        detail = refusal_detail(ranking, missing, self._knowledge.lexicon) if reason is Reason.UNSUPPORTED else None
        named = tuple(dict.fromkeys(without_prefixes(word, self._knowledge) for word in missing))
        return Refusal(message, reason, edition, named, related, detail, before, hint, scope, mode=mode)


def _reason(decision: Decision, related: Sequence[Article]) -> Reason:
    if decision.has_nothing_in_scope:
        return Reason.OUT_OF_SCOPE
    return Reason.UNSUPPORTED if related else Reason.OFF_TOPIC
