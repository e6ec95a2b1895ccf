"""The articles that are about a subject, told from those that only mention it, and the search for all that are.

Of what came for those who follow a subject, the sentences that name it in articles that are about it: nobody asks then
who would doubt them, so that every word is demanded, and what is one name whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from bot.answering.answer import MOST_QUOTES, Quote
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision
from bot.answering.evidence import Candidate, Matcher, Matches, SubjectNames, match_passages
from bot.answering.evidence.word_match import SYNONYM, meant
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.quotes import Selection, other_sources
from bot.answering.ranking import Ranking, other_spellings, read_candidates
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import RANKING, Scope

EXACT = 0.9
"""A weaker match, by a slip or a synonym, is no proof that a subject is there."""
# Measured, in nats, on overviews and claims of chat: the words that the best passage has of a subject that the archive
# covers weigh 11.5 and more, of one that it lacks up to 11.1.
_ENOUGH_INFORMATION, _LEAST_SHARE = 11.3, 0.17
# Measured the same way on claims in dialects, whose words the standard ones of a passage mean: 10.7 and a third of the
# weight parts those on something that the archive has from four in five of those that it has nothing on.
_ENOUGH_MEANT, _LEAST_MEANT = 10.6, 0.35
# Chosen: nearly all of the subject's words, or more than half with the rarest in the title, leave no doubt either.
_NEARLY_ALL, _MOST_OF = 0.85, 0.55
# Chosen: of the most that any article has of a subject, one about it has so much; and of the most that any of their
# titles or leads has, so much in its own.
ABOUT = 0.75
# Chosen: of a subject of two words or three, such as a name, an article that has them side by side has so much more.
_TOGETHER, _NAME_WORDS = 0.35, range(2, 4)
# Chosen: a shorter first paragraph is a byline or a date.
_LEAST_LEAD_WORDS = 8
# Chosen: of articles with as much of a subject that whose title begins with it goes first.
_TITLED = 0.2
_LEAD_WORDS, _FURTHER_WORDS, _MOST_WORDS = 80, 35, 150


@dataclass(frozen=True, slots=True)
class SubjectArticle:
    """An article with its best ranked passage and its lead, and how much of a subject it has where, from 0 to 1.

    `aboutness` is the share of the subject in its title or in its lead with the title, whichever is more; `share` that
    in all its ranked passages, and more where a name's words stand side by side.
    """

    article: Article
    best: Candidate
    lead: Candidate
    aboutness: float
    share: float
    begins_title: bool


class SubjectArticles:
    """The articles of a ranking for the words of a subject."""

    def __init__(
        self, ranking: Ranking, edition: Edition, lexicon: Lexicon, *, name_words: range = _NAME_WORDS
    ) -> None:
        """Take a ranking, and of how many words a subject is whose words should stand side by side."""
        self._ranking, self._weights, self._edition = ranking, ranking.weights, edition
        self._matcher, self._name_words = Matcher(lexicon), name_words

    def is_covered(self, counted: Matches | None = None) -> bool:
        """Tell by how much of a subject the first passage and its title have word for word whether the coverage has it.

        `counted` (terms,) are 0 for the terms that do not count, such as the figures of a claim.
        """
        if not self._ranking.candidates:
            return False
        first = self._ranking.candidates[0]
        # A claim's word of another language stands for an Arabic one in whatever form: «founded» for «تأسست».
        is_claim_glossed = counted is not None and self._ranking.question.gloss is not None
        counted = np.ones(len(self._weights.importance)) if counted is None else counted
        importance = self._weights.importance * counted
        if not importance.sum():
            return False
        least = SYNONYM if is_claim_glossed else EXACT
        found = meant(first.window_matches(first.window(self._weights.importance)), least) * counted
        share = float(found @ importance / importance.sum())
        rarest = int(importance.argmax())
        in_title = bool(title_matches(first)[rarest] >= EXACT)
        if int(counted.sum()) == 1:
            return in_title
        if float(found @ self._weights.information) >= _ENOUGH_INFORMATION and share >= _LEAST_SHARE:
            return True
        return share >= _NEARLY_ALL or (share >= _MOST_OF and in_title)

    def is_near(self, counted: Matches) -> bool:
        """Tell by how much of a subject the first passage means whether the coverage may have it.

        Less certain than `is_covered`, for answers that say no more than what the coverage has on it.
        """
        if not self._ranking.candidates:
            return False
        found = meant(self._ranking.candidates[0].matches) * counted
        importance = self._weights.importance * counted
        is_enough = float(found @ self._weights.information) >= _ENOUGH_MEANT
        return is_enough and float(found @ importance) >= _LEAST_MEANT * float(importance.sum())

    @cached_property
    def about(self) -> tuple[SubjectArticle, ...]:
        """The articles that are about the subject, those with the most of it first."""
        share = max((one.share for one in self._articles), default=0.0)
        found = [one for one in self._articles if one.share >= ABOUT * share]
        most = max((one.aboutness for one in found), default=0.0)
        about = [one for one in found if one.aboutness >= ABOUT * most]
        return tuple(sorted(about, key=lambda one: -(one.aboutness + one.share + _TITLED * one.begins_title)))

    @cached_property
    def _articles(self) -> list[SubjectArticle]:
        best: dict[int, list[Candidate]] = {}
        for candidate in self._ranking.candidates:
            best.setdefault(candidate.source.article_number, []).append(candidate)
        # The lead of an article is in the ranking, or not.
        numbers = [own[0].source.number - _passages_from_lead(own[0]) for own in best.values()]
        leads = read_candidates(numbers, self._ranking, self._edition.index, self._matcher)
        return [
            SubjectArticle(
                own[0].passage.article,
                own[0],
                lead,
                max(self._share(title_matches(lead)), self._share(lead.matches)),
                max(self._share(candidate.matches) + _TOGETHER * self._has_together(candidate) for candidate in own),
                bool((title_matches(lead, 1) >= EXACT).any()),
            )
            for own, lead in zip(best.values(), map(leads.__getitem__, numbers), strict=True)
        ]

    def _has_together(self, candidate: Candidate) -> bool:
        """Whether a passage has the few words of a subject in their order, one beside the other."""
        if len(self._weights.importance) not in self._name_words:
            return False
        exact = candidate.word_matches >= EXACT
        places = max(len(exact) - exact.shape[1] + 1, 0)
        return bool(np.all([exact[column : column + places, column] for column in range(exact.shape[1])], axis=0).any())

    def _share(self, matches: Matches) -> float:
        return float(self._weights.share(meant(matches, EXACT)[np.newaxis])[0])


def select_leads(candidates: Sequence[Candidate]) -> tuple[Selection, ...]:
    """Select the first sentences of up to three passages, more of the first one; none repeats another."""
    selected: list[Selection] = []
    for candidate in candidates:
        left = _MOST_WORDS - sum(selection.word_count for selection in selected)
        found = _first_sentences(candidate, min(left, _FURTHER_WORDS if selected else _LEAD_WORDS))
        source = candidate.source
        is_repeated = any(source.is_near_duplicate_of(one.candidate.source) or found.repeats(one) for one in selected)
        if found.word_count <= left and not is_repeated:
            selected.append(found)
        if len(selected) == MOST_QUOTES:
            break
    return tuple(selected)


def _first_sentences(candidate: Candidate, budget: int) -> Selection:
    """Select the first sentence of a passage, and those behind it within a budget."""
    selection = Selection(candidate, range(1))
    for number in range(1, len(candidate.sentences)):
        wider = selection.with_sentence(number)
        if wider.word_count > budget:
            break
        selection = wider
    return selection


def _passages_from_lead(candidate: Candidate) -> int:
    """Return how many passages of its article a candidate stands behind the lead; negative where it is before it."""
    article = candidate.passage.article
    written = [number for number, paragraph in enumerate(article.paragraphs) if paragraph.text.strip()]
    return written.index(candidate.passage.paragraph) - written.index(lead_number(article) or 0)


def lead_number(article: Article) -> int | None:
    """Return the number of the first paragraph that is no byline, else of the first with text; None where none has."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    long = (number for number, text in enumerate(texts) if len(text.split()) >= _LEAST_LEAD_WORDS)
    return next(long, next((number for number, text in enumerate(texts) if text.strip()), None))


