"""Words and numbers of a text with their offsets, and words run together: «وزارةالخارجية», «فيمصر»."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from bot.arabic.morphology import ARTICLE
from bot.arabic.normalise import BIDI_CONTROLS, JOINERS, ZERO_WIDTH, normalise

# Combining marks are no word characters to `re`, yet stand within words; so do the joiners and the direction
# controls that copied text brings along.
_MARKS = f"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08ca-\u08ff{JOINERS}{BIDI_CONTROLS}{ZERO_WIDTH}"
_ARABIC = (
    "\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc"
    "\u0750-\u077f\u08a0-\u08c7\ufb50-\ufd3d\ufd50-\ufdff\ufe70-\ufefc"
)
_THOUSAND = r"[,،٬'\u00a0\u202f] \d{3} (?!\d)"
_WORD = re.compile(
    rf"""
  ( [{_ARABIC}] [{_ARABIC}{_MARKS}]*              # an Arabic word ends where another script or a digit begins
  | https?://\S+                                  # an address, which holds no words of the text
  | \d{{1,3}} (?: (?: \. \d{{3}} (?!\d) ){{2,}} (?: ,\d+ )? | \.\d{{3}},\d+ )  # 1.234.567,8 in the Maghreb's papers
  | (?<!\d[.,،]) \d+ ر \d++ (?![.,،]\d)             # 12ر49, which is 49.12
  | (?<!\d[.,،]) \d+ (?: {_THOUSAND} )* [.,،٫] \d++ (?![.,،]\d)      # with decimals,
  | \d+ (?: {_THOUSAND} )*                         # which a date (3.5.2026) and a list (1,2,3) do not have
  | [^\W\d_{_ARABIC}] (?: [^\W_{_ARABIC}] | [{_MARKS}] | ['’](?=[^\W\d_{_ARABIC}]) )* )
    """,
    re.VERBOSE,
)
# Nothing but words between spaces, none of them in two scripts, as in most lists of `config/`.
_PLAIN = re.compile(
    rf"[ \n]*+(?:(?:[{_ARABIC}][{_ARABIC}{_MARKS}]*+|[^\W\d_{_ARABIC}][^\W_{_ARABIC}]*+)(?:[ \n]++|\Z))*+"
)
_POINTED = re.compile(r"\d+\.\d+[.,]")
# The whole stands behind the letter: of the archive's 277 figures 23 have more than three digits behind it and none
# before it, five begin with 0 before it and none behind.
_DECIMAL_LETTER = "ر"
_THOUSANDS = re.compile(r"[,،٬'\u00a0\u202f](?=\d{3}(?!\d))")
# «ة» ends a word, and so does «ى» but before a hamza that has no seat of its own (شىء).
_ENDED = re.compile("(?<=[ةى])([\u064b-\u0652\u0670]*)(?=[ا-ي])")
# «Palantir's» is a name of three letters or more with an ending; these are short for two words.
_GENITIVE, _LEAST_NAME = "'s", 3
_SHORTENED = (
    "what",
    "who",
    "where",
    "when",
    "how",
    "why",
    "that",
    "there",
    "here",
    "let",
    "she",
    "everything",
    "something",
)
_CONTRACTIONS = frozenset(word + _GENITIVE for word in _SHORTENED)
# Chosen: no two words that are run together have more letters, and of a flood of letters any start would be tried.
_LONGEST_PAIR = 40
_LEAST_FIRST, _LEAST_SECOND = 2, 3


class Word(NamedTuple):
    """A word's normal form and its span: `text[start:end]` is how it is written."""

    normal: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Find the words and numbers of a text in order; a number has no thousands separators (10,000 is 10000)."""
    # Measured: with the constructor, which is Python's, a text takes a tenth longer.
    return map(functools.partial(tuple.__new__, Word), zip(*words_with_offsets(text), strict=True))


def words_with_offsets(text: str, *, are_new: bool = False) -> tuple[list[str], list[int], list[int]]:
    """Return the words of `words` as lists of normal forms, starts and ends: much faster for long texts.

    Where most are new, they are normalised together, which takes a third of the time then.
    """
    # What stands between words is split off as well, so that its length tells where they stand.
    parts = _WORD.split(text)
    places, written = list(accumulate(map(len, parts))), parts[1::2]
    each = _normals_together(written) if are_new else list(map(_normals, written))
    normals, starts, ends = list(chain.from_iterable(each)), places[:-1:2], places[1::2]
    if len(normals) != len(each) or not all(each):
        starts, ends = ([place for place, own in zip(side, each, strict=True) for _ in own] for side in (starts, ends))
    return normals, starts, ends


def normal_words(text: str) -> list[str]:
    """Return the normal forms of a text's words in order, without offsets: several times faster than `words`."""
    if _PLAIN.fullmatch(text):
        return normalise(text).split()
    return [normal for written in _WORD.findall(text) for normal in _normals(written)]


def normal_words_of_lines(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the `normal_words` of each of many lines, several times faster than a call for each."""
    together = normalise("\n".join(lines)).split("\n")
    for line, normal in zip(lines, together, strict=False):
        yield normal.split() if _PLAIN.fullmatch(line) else normal_words(line)


# Few spellings make up most of any text; the bound keeps a hostile stream of new ones out of memory.
@functools.lru_cache(maxsize=1 << 15)
def _normals(written: str) -> tuple[str, ...]:
    """Normalise a match of the pattern: one word, but several for the presentation form of a phrase (ﷺ).

    An English genitive loses its ending, straight or curled apostrophe alike.
    """
    if "://" in written:
        return ()
    if written[0].isdecimal():
        return (_number(written),)
    words = tuple(map(_without_genitive, normalise(written).split()))
    # One string instead of two equal ones.
    return (written,) if words == (written,) else words


def _normals_together(written: Sequence[str]) -> list[tuple[str, ...]]:
    normals = normalise("\n".join(written)).split("\n")
    return [(normal,) if normal.isalpha() else _normals(one) for one, normal in zip(written, normals, strict=False)]


def _without_genitive(normal: str) -> str:
    is_genitive = normal.endswith(_GENITIVE) and normal not in _CONTRACTIONS
    return normal[: -len(_GENITIVE)] if is_genitive and len(normal) >= _LEAST_NAME + len(_GENITIVE) else normal


def _number(written: str) -> str:
    """Write a number with Western digits, no thousands separators and a point before its decimals."""
    if _POINTED.match(written):
        return normalise(written.replace(".", "").replace(",", "."))
    decimals, is_lettered, whole = written.partition(_DECIMAL_LETTER)
    if is_lettered:
        return normalise(f"{whole}.{decimals}")
    return normalise(re.sub("[٫،,]", ".", _THOUSANDS.sub("", written)))


IsWordPair = Callable[[str, str], bool]
"""Whether two words in normal form may have been run together."""


def split_after_final_letters(text: str) -> str:
    """Insert a space after every letter that only ends words: «المدرسةالثانوية»."""
    return _ENDED.sub(r"\1 ", text)


def first_word_length(normal: str, is_pair: IsWordPair) -> int:
    """Return the length of the first of two words that were run together to a word in normal form; 0 for none.

    The second has three letters or more; one that begins with the article is preferred.
    """
    if len(normal) > _LONGEST_PAIR:
        return 0
    lengths = range(_LEAST_FIRST, len(normal) - _LEAST_SECOND + 1)
    ways = [length for length in lengths if is_pair(normal[:length], normal[length:])]
    return max(ways, key=lambda length: (normal.startswith(ARTICLE, length), length), default=0)


def insert_spaces(text: str, found: Iterable[Word], split: Callable[[str], int]) -> str:
    """Insert a space into each Arabic word of a text where `split` returns the length of a first word, not 0.

    `found` are the words of the text; `split` is called once for each distinct word, and a phrase that is a single
    character (ﷺ) stays whole.
    """
    found = tuple(found)
    shared = {one.start for one, other in pairwise(found) if one.start == other.start}
    lengths = dict[str, int]()
    parts, end = list[str](), 0
    for word in found:
        if not "ء" <= word.normal[:1] <= "ي" or word.start in shared:
            continue
        if word.normal not in lengths:
            lengths[word.normal] = split(word.normal)
        if length := lengths[word.normal]:
            place = word.start + _written_length(text[word.start : word.end], word.normal[:length])
            parts += [text[end:place], " "]
            end = place
    return "".join([*parts, text[end:]])


def _written_length(written: str, normal: str) -> int:
    """Return the length of the longest start of a word with a normal form; the word's own length if none has it."""
    lengths = (length for length in range(len(written), 0, -1) if normalise(written[:length]) == normal)
    return next(lengths, len(written))
