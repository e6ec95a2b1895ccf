"""What the articles of an edition are about, and questions that they answer, for whoever meets the bot first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice, pairwise
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cachedmethod

from bot.answering.answer import Answer, Quote, Refusal
from bot.answering.answerer import MOST_MEANT, Answerer
from bot.answering.configuration import Knowledge
from bot.answering.missing_words import without_prefixes
from bot.answering.question import AnalysedMessage
from bot.answering.words import TokenisedText
from bot.arabic import ARTICLE, Term, normal_words
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
# Chosen: «شيرين أبو عاقلة» has three words, and a longer run is a sentence.
_LONGEST_TOPIC, _NISBA = 4, ("ي", "ية", "يه")
# Chosen: so many questions are tried for what else may be asked, some 10 ms each in a large archive; how sure a fact
# is, and a name that all news has.
_MOST_TRIED, _SURE, _TOO_COMMON = 6, 0.75, 1000
# Chosen: the same few phrasings of the names that a community asks about, which a busy day has some hundred of.
_REMEMBERED = 1 << 12
# «Palantir's», «l'ONU».
_POSSESSIVE = re.compile(r"^[ld]['’]|['’]s?$", re.IGNORECASE)


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


class _Sure(NamedTuple):
    """The article and paragraph of the first quote of a sure answer, and its score."""

    place: tuple[str, int]
    score: float


class CoverageSummaries:
    """Summarises the edition that serves, once for each language; safe to call from any thread."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._topics: tuple[str, tuple[str, ...]] = ("", ())
        self._known: dict[Sequence[str], tuple[str, tuple[GoldenQuestion, ...], CoverageSummary]] = {}
        self._summarising = Lock()
        self._tried, self._trying = LRUCache[tuple[str, str], "_Sure | None"](_REMEMBERED), Lock()

    def summarise(
        self, edition: Edition, phrasings: Sequence[str], golden: Sequence[GoldenQuestion] = ()
    ) -> CoverageSummary:
        """Return the summary of an edition; its golden questions are the first examples, where it answers them.

        `phrasings` are those of questions on a topic, each with `{topic}` in its place.
        """
        golden = tuple(golden)
        # Those who ask meanwhile wait for the one summary, which takes as long as some answers.
        with self._summarising:
            known = self._known.get(phrasings)
            if known is None or known[:2] != (edition.fingerprint, golden):
                summary = self._summary(edition, phrasings, golden)
                known = self._known[phrasings] = edition.fingerprint, golden, summary
        return known[2]

    def related_questions(
        self,
        message: AnalysedMessage,
        outcome: Answer | Refusal,
        edition: Edition,
        phrasings: Sequence[str],
        of_things: Sequence[str],
    ) -> tuple[str, ...]:
        """Return questions on a name that a message has, which an edition surely answers, each by another passage.

        `phrasings` have `{topic}` in the place of the name, those `of_things` for what no given name stands before. The
        first few are tried.
        """
        if not isinstance(outcome, Answer):
            return ()
        # A follow-up was completed.
        asked = message if outcome.question == message.message else self._answerer.analyse(outcome.question)
        tried = (
            (phrasing, question)
            for name, is_person in self._names(asked.text, outcome.quotes[0])
            for phrasing in (*(() if is_person else of_things), *phrasings)
            if len(question := phrasing.format(topic=name)) <= LONGEST_EXAMPLE
        )
        told, related = {(one.article.id, one.paragraph) for one in outcome.shown_quotes}, list[str]()
        for phrasing, question in islice(tried, _MOST_TRIED):
            sure = self._try(question, edition)
            if sure is None or (phrasing in of_things and sure.score < _SURE) or sure.place in told:
                continue
            told.add(sure.place)
            related.append(question)
            if len(related) == MOST_MEANT:
                break
        return tuple(related)

    # Measured: what is tried for an answer takes as long as the answer, and is mostly what was tried for another.
    @cachedmethod(
        attrgetter("_tried"),
        key=lambda _, question, edition: (edition.fingerprint, question),
        lock=attrgetter("_trying"),
    )
    def _try(self, question: str, edition: Edition) -> "_Sure | None":
        """Return what an edition surely answers a question by."""
        late = self._answerer.late_answer(self._answerer.analyse(question), edition)
        if late is None:
            return None
        quote = late[0].quotes[0]
        return _Sure((quote.article.id, quote.paragraph), quote.score)

    def _names(self, text: TokenisedText, quote: Quote) -> Iterator[tuple[str, bool]]:
        """Yield the names of a question, as written, that the title of its first quote has, and who is a person."""
        knowledge = self._answerer.knowledge
        is_given = knowledge.lexicon.name_words.is_given_name
        title = {term.stem for term in knowledge.analyser.terms(quote.article.title)}
        spans = {(one.start, one.end) for one in knowledge.lexicon.known_names.find(text.normals)}
        spans |= {(at, at + 1) for at, word in enumerate(text.known) if not word.is_news and not word.is_everyday}
        told = pairwise(normal_words(f"{quote.article.title}\n{quote.text}"))
        behind_given = {other for one, other in told if is_given(one)}
        for start, end in sorted(spans):
            words, own = text.known[start:end], [text.written(word) for word in text.words[start:end]]
            written = dict.fromkeys(text.gloss.written.get(one, one) for one in own) if text.gloss else own
            name = _POSSESSIVE.sub("", " ".join(filter(None, written)))
            is_named = name[:1].isupper() if text.gloss else name
            is_usual = all(word.news >= _TOO_COMMON for word in words)
            if is_named and not is_usual and title.issuperset(word.stem for word in words):
                yield without_prefixes(name, knowledge), words[0].normal in behind_given

    def _summary(self, edition: Edition, phrasings: Sequence[str], golden: Sequence[GoldenQuestion]) -> CoverageSummary:
        fingerprint, topics = self._topics
        if fingerprint != edition.fingerprint:
            newest = edition.catalogue.search("", len(edition.catalogue))
            step = -(-len(newest) // _MOST_TITLES) or 1
            topics = find_topics(list(newest[::step].titles()), self._answerer.knowledge)
            self._topics = edition.fingerprint, topics
        return CoverageSummary(
            article_count=len(edition.catalogue),
            first_day=edition.articles.first_day,
            last_day=edition.as_of,
            topics=topics,
            examples=tuple(islice(self._examples(edition, golden, topics, phrasings), MOST_EXAMPLES)),
        )

    def _examples(
        self, edition: Edition, golden: Iterable[GoldenQuestion], topics: Sequence[str], phrasings: Sequence[str]
    ) -> Iterator[str]:
        """Yield questions that the edition answers: two golden ones, then on its topics, then more golden ones."""
        facts = (one.question for one in golden if one.article and self._source(one.question, edition) == one.article)
        yield from islice(facts, MOST_EXAMPLES - 1)
        phrased = zip(cycle(phrasings), topics, strict=False) if phrasings else ()
        on_topics = (phrasing.format(topic=topic) for phrasing, topic in phrased)
        yield from (question for question in on_topics if self._source(question, edition))
        yield from facts

    def _source(self, question: str, edition: Edition) -> str | None:
        """Return the article that a question is answered from first, None where it is refused or too long to show."""
        if len(question) > LONGEST_EXAMPLE:
            return None
        outcome = self._answerer.answer(question, edition)
        return outcome.quotes[0].article.id if isinstance(outcome, Answer) else None


def find_topics(titles: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Return names and definite nouns that stand in most titles, weighted by how rare they are elsewhere.

    The weight of a word is the number of its titles by its self-information, -ln P(a passage of news holds it).
    """
    counts, phrases = _Count(), _Count()
    analysed = [(title, knowledge.analyser.terms(title)) for title in titles]
    stems = Counter(stem for _, terms in analysed for stem in {term.stem for term in terms})
    is_listed = knowledge.background.is_listed

    def has_proclitic(stem: str, bare: str) -> bool:
        """Whether a stem is that of another title's word with something written onto it, and not «كرة»."""
        return stems[bare] > 0 and (is_listed(bare) or not is_listed(stem))

    for title, terms in analysed:
        keys = [
            term.without_proclitic if has_proclitic(term.stem, term.without_proclitic) else term.stem for term in terms
        ]
        # What has something written onto it counts, and is not what is shown.
        shown_as = [
            title[term.start : term.end] if key == term.stem else None for key, term in zip(keys, terms, strict=True)
        ]
        counts.add(zip(keys, shown_as, strict=True))
        phrases.add(_phrases(title, terms, keys))
    information = {key: knowledge.background.news_information(key) for key in counts.number}
    least = 1 if len(titles) <= _FEW_ARTICLES else 2
    names = knowledge.lexicon.names
    named = [
        key
        for key, number in counts.number.items()
        if number >= least and (written := counts.written(key)) and not _has_digit(written)
        # A name, a definite noun, or a word that news at large does not have.
        if key in names or written[0].isupper() or written.startswith(ARTICLE) or not is_listed(key)
    ]
    best = sorted(named, key=lambda key: (-counts.number[key] * information[key], key))
    topics: list[str] = []
    shown: set[str] = set()
    for key in best:
        # With the words that nearly always stand beside it, as it is written: «كرة اليد», though not «على يد».
        alone, together = counts.written(key) or key, max(2.0, _TOGETHER * counts.times(key))
        near = [
            phrase
            for phrase, number in phrases.number.items()
            if number >= together and key in phrase.split() and alone in (phrases.written(phrase) or "").split()
        ]
        whole = max(near, key=lambda phrase: (len(phrase.split()), phrases.number[phrase], phrase), default=key)
        written = phrases.written(whole) or alone
        # «الروسية» names nothing by itself.
        is_adjective = whole == key and written.startswith(ARTICLE) and written.endswith(_NISBA)
        if shown.isdisjoint(whole.split()) and not is_adjective:
            shown.update(whole.split())
            topics.append(written)
    return tuple(topics[:_MOST_TOPICS])


def group_by_topic(titles: Sequence[str], knowledge: Knowledge) -> list[tuple[str | None, list[int]]]:
    """Part titles by their topics, the most characteristic first, given by their numbers; None stands for the others.

    A title belongs to the first topic whose words it has; a topic has two titles at least. Of very many titles the
    first are read.
    """
    titles, count = titles[:_MOST_TITLES], len(titles)
    terms = knowledge.analyser.terms
    stems = [{stem for term in terms(title) for stem in (term.stem, term.without_proclitic)} for title in titles]
    groups: list[tuple[str | None, list[int]]] = []
    left = list(range(len(titles)))
    for topic in find_topics(titles, knowledge):
        words = [{term.stem, term.without_proclitic} for term in terms(topic)]
        own = [number for number in left if not any(map(stems[number].isdisjoint, words))]
        if len(own) > 1:
            groups.append((topic, own))
            left = [number for number in left if number not in own]
    left += range(len(titles), count)
    return [*groups, (None, left)] if left else groups


def _phrases(title: str, terms: Sequence[Term], keys: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the runs of up to so many words of a title, by their keys, with how they are written."""
    for first in range(len(terms)):
        for last in range(first + 1, min(first + _LONGEST_TOPIC, len(terms))):
            before, one = terms[last - 1], terms[last]
            if title[before.end : one.start] != " " or _has_digit(before.normal) or _has_digit(one.normal):
                break
            written = title[terms[first].start : one.end] if keys[first] == terms[first].stem else None
            yield " ".join(keys[first : last + 1]), written


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

    def times(self, key: str) -> int:
        """Return how often a key is written as it is most often."""
        return max(self._forms.get(key, Counter()).values(), default=0)

    def written(self, key: str) -> str | None:
        """Return the way that a key is written most often, of equal ones the first in the alphabet; None of none."""
        forms = self._forms.get(key, Counter())
        return min(forms, key=lambda form: (-forms[form], form), default=None)


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
