"""Words of dialects and of other languages in a question, with the standard words with which news would say the same.

A bilingual writes «شحال prix du carburant في تونس».
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.answering.knowledge import DialectWord, Glossary, GlossedRun, Lexicon
from bot.answering.reasons import AnswerType
from bot.answering.words import KnownWord, TokenisedText, word_fact
from bot.arabic import Analyser, Term, Word, normalise


class StandardWords(NamedTuple):
    """A word of a question, with the words and phrases in normal form that mean the same in standard Arabic.

    It is auxiliary where those name no subject.
    """

    word: Word
    single: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    is_auxiliary: bool


def find_standard_words(text: TokenisedText) -> list[StandardWords]:
    """Find the words of dialects in a text.

    One that standard Arabic has as well, or that is a word of a dialect only without affixes, counts beside another
    that no other text would have.
    """
    dialects = text.table.lexicon.dialects
    found = [
        (word, known, dialect)
        for word, known in zip(text.words, text.known, strict=True)
        # «Société» in an Arabic sentence is a firm, «société» a company.
        if (dialect := _dialect_word(known)) and not text.text[word.start].isupper()
    ]
    if not found:
        return []
    unheard = {known.normal for _, known, _ in found if not known.is_news and known.normal not in dialects.ambiguous}
    sure = {known.normal for _, known, dialect in found if dialect.is_whole and known.normal in unheard}
    inflected = {known.normal for _, known, dialect in found if not dialect.is_whole and known.normal in unheard}
    shows = any(not normal.isascii() for normal in sure) or len(inflected) > 1 or text.is_dialect

    def is_meant(known: KnownWord, dialect: DialectWord) -> bool:
        if known.normal in unheard:
            return dialect.is_whole or (shows and not known.normal.isascii())
        return shows and not known.normal.isascii() and (dialect.is_whole or not known.is_common)

    meant = ((word, dialect.standard) for word, known, dialect in found if is_meant(known, dialect))
    return [_standard_words(word, standard, dialects.auxiliaries) for word, standard in meant]


@word_fact
def _dialect_word(word: KnownWord) -> DialectWord | None:
    """Return what the lexicon of dialects has for a word that is no name, no grammar and no time."""
    normal, lexicon, dialects = word.normal, word.lexicon, word.lexicon.dialects
    grammar = (lexicon.stop_words, lexicon.question_words, lexicon.question_fillers, dialects.fillers)
    if word.is_name or any(normal in words for words in (*grammar, lexicon.values[AnswerType.TIME])):
        return None
    found = dialects.look_up(normal)
    return found if found.standard else None


def find_foreign_words(text: TokenisedText, borrowed: Mapping[str, tuple[str, ...]]) -> list[StandardWords]:
    """Find the words of another language that are `borrowed`, or the Arabic ones for such a word that has more."""
    if not (others := text.gloss.others if text.gloss else borrowed):
        return []
    auxiliaries = text.table.lexicon.dialects.auxiliaries
    return [_standard_words(word, own, auxiliaries) for word in text.words if (own := others.get(word.normal))]


def _standard_words(word: Word, standard: Sequence[str], auxiliaries: Collection[str]) -> StandardWords:
    phrases = [tuple(one.split("_")) for one in standard if "_" in one]
    single = tuple(standard) if not phrases else tuple(one for one in standard if "_" not in one)
    return StandardWords(word, single, tuple(phrases), all(one in auxiliaries for one in standard))


def find_standard_terms(
    dialect: Iterable[StandardWords], analyser: Analyser, known: Mapping[str, list[Term]]
) -> dict[str, tuple[Term, ...]]:
    """Return the terms of standard words by the stem of the word that they stand for; `known` has those of a text."""
    found = dict[str, list[Term]]()
    for one in dialect:
        found.setdefault(analyser.stem(one.word.normal), []).extend(known[" ".join(one.single)])
    return {stem: tuple(dict.fromkeys(terms)) for stem, terms in found.items() if terms}


# What has a capital is a name: «Total» and «Orange» are firms.
_SMALL = re.compile("[a-z\u00df-\u00ff\u0153][a-z\u00df-\u00ff\u0153'’-]*")

Meanings = Mapping[str, tuple[str, ...]]
"""For a word in normal form what it means in Arabic, nothing where it only holds a sentence together."""


def with_borrowed_words(text: TokenisedText) -> tuple[TokenisedText, Meanings]:
    """Return an Arabic text in which phrases of another language may be one word, and what such words mean.

    Names stay names. The language is that which knows the most of the words; where two know as many, each gives the
    most usual meaning, as one does. (Measured: with further meanings answers are as often right, and oftener wrong.)
    """
    lexicon = text.table.lexicon
    latin = (at for at, word in enumerate(text.known) if word.is_latin)
    places = [at for at in latin if _SMALL.fullmatch(text.written(text.words[at]))]
    if not places or text.gloss or not text.arabic:
        return text, {}
    names = {word.normal for word in text.known if word.is_name}
    found = [list(_runs(text.words, places, glossary, names)) for glossary in lexicon.glossaries.values()]
    known = [sum(run.last - run.first for run in runs) for runs in found]
    best = [runs for runs, count in zip(found, known, strict=True) if count == max(known)]
    means = dict[tuple[int, int], list[str]]()
    for run in (run for runs in best for run in runs):
        means.setdefault((run.first, run.last), []).extend((run.standard or ())[:1])
    words, meanings = list(text.words), dict[str, tuple[str, ...]]()
    for first, last in reversed(_apart(means)):
        standard = tuple(dict.fromkeys(map(normalise, means[first, last])))
        single = _word_by_word(words[first:last], standard, lexicon)
        if single and all(meanings.get(normal, one) == one for normal, one in single.items()):
            meanings.update(single)
            continue
        whole = Word("_".join(word.normal for word in words[first:last]), words[first].start, words[last - 1].end)
        words[first:last] = [whole]
        meanings.setdefault(whole.normal, standard)
    return replace(text, words=tuple(words)), meanings


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order; of those that overlap, as two languages may have them, the first and longest."""
    apart = list[tuple[int, int]]()
    for first, last in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or first >= apart[-1][1]:
            apart.append((first, last))
    return apart


