"""Everyday words chosen from a word list of `wordfreq`, made of subtitles, social media, web pages and news.

A list does not say what is a name. Words of the language are written with pronouns, articles and the persons of a verb,
names hardly ever are: so the forms of a stem that stand in the list tell the two apart.
"""

import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.answering.knowledge import Background, Everyday
from bot.arabic import ARTICLE, Analyser, normalise

_FORMAT = {"format": "cB", "version": 1}
# Chosen, occurrences per million: a form seen less is chance; a stem or a verb less common is no everyday one.
_LEAST_FORM, _LEAST_WORD, _LEAST_VERB = 0.05, 2.0, 0.3
# Chosen: so many forms of a stem show that it is no name, in so many persons a verb is one …
_LEAST_FORMS, _LEAST_PERSONS = 3, 3
# … each this share as frequent as the one in question; a noun stands with the article a third as often as without.
_LEAST_SHARE, _NOUN_SHARE = 0.02, 1 / 3
# Chosen: a stem is a verb's where so much of all is written in the forms of one.
_MOST_OF_ALL = 0.6
# Chosen: news has far less often what it has a third as often.
_FAR_MORE = 3.0
_PRESENT = ("ي", "ت", "ن", "ا")
_PAST = ("ت", "وا", "نا", "تم")
_PRONOUNS = ("ها", "هم", "نا", "كم", "ك", "ني", "هن", "تها", "ته", "تهم", "تك", "تي", "تنا", "وه", "وها")
_PREFIXES = (ARTICLE, *_PRESENT, f"س{_PRESENT[0]}", f"س{_PRESENT[1]}")
_LEAST_LETTERS = 3


def read_word_list(file: Path) -> dict[str, float]:
    """Read a word list of `wordfreq`: occurrences per million of each word in normal form; raise ValueError."""
    header, *bins = _unpack(io.BytesIO(gzip.decompress(file.read_bytes())))
    if header != _FORMAT:
        raise ValueError(f"{file}: {header} is not {_FORMAT}")
    frequencies = defaultdict[str, float](float)
    # The words of the bin at place n are 10 ^ (-n / 100) of all.
    for place, words in enumerate(bins):
        for word in map(normalise, words):
            if all("ء" <= letter <= "ي" for letter in word):
                frequencies[word] += 10 ** (-place / 100) * 1e6
    return dict(frequencies)


def everyday_words(words: Mapping[str, float], background: Background, analyser: Analyser) -> Everyday:
    """Choose the stems that everyday Arabic has and news has not, or far less often, and no names."""
    stems, verbal = defaultdict[str, float](float), defaultdict[str, float](float)
    for word, frequency in words.items():
        stem = analyser.stem(word)
        stems[stem] += frequency
        if frequency >= _LEAST_VERB and _is_verb(word, words):
            verbal[stem] += frequency
    verbs = {stem for stem in verbal if len(stem) > _LEAST_LETTERS and verbal[stem] >= _MOST_OF_ALL * stems[stem]}
    stop_stems = set(map(analyser.stem, analyser.stop_words))
    chosen = {
        stem: frequency
        for stem, frequency in stems.items()
        if (stem in verbs or (frequency >= _LEAST_WORD and _count_forms(stem, words) >= _LEAST_FORMS))
        and stem not in stop_stems
        and frequency >= _FAR_MORE * background.per_million.get(stem, 0.0)
    }
    return Everyday(chosen, frozenset(verbs.intersection(chosen)))


def _count_forms(stem: str, words: Mapping[str, float]) -> int:
    forms = (*(stem + pronoun for pronoun in _PRONOUNS), *(prefix + stem for prefix in _PREFIXES))
    return sum(words.get(form, 0.0) >= _LEAST_FORM for form in forms)


def _is_verb(word: str, words: Mapping[str, float]) -> bool:
    """Return whether the list has a word in the persons of the present, or of the past, and seldom with the article."""
    frequency = words[word]
    if words.get(ARTICLE + word, 0.0) >= _NOUN_SHARE * frequency:
        return False
    least = max(_LEAST_FORM, _LEAST_SHARE * frequency)
    return any(sum(words.get(form, 0.0) >= least for form in forms) >= _LEAST_PERSONS for forms in _persons(word))


def _persons(word: str) -> Iterator[list[str]]:
    """Yield the other persons of what may be a verb in the present or the past."""
    if word.startswith(_PRESENT) and len(word) > _LEAST_LETTERS:
        yield [person + word[1:] for person in _PRESENT]
    for ending in filter(word.endswith, _PAST):
        verb = word.removesuffix(ending)
        if len(verb) >= _LEAST_LETTERS:
            yield [verb, *(verb + other for other in _PAST)]


def _unpack(data: io.BytesIO) -> Any:
    """Read the next item of MessagePack: a map, an array, a string or a small integer; raise ValueError for others."""
    kind = data.read(1)[0]
    if kind < _MAP:
        return kind
    if kind < _ARRAY:
        return {_unpack(data): _unpack(data) for _ in range(kind - _MAP)}
    if kind < _STRING or kind in _ARRAYS:
        length = int.from_bytes(data.read(_ARRAYS[kind])) if kind in _ARRAYS else kind - _ARRAY
        return [_unpack(data) for _ in range(length)]
    if kind < _END_OF_STRINGS or kind in _STRINGS:
        length = int.from_bytes(data.read(_STRINGS[kind])) if kind in _STRINGS else kind - _STRING
        return data.read(length).decode()
    raise ValueError(f"{kind:#x} is no kind of item that word lists have")


# The first bytes of items: where those of short ones begin, and of others in how many bytes their length stands.
_MAP, _ARRAY, _STRING, _END_OF_STRINGS = 0x80, 0x90, 0xA0, 0xC0
_ARRAYS, _STRINGS = {0xDC: 2, 0xDD: 4}, {0xD9: 1, 0xDA: 2}
