"""What the articles of an edition are about, and questions that they answer, for whoever meets the bot first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, pairwise
from threading import Lock

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.configuration import Knowledge
from bot.arabic import ARTICLE
from bot.edition import Edition, GoldenQuestion

MOST_EXAMPLES = 3
# A button shows 80 characters, of which two set its direction; a longer question is no example.
LONGEST_EXAMPLE = 78
# Chosen: a line of topics is read at a glance, and a thousand titles tell those of any archive.
_MOST_TOPICS, _MOST_TITLES = 4, 1000
# Chosen: in more articles than these, what stands in a single title is no topic of the whole.
_FEW_ARTICLES = 4
# Chosen: a word that stands beside the same other one so often is half of a name.
_TOGETHER = 0.6
_QUESTION_MARKS = ("؟", "?")


@dataclass(frozen=True, slots=True)
class CoverageSummary:
    """The topics of an edition as its titles write them, its first and last day, and questions that it answers.

    Topics are the most characteristic first, examples up to three; the days are None where no article has one.
    """

    article_count: int
    first_day: date | None
    last_day: date | None
    topics: tuple[str, ...]
    examples: tuple[str, ...]


class CoverageSummaries:
    """Summarises the edition that serves, once for each; safe to call from any thread."""

    def __init__(self, answerer: Answerer, phrasings: Sequence[str]) -> None:
        """Take the phrasings of questions on a topic, each with `{topic}` in its place."""
        self._answerer, self._phrasings = answerer, phrasings
        self._last: tuple[str, tuple[GoldenQuestion, ...], CoverageSummary] | None = None
        self._summarising = Lock()

    def summarise(self, edition: Edition, golden: Sequence[GoldenQuestion] = ()) -> CoverageSummary:
        """Return the summary of an edition; its golden questions are the first examples, where it answers them."""
        golden = tuple(golden)
        # Those who ask meanwhile wait for the one summary, which takes as long as some answers.
        with self._summarising:
            known = self._last
            if known is None or known[:2] != (edition.fingerprint, golden):
                known = self._last = edition.fingerprint, golden, self._summary(edition, golden)
        return known[2]

    def _summary(self, edition: Edition, golden: Sequence[GoldenQuestion]) -> CoverageSummary:
        newest = edition.catalogue.search("", len(edition.catalogue))
        step = -(-len(newest) // _MOST_TITLES) or 1
        topics = find_topics(list(newest[::step].titles()), self._answerer.knowledge)
        return CoverageSummary(
            article_count=len(edition.catalogue),
            first_day=edition.catalogue.first_day,
            last_day=edition.as_of,
            topics=topics,
            examples=self._examples(edition, golden, topics),
        )

    def _examples(self, edition: Edition, golden: Iterable[GoldenQuestion], topics: Sequence[str]) -> tuple[str, ...]:
        """Choose questions that the edition answers: two of facts, then on its topics, then more of facts."""
        facts = list(self._fact_questions(edition, golden))
        phrased = zip(self._phrasings, cycle(topics), strict=False)
        questions = (phrasing.format(topic=topic) for phrasing, topic in phrased)
        on_topics = [question for question in questions if self._first_source(question, edition)][:MOST_EXAMPLES]
        chosen = facts[: MOST_EXAMPLES - 1]
        chosen += on_topics[: MOST_EXAMPLES - len(chosen)]
        return tuple((chosen + facts[MOST_EXAMPLES - 1 :])[:MOST_EXAMPLES])

    def _fact_questions(self, edition: Edition, golden: Iterable[GoldenQuestion]) -> Iterator[str]:
        """Yield golden questions and titles that ask, each answered by its article, no article twice."""
        asked = [(one.question, one.article) for one in golden if one.article is not None]
        newest = edition.catalogue.search("", _MOST_TITLES)
        headers = (article for article in newest.headers() if article.title.rstrip().endswith(_QUESTION_MARKS))
        asked += [(article.title, article.id) for article in headers]
        done: set[str] = set()
        for question, article_id in asked:
            if len(done) == MOST_EXAMPLES:
                return
            if article_id not in done and self._first_source(question, edition) == article_id:
                done.add(article_id)
                yield question

    def _first_source(self, question: str, edition: Edition) -> str | None:
        """Return the article that a question is answered from first, None where it is refused or too long to show."""
        if len(question) > LONGEST_EXAMPLE:
            return None
        outcome = self._answerer.answer(question, edition)
        return outcome.quotes[0].article.id if isinstance(outcome, Answer) else None


def find_topics(titles: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Return names and definite nouns that stand in most titles, weighted by how rare they are elsewhere.

    The weight of a word is the number of its titles by its self-information, -ln P(a passage of news holds it).
    """
    counts, pairs = _Count(), _Count()
    analysed = [(title, knowledge.analyser.terms(title)) for title in titles]
    stems = Counter(stem for _, terms in analysed for stem in {term.stem for term in terms})
    for title, terms in analysed:
        # The stem of a word, without its proclitic where that is a word of other titles.
        keys = [term.without_proclitic if stems[term.without_proclitic] else term.stem for term in terms]
        # What has something written onto it counts, and is not what is shown.
        shown_as = [
            title[term.start : term.end] if key == term.stem else None for key, term in zip(keys, terms, strict=True)
        ]
        counts.add(zip(keys, shown_as, strict=True))
        pairs.add(
            (f"{first} {second}", title[one.start : other.end] if first == one.stem else None)
            for (one, other), (first, second) in zip(pairwise(terms), pairwise(keys), strict=True)
            if title[one.end : other.start] == " " and not (_has_digit(one.normal) or _has_digit(other.normal))
        )
    information = {key: knowledge.background.news_information(key) for key in counts.number}
    is_listed = knowledge.background.is_listed
    least = 1 if len(titles) <= _FEW_ARTICLES else 2
    named = [
        key
        for key, number in counts.number.items()
        if number >= least and (written := counts.written(key)) and not _has_digit(written)
        # A name, a definite noun, or a word that news at large does not have.
        if key in knowledge.lexicon.names or written[0].isupper() or written.startswith(ARTICLE) or not is_listed(key)
    ]
    best = sorted(named, key=lambda key: (-counts.number[key] * information[key], key))
    topics: list[str] = []
    shown: set[str] = set()
    for key in best:
        # With the word that nearly always stands beside it.
        together = max(2.0, _TOGETHER * counts.number[key])
        near = [pair for pair, number in pairs.number.items() if number >= together and key in pair.split()]
        whole = max(near, key=lambda pair: (pairs.number[pair], pair), default=key)
        if shown.isdisjoint(whole.split()):
            shown.update(whole.split())
            topics.append(pairs.written(whole) or counts.written(key) or key)
    return tuple(topics[:_MOST_TOPICS])


class _Count:
    """Counts keys, once a title, and the ways in which they are written alone."""

    def __init__(self) -> None:
        self.number = Counter[str]()
        self._forms: dict[str, Counter[str]] = {}

    def add(self, found: Iterable[tuple[str, str | None]]) -> None:
        for key, written in dict(found).items():
            self.number[key] += 1
            if written is not None:
                self._forms.setdefault(key, Counter())[written] += 1

    def written(self, key: str) -> str | None:
        """Return the way that a key is written most often, of equal ones the first in the alphabet; None of none."""
        forms = self._forms.get(key, Counter())
        return min(forms, key=lambda form: (-forms[form], form), default=None)


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
