"""Questions about something else: an answerable question with its most important word replaced by one the corpus lacks.

They are made from a set's answerable questions and must be refused, however near the rest of the question is. At most
one is made of a question. The word replaced is the one of highest importance on the corpus that the passage with the
answer has too; it gives way to another of its kind, in the same form: a year to a year, a number to a number, a Latin
word to a Latin word, a name or thing to another from the lists in `swap_words.toml`. A question that has no word of a
known kind makes none. No word of the whole indexed corpus may be the new word, inflect it or be spelled nearly like it
(see `CorpusVocabulary`). Names that the bot's lexicon lists are not used: it refuses these by the list alone.

Which word comes is drawn by a digest of the question and the word, so it is the same on every machine, and adding a
word to the lists changes few questions.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from hashlib import blake2b

from bot.answering import Knowledge
from bot.answering.evidence import WEAK_LETTERS
from bot.answering.question import Question, clean
from bot.answering.ranking import rank
from bot.arabic import ARTICLE, Analyser, Term, Word, consonant_skeleton, normalise, words
from bot.edition import Edition
from bot.lab.evaluation.question_sets import GOLD, SWAP, Case, EvaluationSet
from bot.lab.evaluation.swap_words import SwapWords, WordKinds, join_proclitics, other_numbers, split_proclitics
from bot.retrieval import RANKING

# «ألمانيا» and «إيران» have no article, though their normal forms look like it.
_HAMZAS = ("أ", "إ", "آ")
Proposal = tuple[str, str]
"""A replacement of a word: its normal form, and its written form."""

_WITHOUT_WEAK_LETTERS = str.maketrans("", "", WEAK_LETTERS)


class Replacer:
    """Proposes replacements of the same kind and form: numbers for numbers, Latin for Latin, definite for definite."""

    def __init__(self, swap_words: SwapWords, analyser: Analyser, frequent: Collection[str]) -> None:
        self._words = swap_words
        self._kinds = WordKinds(swap_words, analyser, frequent)

    def proposals(self, text: str, term: Term, held: Collection[str]) -> list[Proposal]:
        """Propose replacements for a term of a text; `held` are the words of the passage that answers it."""
        written = text[term.start : term.end]
        if term.normal[:1].isdecimal():
            return list(other_numbers(written, term.normal))
        if term.normal.isascii():
            return [(normalise(name), name) for name in self._words.latin_like(written)]
        found = list(words(text))
        place = next(number for number, word in enumerate(found) if word.start == term.start)
        for proclitics, word in split_proclitics(term.normal, {*held, *self._words.kinds_of}):
            definite = word.startswith(ARTICLE) and not written[len(proclitics) :].startswith(_HAMZAS)
            if others := self._others(found, place, word, definite=definite):
                return [(normalise(other), join_proclitics(proclitics, other)) for other in others]
        return []

    def _others(self, found: Sequence[Word], place: int, word: str, *, definite: bool) -> list[str]:
        around = {other.normal for other in (*found[max(0, place - 1) : place], *found[place + 1 : place + 2])}
        if not around.isdisjoint(self._words.compounds):
            return []
        kinds = self._kinds.kinds_at(found, place, word, definite=definite)
        of_kind = self._words.of_kinds(kinds, word, definite=definite)
        # «اللغة الفرنسية» is a language, «الصحافة الفرنسية» of French origin.
        return of_kind if word in self._words.kinds_of else self._words.origins_like(word) or of_kind


class CorpusVocabulary:
    """The words of an edition's titles, headings and paragraphs, by stems and by near spellings."""

    def __init__(self, edition: Edition, analyser: Analyser) -> None:
        self._analyser = analyser
        words = {
            normal
            for article in edition.articles.values()
            for text in (
                article.title,
                *(each for part in article.paragraphs for each in (part.section or "", part.text)),
            )
            for normal in analyser.words(text)
        }
        self._stems = {stem for term in analyser.terms(" ".join(words)) for stem in (term.stem, term.without_proclitic)}
        self._shorter = {shorter for stem in self._stems if _is_fuzzy(stem) for shorter in _shortened(stem)}
        self._strong = {strong for stem in self._stems if (strong := _strong(stem))}
        self._skeletons = {(normal.isascii(), consonant_skeleton(normal)) for normal in words}

    def lacks(self, normal: str) -> bool:
        """Return whether no word of the corpus is a word in normal form, inflects it, or is spelled nearly like it.

        Spelled nearly alike are stems of four letters and more that one letter more, less, other or swapped tells
        apart, stems with the same four and more strong letters, and the Latin and the Arabic spelling of a name.
        """
        # The stem of «وزير» lacks its first letter, that of «الوزير» does not: the word itself counts as well.
        forms = {self._analyser.stem(normal), normal.removeprefix(ARTICLE)}
        consonants = consonant_skeleton(normal)
        return not (
            forms & self._stems
            or any(map(self._has_near, forms))
            or not self._strong.isdisjoint(map(_strong, forms))
            or (consonants and (not normal.isascii(), consonants) in self._skeletons)
        )

    def _has_near(self, stem: str) -> bool:
        if not _is_fuzzy(stem):
            return False
        shorter = _shortened(stem)
        return stem in self._shorter or not shorter.isdisjoint(self._stems) or not shorter.isdisjoint(self._shorter)


