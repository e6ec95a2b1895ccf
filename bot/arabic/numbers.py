"""Numbers in a text, in digits or words: «30 مليون», «ثلاثين مليونا» and «30,000,000» have one value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bot.arabic.number_words import (
    BOUND_UNITS,
    COUNTED_SCALES,
    DEFINITE_FORMS,
    FORMS,
    HUNDRED,
    HUNDREDS,
    ONE_OR_TWO_SCALES,
    PARTS,
    SCALES,
    TEENS,
    TEN,
    TENS,
    TWO_SCALES,
    UNITS,
)
from bot.arabic.words import Word, words

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_GROUP_OF_THREE = re.compile(r"(\d{1,3})([.,،])(\d{3})")
_LEAST_GROUPED = len("1.000")
_NO_FORM = False, ""
_AND, _TANWIN, _HUNDRED = "و", "\u064b", Decimal(100)
# «م د» behind digits are millions of dinars, each of a thousand millimes: «7,721 د» is less than eight.
_MILLION, _DINAR = ("م", "مليون"), ("د", "دينار")
_MAY_BE_PARTS = frozenset((*FORMS, *DEFINITE_FORMS, _MILLION[0]))

# «مئتان» is a word of its own; «ثلاث مئة» may be two.
_FIRST, _COUNTED_HUNDREDS = range(1, 3), range(3, 10)
_KINDS: tuple[tuple[str, Mapping[str, int | Decimal]], ...] = (
    ("a", {name: value for name, value in UNITS.items() if value in _FIRST}),
    ("u", {name: value for name, value in UNITS.items() if value in _COUNTED_HUNDREDS}),
    ("z", {name: value for name, value in UNITS.items() if not value}),
    ("b", BOUND_UNITS),
    ("t", dict.fromkeys(TEN, 10)),
    ("e", TEENS),
    ("x", TENS),
    ("c", HUNDREDS),
    ("h", dict.fromkeys(HUNDRED, 100)),
    ("m", COUNTED_SCALES),
    ("w", TWO_SCALES),
    ("o", ONE_OR_TWO_SCALES),
    ("s", SCALES),
    ("p", PARTS),
)
# The letter of each number word in the grammar below, and its value.
_LETTERS = {name: (letter, Decimal(value)) for letter, values in _KINDS for name, value in values.items()}
# A count of a scale, «خمسون ألفا», «مليونان», «نصف مليار», «250»: a letter for each word, a capital behind «و», «n» for
# digits below a hundred and «d» for others.
_GROUP = re.compile(
    r"(?i:p)s|(?P<counted>(?i:[swodn])|(?:(?i:[ch])|(?i:u)h)(?:[AUB][tX]|[EXAUTZN])?|(?i:[aub])[tX]|(?i:[exautz]))[som]{0,4}"
)


class NumberPart(NamedTuple):
    """A word of a number: its letter in the grammar, its value, and its span.

    `may_be_two` says whether it has no tanwin, and nothing but space stands between it and a next word.
    """

    letter: str
    value: Decimal
    may_be_two: bool
    start: int
    end: int


def number_parts(text: str, found: Sequence[Word]) -> Iterator[NumberPart]:
    """Yield the words of a text that can be parts of numbers, in order, a blank before each that continues none."""
    last, last_end = -1, 0
    for at in [at for at, word in enumerate(found) if word.normal in _MAY_BE_PARTS or word.normal[0].isdecimal()]:
        word, normal = found[at], found[at].normal
        joined, name = FORMS.get(normal, _NO_FORM)
        if not name and normal in DEFINITE_FORMS:
            # «الثلاثين مليون».
            is_joined, counted = FORMS.get(_word_behind(text, found, at), _NO_FORM)
            joined, name = DEFINITE_FORMS[normal] if counted in COUNTED_SCALES and not is_joined else _NO_FORM
        if normal == _MILLION[0] and last == at - 1 and found[last].normal[0].isdecimal():
            name = _MILLION[1] if any(one.normal == _DINAR[0] for one in found[at + 1 : at + 2]) else ""
        digits = _figure(text, found, at) if normal[0].isdecimal() and _DIGITS.fullmatch(normal) else None
        if not name and digits is None:
            continue
        behind_and = at > 0 and found[at - 1].normal == _AND
        between = text[last_end : word.start].replace(_AND, "", 1) if behind_and else text[last_end : word.start]
        if last < 0 or last != at - 1 - behind_and or between.strip():
            yield NumberPart(" ", _HUNDRED, may_be_two=False, start=word.start, end=word.start)
        if digits is None:
            letter, value = _LETTERS[name]
        else:
            letter, value = "n" if digits < _HUNDRED else "d", digits
        may_be_two = bool(_word_behind(text, found, at)) and _TANWIN not in text[word.start : word.end]
        yield NumberPart(letter.upper() if joined or behind_and else letter, value, may_be_two, word.start, word.end)
        last, last_end = at, word.end


def _word_behind(text: str, found: Sequence[Word], at: int) -> str:
    """Return the normal form of the next word where nothing but space stands before it, else ""."""
    behind = found[at + 1] if at + 1 < len(found) else None
    return behind.normal if behind and not text[found[at].end : behind.start].strip() else ""


def _figure(text: str, found: Sequence[Word], at: int) -> Decimal:
    """Return the value of digits, of which the last three behind one separator are decimals or a group of thousands.

    Measured on the 301 such figures of the archive and the public sets: before a scale, or dinars of a thousand
    millimes, they are decimals (84 of 88); else behind a point a group where two or three digits precede it (25 of 30)
    and decimals where one does (38 of 47); behind a comma a group, as three zeros are but in tables of fees.
    """
    word = found[at]
    is_long = word.end - word.start >= _LEAST_GROUPED
    grouped = _GROUP_OF_THREE.fullmatch(text, word.start, word.end) if is_long else None
    if grouped is None:
        return Decimal(word.normal)
    whole, mark, last = grouped[1], grouped[2], int(grouped[3])
    behind = _word_behind(text, found, at)
    is_counted = behind in COUNTED_SCALES or behind in {_MILLION[0], _DINAR[0]} or behind.startswith(_DINAR[1])
    is_decimal = int(whole) == 0 or (last > 0 and (is_counted or (mark == "." and len(whole) == 1)))
    digits = Decimal(word.normal.replace(".", ""))
    return digits / 1000 if is_decimal else digits


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its span: `text[start:end]` is how it is written, with the proclitics of its first word."""

    value: Decimal
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """Find the numbers of a text in order; vague number words (آلاف، عشرات) are left out.

    Numbers in words follow the grammar of written Arabic, ones before tens and «و» between parts of falling size, in
    standard and dialect forms; digits take scale words («1.5 مليار») and further parts («3 ملايين و500 ألف»).
    """
    return numbers_from_words(list(words(text)), text)


