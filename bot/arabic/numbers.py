"""Numbers of a text, in digits and in words alike: «30 مليون», «ثلاثين مليونا» and «30,000,000» are one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.arabic.number_parts import number_parts
from bot.arabic.number_reader import NumberReader
from bot.arabic.words import Word, words


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its place: `text[start:end]` is how it is written, with what is written onto its first word."""

    value: Decimal
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """Find the numbers of a text in order; words that count nothing exactly (آلاف، عشرات) are none.

    Numbers in words follow the grammar of written Arabic, ones before tens and «و» between parts of falling size, in
    standard and dialect forms; digits take scale words («1.5 مليار») and further parts («3 ملايين و500 ألف»).
    """
    return numbers_among(list(words(text)), text)


def numbers_among(found: Sequence[Word], text: str) -> list[Number]:
    """Find the numbers of a text whose words are known already."""
    parts = list(number_parts(text, found))
    reader = NumberReader(parts)
    read_numbers, position = list[Number](), 0
    while position < len(parts):
        read = reader.number(position)
        if read is None:
            position += 1
            continue
        value, behind = read
        read_numbers.append(Number(value, parts[position].start, parts[behind - 1].end))
        position = behind
    return read_numbers