def _is_fuzzy(stem: str) -> bool:
    # A number is itself or another one: 2022 is not nearly 2023.
    return len(stem) >= RANKING.least_fuzzy_letters and not any(character.isdigit() for character in stem)


def _shortened(stem: str) -> set[str]:
    """Return a stem without each of its letters in turn: stems one edit apart have one of these in common."""
    return {stem[:place] + stem[place + 1 :] for place in range(len(stem))}


def _strong(stem: str) -> str:
    """Return a stem's strong letters, or nothing where they are too few to tell names apart."""
    strong = stem.translate(_WITHOUT_WEAK_LETTERS)
    return strong if len(strong) >= RANKING.least_fuzzy_letters and not stem.isascii() else ""


def add_swaps(evaluation_set: EvaluationSet, edition: Edition, knowledge: Knowledge) -> EvaluationSet:
    """Return a set with swapped questions of its answerable ones, made for one edition; unchanged where it has some."""
    if any(case.kind == SWAP for case in evaluation_set.cases):
        return evaluation_set
    swapper = _Swapper(edition, knowledge)
    swapped = [made for case in evaluation_set.cases if case.kind == GOLD and (made := swapper.swap(case))]
    return replace(evaluation_set, cases=(*evaluation_set.cases, *swapped))


class _Swapper:
    """Replaces words of questions for one edition."""

    def __init__(self, edition: Edition, knowledge: Knowledge) -> None:
        self._edition = edition
        self._knowledge = knowledge
        self._vocabulary = CorpusVocabulary(edition, knowledge.analyser)
        self._replacer = Replacer(SwapWords.read(), knowledge.analyser, knowledge.background.per_million.keys())

    def swap(self, case: Case) -> Case | None:
        """Return a swapped question, or None where no word can be replaced."""
        question = self._knowledge.questions.analyse(clean(case.question).text)
        if not question.terms:
            return None
        held = self._held(case)
        stems = {self._knowledge.analyser.stem(normal) for normal in held}
        # A word that stands twice would be left in one place.
        counts = Counter(term.stem for term in self._knowledge.analyser.terms(question.text))
        importance = rank(question, self._edition, self._knowledge).weights.importance
        for term in (question.terms[number] for number in (-importance).argsort(kind="stable")):
            if term.stem in stems and counts[term.stem] == 1 and (chosen := self._chosen(question, term, held)):
                text = question.text[: term.start] + chosen + question.text[term.end :]
                return replace(case, question=text, kind=SWAP, answers=())
        return None

    def _held(self, case: Case) -> frozenset[str]:
        """Return the words of the passage that answers, with its title and section."""
        if case.place is None:
            return frozenset()
        article = self._edition.articles[case.place.article_id]
        paragraph = article.paragraphs[case.place.paragraph]
        texts = (article.title, paragraph.section or "", paragraph.text)
        return frozenset(normal for text in texts for normal in self._knowledge.analyser.words(text))

    def _chosen(self, question: Question, term: Term, held: frozenset[str]) -> str | None:
        """Draw one of the replacements that the corpus lacks, as it is written in the question."""

        def drawn(proposal: Proposal) -> bytes:
            return blake2b(f"{question.text}\n{proposal[1]}".encode(), digest_size=8).digest()

        lexicon = self._knowledge.lexicon
        for normal, written in sorted(self._replacer.proposals(question.text, term, held), key=drawn):
            stem = self._knowledge.analyser.stem(normal)
            if stem not in lexicon.names and stem not in lexicon.synonyms and self._vocabulary.lacks(normal):
                return written
        return None