def numbers_from_words(found: Sequence[Word], text: str) -> list[Number]:
    """Find the numbers of a text, given its words."""
    parts = list(number_parts(text, found))
    letters = "".join(part.letter for part in parts)
    read, at = list[Number](), 0
    while at < len(parts):
        if letters[at] == " ":
            at += 1
            continue
        # Most numbers are figures that stand alone.
        is_alone = letters[at] in "nd" and letters[at + 1 : at + 2] in {"", " "}
        value, behind = (parts[at].value, at + 1) if is_alone else _number(parts, letters, at)
        if behind > at:
            read.append(Number(value, parts[at].start, parts[behind - 1].end))
        at = max(behind, at + 1)
    return read


def _number(parts: Sequence[NumberPart], letters: str, first: int) -> tuple[Decimal, int]:
    """Read groups of falling scale, «مليونان | ومئتا ألف | وخمسون»: the value, and the part behind the last."""
    groups, scale, at = list[Decimal](), Decimal("Infinity"), first
    while (at == first or letters[at : at + 1].isupper()) and (group := _GROUP.match(letters, at)):
        value, own_scale, behind = _group(parts, group)
        if value >= scale:
            break
        groups.append(value)
        scale, at = own_scale, behind
        if letters[at : at + 1] == "P":
            # «مليون ونصف», «مليون ونصف المليون».
            is_repeated = letters[at + 1 : at + 2] == "s" and parts[at + 1].value == scale
            groups.append(parts[at].value * scale)
            return _sum(groups), at + 1 + is_repeated
    return _sum(groups), at


def _group(parts: Sequence[NumberPart], group: re.Match[str]) -> tuple[Decimal, Decimal, int]:
    """Return the value of a group, the scale that it counts, and the part behind it."""
    first, behind = group.span()
    if group["counted"] is None:
        return parts[first].value * parts[first + 1].value, Decimal(1), behind
    at, kind = first + len(group["counted"]), group["counted"].lower()
    values = [part.value for part in parts[first:at]]
    if kind.startswith("uh"):
        values[:2] = [values[0] * _HUNDRED]
    elif kind == "o" and parts[first].may_be_two and not any(part.letter.isupper() for part in parts[at : at + 1]):
        values = [2 * values[0]]
    value, scale = _sum(values), parts[first].value if kind in {"s", "w", "o"} else Decimal(1)
    if kind == "w":
        value *= 2
    while at < behind and parts[at].value > scale:
        value, scale, at = value * parts[at].value, parts[at].value, at + 1
    return value, scale, at


def _sum(values: Sequence[Decimal]) -> Decimal:
    """Add up values; one alone keeps all its digits."""
    return values[0] if len(values) == 1 else sum(values, Decimal(0))