def title_matches(candidate: Candidate, most: int | None = None) -> Matches:
    """Return the matches, (terms,), of a candidate's title, or of its first words."""
    own = candidate.heading_word_matches[: len(candidate.source.title_words)][:most]
    return np.asarray(own.max(axis=0, initial=0.0))


# Chosen: a search finds a hundred passages; the days of a subject that has more are parted, so many times at most.
_MOST_PARTINGS = 4
# Chosen: where any of so many passages at the end of a search still has the subject, there are more.
_TAIL = 10


class SubjectSearch:
    """Searches passages that have a subject, in ever shorter parts of its days where one search does not find all."""

    def __init__(self, decision: Decision, ranking: Ranking, knowledge: Knowledge) -> None:
        self._edition, self._scope = decision.edition, decision.scope or Scope()
        self._question, self._weights = ranking.question, ranking.weights
        self._matcher = Matcher(knowledge.lexicon)
        self._spellings = other_spellings(self._question, knowledge.analyser, knowledge.lexicon)
        self.most = 0.0

    def find(self) -> tuple[Candidate, ...]:
        """Return all that are found, each once, those of the first search first."""
        first, last = self._edition.articles.first_day, self._edition.as_of
        found, is_full = self._search(self._scope)
        pool = {candidate.source.number: candidate for candidate in found}
        full = []
        if is_full and first and last:
            full.append((max(first, self._scope.since or first), min(last, self._scope.until or last), found))
        for _ in range(_MOST_PARTINGS):
            if not full:
                break
            since, until, known = full.pop(0)
            middle = _middle(known, since, until)
            for start, end in ((since, middle), (middle + timedelta(1), until)):
                found, is_full = self._search(replace(self._scope, since=start, until=end))
                pool |= {candidate.source.number: candidate for candidate in found}
                if is_full and start < end:
                    full.append((start, end, found))
        return tuple(pool.values())

    def _search(self, scope: Scope) -> tuple[list[Candidate], bool]:
        """Return the passages of a scope that have the subject, and tell whether there may be more of them."""
        engine = self._edition.index
        shortlist = engine.shortlist(self._question.terms, self._spellings, scope)
        read = shortlist.read(shortlist.top_k(len(shortlist.passages)))
        candidates = match_passages(read, self._question, engine.vocabulary, self._matcher)
        if not candidates:
            return [], False
        shares = self._weights.share(meant(np.array([one.matches for one in candidates]), EXACT)).tolist()
        self.most = max([self.most, *shares])
        has_subject = [share >= ABOUT * self.most for share in shares]
        found = [one for one, has in zip(candidates, has_subject, strict=True) if has]
        return found, len(candidates) >= RANKING.shortlist_size and any(has_subject[-_TAIL:])


