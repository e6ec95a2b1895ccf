"""The answering pipeline: from a message and an edition to an answer with quotes or a refusal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import islice

from bot.answering.answer import Answer, Meant, Quote, Refusal
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Verdict, decide, decide_at, joins_subjects
from bot.answering.evidence import Risk
from bot.answering.evidence.asked_names import full_names
from bot.answering.evidence.word_match import SYNONYM
from bot.answering.explanation import Explanation, explain
from bot.answering.found_answer import Found, join_answers
from bot.answering.knowledge import Phrase
from bot.answering.missing_words import meant_words
from bot.answering.modes import choose_mode, find_news
from bot.answering.outcome import find_answer, refusal_of, turn_to_page, with_nearest
from bot.answering.question import (
    MORE,
    AnalysedMessage,
    Dependence,
    Interpretation,
    analyse_message,
    find_subjects,
    interpret,
    split_questions,
)
from bot.answering.reasons import OF_NEWEST, WITHOUT_SIGN, AnswerType, AskedKind, Mode, Reason, Statement
from bot.arabic import normal_words, words
from bot.articles import paragraph_digest
from bot.edition import Edition
from bot.retrieval import Passage, Scope

# Chosen: as many names as a person chooses from at a glance.
MOST_MEANT = 2
# Measured on seven sets: of 17 questions whose fact the articles lack .9 would be answered late, 1.0 without it, and of
# 165 right late answers 3 are lost.
_SURE_WITHOUT_SIGN = 0.75
_FIGURES = frozenset({AnswerType.TIME, AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.SHARE})


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
        return self._told(self._find(self.analyse(message), edition, previous, scope), previous)

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
        return self._told(found, previous), found.has_more

    def late_answer(
        self,
        message: AnalysedMessage,
        edition: Edition,
        previous: str | None = None,
        scope: Scope | None = None,
        *,
        was_shown: Callable[[Quote], bool] = lambda _: False,
    ) -> tuple[Answer, bool] | None:
        """Answer a question that was refused before, where that is sure, and tell whether there are further quotes.

        Nobody asks now who would doubt it, so that more is demanded than of an answer: one question is asked, the first
        quote's passage with its title has all words of it, half of them as they are asked, and a fact is as probable as
        at low risk. Quotes that `was_shown` tells of turned out to be no answer, and the next one is the first then.
        """
        found = self._find(message, edition, previous, scope)
        answer = found.outcome
        if isinstance(answer, Refusal) or len(found.rankings) != 1 or not found.quoted:
            return None
        model, question = self.knowledge.model, found.decision.interpretation.question
        least = 0.0
        if answer.mode is Mode.FACT:
            kind = question.asked_for.kind if question else None
            least = max(
                model.thresholds[Risk.LOW], model.threshold, _SURE_WITHOUT_SIGN if kind in WITHOUT_SIGN else 0.0
            )
            # Whoever is named beside the very office holds it.
            if kind is AskedKind.PERSON and answer.statement in OF_NEWEST:
                least = 0.0
        left = [place for place, quote in enumerate(answer.quotes) if not was_shown(quote)]
        if not left or left[0] >= len(found.quoted):
            return None
        read = found.quoted[left[0]].candidate
        is_as_asked = 2 * int((read.matches > SYNONYM).sum()) >= len(read.matches)
        if not (read.has_all_words and is_as_asked) or answer.quotes[left[0]].score < least:
            return None
        if left[0]:
            answer = replace(answer, direct=None, statement=None, differences=())
        if len(left) < len(answer.quotes):
            shown = max(1, sum(place < answer.shown for place in left))
            first, *others = (answer.quotes[place] for place in left)
            answer = replace(answer, quotes=(first, *others), shown=shown)
        return answer, found.has_more

    def followed_words(self, message: AnalysedMessage, edition: Edition, previous: str | None = None) -> str | None:
        """Return the words of a subject or one question that somebody follows, the same for each way to put a subject.

        None where nothing can be looked for.
        """
        found = self._followed(message, edition, previous)
        if found is None or found.question is None:
            return None
        if _is_question(found):
            return " ".join(normal_words(found.question.text))
        return " ".join(term.normal for term in found.question.terms)

    def news_on(
        self,
        subject: str,
        edition: Edition,
        news: Mapping[str, Set[str] | None],
        previous: str | None = None,
    ) -> tuple[Quote, ...]:
        """Quote what is new on what somebody follows, from each article once; nothing where that is not sure.

        `news` are the articles that came, by id, and of those that changed the digests of their new paragraphs. A
        question is answered as late ones are, of a subject every word is demanded in articles about it.
        """
        message = self.analyse(subject)
        found = self._followed(message, edition, previous)
        if found is None or found.question is None:
            return ()
        scope = Scope(articles=frozenset(news))

        def is_new(passage: Passage | Quote) -> bool:
            paragraphs = news.get(passage.article.id, frozenset())
            text = passage.article.paragraphs[passage.paragraph].text
            return paragraphs is None or paragraph_digest(text) in paragraphs

        if _is_question(found):
            late = self.late_answer(message, edition, previous, scope)
            quotes = late[0].shown_quotes if late else ()
            return tuple(filter(is_new, quotes)) if quotes and is_new(quotes[0]) else ()
        return find_news(found.question, edition, scope, self.knowledge, lambda one: is_new(one.passage))

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
                outcomes[reached] = find_answer(reached_decision, self.knowledge).outcome
            yield outcomes[reached]

    def analyse(self, message: str) -> AnalysedMessage:
        """Analyse a message once, for `answer_with_more` and for the question whether it may be a follow-up."""
        return analyse_message(message, self.knowledge.questions)

    def _followed(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None
    ) -> Interpretation | None:
        """Interpret what somebody follows, a subject or one question; None where nothing can be looked for."""
        if message.question and len(split_questions(message.text, self.knowledge.questions)) > 1:
            return None
        found = choose_mode(
            interpret(message, previous, edition.index, self.knowledge.questions), self.knowledge.questions
        )
        question = found.question
        if question is None or not question.terms or found.reason not in {None, Reason.ONE_WORD}:
            return None
        # Any sum in dollars would be «كم سعر الدولار».
        is_figure = found.mode is Mode.FACT and question.answer_type in _FIGURES
        return None if is_figure and len(question.terms) == 1 else found

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
        found = turn_to_page(joined, decision) if joined else find_answer(decision, self.knowledge)
        asks_more = message.continuation is None and message.may_depend_on_previous
        is_looked_up = found.is_open or (asks_more and not decision.interpretation.page and found.outcome.shown_quotes)
        if previous is None or scope is not None or not is_looked_up:
            return found
        return self._find_beside(message, found, previous)

    def _find_beside(self, message: AnalysedMessage, found: Found, previous: str) -> Found:
        """Look where the question before was answered for what is refused or in doubt: its article tells more of it."""
        edition, (*before, last) = found.decision.edition, (line for line in previous.split("\n") if line != MORE)
        told = self._find(self.analyse(last), edition, "\n".join(before) or None).outcome
        if not told.shown_quotes:
            return found
        read = told.shown_quotes[0]
        article = read.article
        outcome, within = found.outcome, Scope(articles=frozenset({article.id}))
        if isinstance(outcome, Answer) and outcome.quotes[0].article == article:
            # What was shown below a refusal answered nothing yet.
            return self._beyond(found, read) if isinstance(told, Answer) else found
        # The scope is ours, and not its asker's.
        decision = replace(self._decide(message, edition, previous, within), scope=None)
        goes_on = message.may_depend_on_previous
        is_told = goes_on and isinstance(told, Answer) and told.statement is not Statement.DOUBTFUL
        if decision.supporting and is_told and (found.is_open or joins_subjects(decision, self.knowledge)):
            return self._beyond(find_answer(decision, self.knowledge), read)
        if not found.is_open:
            return found
        # What was asked before, the article has somewhere: there the follow-up's own words are enough, all of them.
        own = self._decide(message, edition, None, within)
        asked = replace(own.interpretation, completed_from=decision.interpretation.completed_from)
        own = replace(own, interpretation=asked, scope=None)
        if is_told and asked.completed_from and own.supporting and _has_all_words(own):
            return self._beyond(find_answer(own, self.knowledge), read)
        if isinstance(outcome, Answer) and goes_on:
            # What is in doubt, and of another article, is of another story.
            found = self._refused(found)
            outcome = found.outcome
        if isinstance(outcome, Refusal):
            nearest = with_nearest(outcome, decision, self.knowledge.model)
            is_apart = nearest is outcome and message.dependence is Dependence.JOINED
            outcome = with_nearest(outcome, own, self.knowledge.model) if is_apart else nearest
        return Found.of(found.decision, outcome, found.rankings, found.quoted)

    def _beyond(self, found: Found, told: Quote) -> Found:
        """Return what is found beside a quote that was just shown: that again, and in doubt, answers nothing."""
        found = found.beyond(told)
        if not found.is_open or told.text not in (quote.text for quote in found.outcome.shown_quotes[:1]):
            return found
        return self._refused(found)

    def _refused(self, found: Found) -> Found:
        """Refuse what was found, and quote nothing of it."""
        decision = replace(found.decision, verdict=Verdict.NOT_FOUND, supporting=())
        return Found.of(decision, refusal_of(decision, self.knowledge), found.rankings, found.quoted)

    def _told(self, found: Found, previous: str | None) -> Answer | Refusal:
        """Return an outcome as whoever asks is told it: with what else may be meant, which nobody else needs."""
        outcome, decision = found.outcome, found.decision
        if decision.ranking is None or (isinstance(outcome, Refusal) and not outcome.is_of_question):
            return outcome
        named = full_names(decision.ranking.question, decision.edition.index, self.knowledge.lexicon)
        meant = tuple(islice(self._meant(found, named, previous), MOST_MEANT))
        if isinstance(outcome, Refusal) and not meant:
            misspelt = (
                (written, (normal,))
                for written in decision.missing
                for normal in meant_words(written, decision.edition, self.knowledge)
            )
            meant = tuple(islice(self._meant(found, misspelt, previous), 1))
        return replace(outcome, meant=meant)

    def _meant(self, found: Found, named: Iterable[tuple[str, Phrase]], previous: str | None) -> Iterator[Meant]:
        """Yield the message with other words in the place of its own, where a quote that has them answers.

        Whom the answer names already is not meant besides.
        """
        decision = found.decision
        for written, normals in named:
            if isinstance(found.outcome, Answer) and _as_written(normals, found.outcome.quotes[0]):
                continue
            message = decision.message.replace(written, " ".join(normals))
            asked = self._decide(self.analyse(message), decision.edition, previous, decision.scope)
            outcome = find_answer(asked, self.knowledge).outcome
            if isinstance(outcome, Answer) and (name := _as_written(normals, outcome.quotes[0])):
                yield Meant(decision.message.replace(written, name), name)

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
        each = [find_answer(self._decide(self.analyse(first), edition, previous, scope), self.knowledge)]
        each += [self._find_after(question, before, edition, scope) for question in others]
        # «ما وين» turns a page, and once.
        if any(found.decision.interpretation.page for found in each):
            return None
        return join_answers(message.message, (first, *others), each)

    def _find_after(self, question: str, before: str, edition: Edition, scope: Scope | None) -> Found:
        """Answer a further question of a message as it stands where it names a subject, else about the one before."""
        analysed = self.analyse(question)
        is_whole = analysed.dependence in {Dependence.NONE, Dependence.JOINED}
        alone = self._decide(analysed, edition, None, scope) if is_whole else None
        if alone and alone.ranking and alone.ranking.weights.names_subject:
            found = find_answer(alone, self.knowledge)
            if isinstance(found.outcome, Answer):
                return found
        completed = self._decide(replace(analysed, dependence=Dependence.IN_REPLY), edition, before, scope)
        if completed.missing:
            # With the words of the question before it, it has enough that matches without those of its own.
            completed = alone or self._decide(analysed, edition, None, scope)
        return find_answer(completed, self.knowledge)

    def _decide(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Decision:
        interpretation = interpret(message, previous, edition.index, self.knowledge.questions)
        chosen = choose_mode(interpretation, self.knowledge.questions)
        own = choose_mode(interpretation.alone, self.knowledge.questions) if interpretation.alone else None
        decision = decide(message.message, chosen, edition, self.knowledge, scope)
        # «ومن هو زيد؟» asks about him alone.
        is_whole = own and own.mode is not Mode.FACT and own.question and own.question.answer_type
        if own is None or (not is_whole and joins_subjects(decision, self.knowledge)):
            return decision
        alone = decide(message.message, own, edition, self.knowledge, scope)
        if own.mode is not Mode.FACT or alone.supporting:
            return alone
        # «ومتى رجع؟» says nothing by itself.
        is_empty = own.question is not None and not find_subjects(own.question, self.knowledge.questions.table)
        if is_empty or _has_all_words(alone):
            return decision if is_empty else alone
        return replace(decision, verdict=Verdict.WEAK, supporting=())


def _has_all_words(decision: Decision) -> bool:
    """Whether the best passage of a decision has all words of its question."""
    best = next(iter(decision.supporting or (decision.ranking.items if decision.ranking else ())), None)
    return best is not None and best.candidate.has_all_words


def _is_question(followed: Interpretation) -> bool:
    """Whether somebody follows a question; one about a single word is followed as a subject."""
    question = followed.question
    if question is None or followed.mode is not Mode.FACT:
        return False
    return question.answer_type not in {None, AnswerType.CHOICE} and len(question.terms) > 1


def _as_written(normals: Phrase, quote: Quote) -> str | None:
    """Return words as a quote or its title writes them, also behind a prefix; None where they lack them."""
    for text in (quote.text, quote.article.title):
        found = [*words(text)]
        for at in range(len(found) - len(normals) + 1):
            first, last = found[at], found[at + len(normals) - 1]
            behind = tuple(word.normal for word in found[at + 1 : at + len(normals)])
            if first.normal.endswith(normals[0]) and behind == normals[1:]:
                return text[first.end - len(normals[0]) : last.end]
    return None