def _word_by_word(words: Sequence[Word], standard: Sequence[str], lexicon: Lexicon) -> Meanings:
    """Return what the words of a phrase mean where its Arabic has no more of them: «banque mondiale».

    Together they would be found only where a passage has the very phrase. The last stand for nothing.
    """
    normals = [word.normal for word in words]
    dropped = {normal for normal in normals for one in lexicon.glossaries.values() if one.words.get(normal) == ()}
    kept = [normal for normal in normals if normal not in dropped]
    parts = standard[0].split("_") if len(standard) == 1 else []
    if not 1 < len(parts) <= len(set(kept)) == len(kept):
        return {}
    return dict.fromkeys(normals, ()) | {normal: (part,) for normal, part in zip(kept, parts, strict=False)}


def _runs(
    words: Sequence[Word], places: Sequence[int], glossary: Glossary, names: Collection[str]
) -> Iterator[GlossedRun]:
    """Yield what a glossary knows of the words at some places, but for what asks and for names."""
    at = 0
    while at < len(places):
        end = next((end for end in range(at + 1, len(places)) if places[end] - places[at] != end - at), len(places))
        normals = [words[place].normal for place in places[at:end]]
        for run in glossary.runs(normals, small=set(normals)):
            own = "_".join(normals[run.first : run.last])
            is_name = run.standard and run.standard == glossary.names.get(own)
            if run.standard is not None and not run.asks and not is_name and own not in names:
                yield run._replace(first=run.first + places[at], last=run.last + places[at])
        at = end
