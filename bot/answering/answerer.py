"""The answering pipeline: from a message and an edition to an answer with quotes or a refusal."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.answering.answer import Answer, Quote, Refusal
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding, decide, decide_at, nearby_articles, refusal_detail
from bot.answering.evidence import Risk
from bot.answering.explanation import Explanation, explain
from bot.answering.found_answer import Found, find_outcome, join_answers, join_found, turn_to_page
from bot.answering.missing_words import without_prefixes
from bot.answering.modes import choose_mode, find, is_told_at_once, mark_quotes, newest_quotes
from bot.answering.question import AnalysedMessage, Dependence, analyse_message, interpret, split_questions
from bot.answering.quotes import RankedQuotes, select_quotes
from bot.answering.reasons import ASKING_NOTHING, Mode, Reason, Statement
from bot.edition import Edition
from bot.retrieval import RANKING, Scope


class Answerer:
    """Answers questions from an edition's own words, or refuses; pure, and safe to call from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

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
        """Return what else there is to read on a message: the quotes that its answer does not show, then further ones.

        Those come best first, and need not answer it. A passage that the evidence model did not weigh has a score of 0.
        """
        return tuple(self._find(self.analyse(message), edition, previous, scope).further_quotes())

    def answer_with_more(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Answer | Refusal, bool]:
        """Answer an analysed message, and tell whether there are further quotes, from one search."""
        found = self._find(message, edition, previous, scope)
        return found.outcome, found.has_more

    def late_answer(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Answer, bool] | None:
        """Answer a question that was refused before, where that is sure, and tell whether there are further quotes.

        Nobody asks now who would doubt it, so that more is demanded than of an answer: one question is asked, the first
        quote's passage with its title has all words of it, and a fact is as probable as at low risk.
        """
        found = self._find(message, edition, previous, scope)
        answer = found.outcome
        if isinstance(answer, Refusal) or len(found.rankings) != 1 or not found.quoted:
            return None
        model = self.knowledge.model
        least = max(model.thresholds[Risk.LOW], model.threshold) if answer.mode is Mode.FACT else 0.0
        has_all = bool((found.quoted[0].candidate.matches >= RANKING.least_match).all())
        return (answer, found.has_more) if has_all and answer.quotes[0].score >= least else None

    def explain(self, message: str, edition: Edition, previous: str | None = None) -> Explanation:
        """Answer a message, and explain how the answer or the refusal came about; of several, the first answer."""
        found = self._find(self.analyse(message), edition, previous)
        return explain(found.decision, found.outcome, self.knowledge)

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
        return analyse_message(message, self.knowledge.questions)

    def _find(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Found:
        """Find what answers a message: each of several questions by itself, the whole where it asks one, or none is."""
        if joined := self._find_each(message, edition, previous, scope):
            return joined
        decision = self._decide(message, edition, previous, scope)
        question = decision.interpretation.question
        if decision.interpretation.page and question:
            joined = self._find_each(self.analyse(question.text), edition, None, scope)
        return turn_to_page(joined, decision) if joined else self._found(decision)

    def _find_each(
        self, message: AnalysedMessage, edition: Edition, previous: str | None, scope: Scope | None
    ) -> Found | None:
        """Find what answers each of several questions of a message; None where one is asked, or none is answered."""
        first, *others = split_questions(message.text, self.knowledge.questions) if message.question else ("",)
        if not others:
            return None
        # Whoever asks this message as a whole does not look up what was asked before.
        previous = previous if message.may_depend_on_previous else None
        before = "\n".join(filter(None, (previous, first)))
        each = [self._found(self._decide(self.analyse(first), edition, previous, scope))]
        each += [self._find_after(question, before, edition, scope) for question in others]
        joined = join_answers(message.message, (first, *others), [found.outcome for found in each])
        return join_found(each, joined) if joined else None

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
        interpretation = interpret(message, previous, edition.index, self.knowledge.questions)
        chosen = choose_mode(interpretation, self.knowledge.questions)
        return decide(message.message, chosen, edition, self.knowledge, scope)

    def _found(self, decision: Decision) -> Found:
        finding = find(decision, self.knowledge)
        if is_told_at_once(finding) and (fact := self._as_fact(decision, finding)):
            decision, finding = fact, None
        quotes = self._ranked_quotes(decision, finding)
        return turn_to_page(find_outcome(decision, self._outcome(decision, finding, quotes), quotes), decision)

    def _as_fact(self, decision: Decision, finding: Finding | None) -> Decision | None:
        """Decide on a question that could ask for a timeline or a fact as one for a fact; None where that says less."""
        asked = decision.interpretation
        if asked.as_fact is None:
            return None
        interpretation = replace(asked, question=asked.as_fact, mode=Mode.FACT, as_fact=None)
        fact = decide(decision.message, interpretation, decision.edition, self.knowledge, decision.scope)
        is_of_day = finding is not None and finding.statement is Statement.ONE_DAY
        return fact if fact.supporting or not is_of_day else None

    def _ranked_quotes(self, decision: Decision, finding: Finding | None) -> RankedQuotes | None:
        if decision.ranking is None:
            return None
        lexicon, ranking, edition = self.knowledge.lexicon, decision.ranking, decision.edition
        shown = finding.shown if finding else None
        selected = (
            finding.selections if finding else select_quotes(ranking, decision.supporting, lexicon, edition.index)
        )
        is_definition = decision.mode is Mode.DEFINITION
        return RankedQuotes(
            ranking, selected, lexicon, edition, decision.scope, shown=shown, is_definition=is_definition
        )

    def _outcome(
        self, decision: Decision, finding: Finding | None, ranked_quotes: RankedQuotes | None
    ) -> Answer | Refusal:
        """Make the answer from what was found or the supporting passages, or the refusal with its reason."""
        interpretation, ranking, scope, mode = decision.interpretation, decision.ranking, decision.scope, decision.mode
        message, edition, before = decision.message, decision.edition.fingerprint, interpretation.completed_from
        hint = self.knowledge.lexicon.languages.hint(interpretation.language)
        if ranking is None or ranked_quotes is None:
            newest = newest_quotes(decision.edition, scope) if mode is Mode.LATEST and not interpretation.page else ()
            if newest:
                day = newest[0].article.published
                return Answer(message, newest, edition, None, scope, mode, Statement.NEWEST, day=day)
            otherwise = Reason.NO_MORE if interpretation.page else Reason.NO_QUESTION
            reason, reply = interpretation.reason or otherwise, interpretation.courtesy_reply
            asks_for_question = None if reason in ASKING_NOTHING else hint
            refusal = Refusal(message, reason, edition, hint=asks_for_question, mode=mode, courtesy_reply=reply)
            return replace(refusal, completed_from=before, asked=interpretation.asked)
        if finding:
            return Answer(
                message,
                mark_quotes(ranked_quotes.answer_quotes(), finding),
                edition,
                before,
                scope,
                mode,
                finding.statement,
                differences=finding.differences,
                day=finding.day,
                articles=finding.articles,
                shown=ranked_quotes.shown,
                found=finding.found,
            )
        if decision.supporting:
            return Answer(message, ranked_quotes.answer_quotes(), edition, before, scope, shown=ranked_quotes.shown)
        related, missing = nearby_articles(ranking), decision.missing
        not_found = Reason.UNSUPPORTED if related else Reason.OFF_TOPIC
        is_out_of_scope = scope is not None and not decision.edition.catalogue.count(scope)
        reason = interpretation.reason or (Reason.OUT_OF_SCOPE if is_out_of_scope else not_found)
        detail = refusal_detail(ranking, missing, self.knowledge.lexicon) if reason is Reason.UNSUPPORTED else None
        named = tuple(dict.fromkeys(without_prefixes(word, self.knowledge) for word in missing))
        return Refusal(message, reason, edition, named, related, detail, before, hint, scope, mode=mode)
