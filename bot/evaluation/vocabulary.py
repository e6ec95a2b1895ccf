"""The words of a corpus, to tell whether it lacks a word in every form."""

from collections.abc import Iterator

from bot.answering.evidence import LEAST_FUZZY, WEAK_LETTERS
from bot.arabic import Analyser, skeleton
from bot.edition import Edition

_WITHOUT_WEAK_LETTERS = str.maketrans("", "", WEAK_LETTERS)


class Vocabulary:
    """Every word of an edition's titles, headings and paragraphs, by its stems and by what spells nearly the same."""

    def __init__(self, edition: Edition, analyser: Analyser) -> None:
        self._analyser = analyser
        words = {normal for text in _texts(edition) for normal in analyser.words(text)}
        self._stems = {stem for term in analyser.terms(" ".join(words)) for stem in (term.stem, term.bare)}
        self._shorter = {shorter for stem in self._stems if _is_fuzzy(stem) for shorter in _shortened(stem)}
        self._strong = {strong for stem in self._stems if (strong := _strong(stem))}
        self._skeletons = {(normal.isascii(), skeleton(normal)) for normal in words}

    def lacks(self, normal: str) -> bool:
        """Tell whether no word of the corpus is a word in normal form, inflects it, or is spelled nearly like it.

        Spelled nearly alike are stems of four letters and more that one letter more, less, other or swapped tells
        apart, stems with the same four and more strong letters, and the Latin and the Arabic spelling of a name.
        """
        # The stem of «وزير» lacks its first letter, that of «الوزير» does not: the word itself counts as well.
        forms = {self._analyser.stem(normal), normal.removeprefix("ال")}
        consonants = skeleton(normal)
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


def _texts(edition: Edition) -> Iterator[str]:
    for article in edition.articles.values():
        yield article.title
        for paragraph in article.paragraphs:
            yield paragraph.section or ""
            yield paragraph.text


def _is_fuzzy(stem: str) -> bool:
    # A number is itself or another one: 2022 is not nearly 2023.
    return len(stem) >= LEAST_FUZZY and not any(character.isdigit() for character in stem)


def _shortened(stem: str) -> set[str]:
    """Return a stem without each of its letters in turn: stems one edit apart have one of these in common."""
    return {stem[:place] + stem[place + 1 :] for place in range(len(stem))}


def _strong(stem: str) -> str:
    """Return a stem's strong letters, or nothing where they are too few to tell names apart."""
    strong = stem.translate(_WITHOUT_WEAK_LETTERS)
    return strong if len(strong) >= LEAST_FUZZY and not stem.isascii() else ""