def _middle(candidates: Sequence[Candidate], since: date, until: date) -> date:
    """Return a day that parts the days from one to another into halves with as many of the candidates' articles."""
    published = filter(None, (one.passage.article.published for one in candidates))
    days = sorted(day for day in published if since <= day <= until)
    middle = days[len(days) // 2] if days else since
    return min(max(middle, since), until - timedelta(1))


def find_news(
    question: Question, edition: Edition, scope: Scope, knowledge: Knowledge, is_new: Callable[[Candidate], bool]
) -> tuple[Quote, ...]:
    """Quote the best sentence on a subject of each article in scope that is about it, the newest first.

    A sentence names a subject together with its title. An article is about it that has its rarest word in the title or
    at the beginning of the lead. Measured on thirty days of an archive: of what mentions it at all six in ten are news
    on it, of that nine. Only passages are quoted that `is_new` takes, and of the same text in several articles one.
    """
    engine = edition.index
    frequencies = [engine.document_frequency(term.stem) for term in question.terms]
    subject = SubjectNames(question, knowledge.lexicon, knowledge.background, frequencies.index(min(frequencies)))
    spellings = other_spellings(question, knowledge.analyser, knowledge.lexicon)
    shortlist = engine.shortlist(question.terms, spellings, scope)
    read = shortlist.read(shortlist.top_k(len(shortlist.passages)))
    best: dict[int, tuple[tuple[int, int, int], Selection]] = {}
    about = set[int]()
    for candidate in match_passages(read, question, engine.vocabulary, Matcher(knowledge.lexicon)):
        article, is_lead = candidate.source.article_number, _passages_from_lead(candidate) <= 0
        naming = list(subject.sentences(candidate))
        if naming and article not in about and subject.is_about(candidate, is_lead=is_lead):
            about.add(article)
        for number, named in naming:
            # The most of the subject, then the first in the article.
            order = named, -candidate.source.number, -number
            if is_new(candidate) and (article not in best or order > best[article][0]):
                best[article] = order, Selection(candidate, range(number, number + 1))
    found = (one for article, (_, one) in best.items() if article in about)
    newest = sorted(found, key=lambda one: one.candidate.passage.article.published or date.min, reverse=True)
    told: list[Selection] = []
    for selection in newest:
        # What a match brought is told in nearly the words that announced it.
        source, words = selection.candidate.source, selection.normal_words
        if not any(source.is_near_duplicate_of(one.candidate.source) or words == one.normal_words for one in told):
            told.append(selection)
    return tuple(
        Quote(
            one.text,
            one.candidate.passage.article,
            one.candidate.passage.paragraph,
            one.start,
            one.end,
            0.0,
            other_sources=other_sources(one, engine, scope),
        )
        for one in told
    )
