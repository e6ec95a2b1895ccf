"""Month names of all Arab countries: «كانون الثاني», «جانفي» and «يناير» are one month."""

from collections.abc import Iterator, Sequence

from bot.arabic.morphology import CONJUNCTIONS, PREPOSITIONS

# In normal form, January first; the first name of each month stands for all.
_NAMES = (
    "يناير جانفي",
    "فبراير شباط فيفري",
    "مارس اذار",
    "ابريل نيسان افريل",
    "مايو ايار ماي",
    "يونيو يونيه حزيران جوان",
    "يوليو يوليه تموز جويليه يوليوز",
    "اغسطس اب اوت غشت",
    "سبتمبر ايلول شتنبر",
    "اكتوبر اوكتوبر",
    "نوفمبر نونبر",
    "ديسمبر دجنبر",
)
_MONTHS = tuple(names.split()[0] for names in _NAMES)
_OF_TWO_WORDS = {"كانون": ("ديسمبر", "يناير"), "تشرين": ("اكتوبر", "نوفمبر")}
_ORDINALS = {**dict.fromkeys(("الاول", "اول"), 0), **dict.fromkeys(("الثاني", "ثاني", "ثان", "التاني", "تاني"), 1)}
_OF_ONE_WORD = {name: names.split()[0] for names in _NAMES for name in names.split()}
_WITH_PROCLITICS = {
    proclitic + name: name
    for proclitic in ("", *CONJUNCTIONS, *PREPOSITIONS)
    for name in {**_OF_ONE_WORD, **_OF_TWO_WORDS}
}
_NUMBERS = {
    written: _MONTHS.index(_OF_ONE_WORD[name]) + 1 for written, name in _WITH_PROCLITICS.items() if name in _OF_ONE_WORD
}
MONTH_WORDS = frozenset(_WITH_PROCLITICS)
"""The words in normal form that may name a month, or begin its name."""
ALTERNATIVE_MONTHS = MONTH_WORDS - frozenset(_MONTHS)
"""Those of them that are, or begin, another name of a month than the canonical one."""
# Fathers, names, a car and a verb as well: a word beside them tells that a month is meant.
_ALSO_OTHER_WORDS = frozenset(["اب", "ماي", "جوان", "اوت", "نيسان", "مارس"])
_BEFORE = frozenset(["شهر", "وشهر", "بشهر", "لشهر", "اوايل", "اواخر", "منتصف", "مطلع"])
_AFTER = frozenset(["الماضي", "المنصرم", "الفايت", "الجاري", "الحالي", "المقبل", "القادم"])
_DIGITS_OF_DAY, _DIGITS_OF_YEAR = 2, 4


def month_number(normal: str) -> int:
    """Return the number of the month, 1 to 12, that a word in normal form names, with proclitics; else 0."""
    return _NUMBERS.get(normal, 0)


def month_name(number: int) -> str:
    """Return the canonical name of a month, 1 to 12, in normal form."""
    return _MONTHS[number - 1]


def is_unambiguous_month(normal: str) -> bool:
    """Whether a month name in normal form has no other meaning."""
    return _WITH_PROCLITICS[normal] not in _ALSO_OTHER_WORDS


def may_name_months(normals: Sequence[str]) -> bool:
    """Whether `with_months` may change a sequence of words in normal form."""
    return not ALTERNATIVE_MONTHS.isdisjoint(normals)


def with_months(normals: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Put its canonical name for the words in normal form that name a month; return (start, end, word) of all words.

    «كانون الثاني» becomes «يناير», and so does the doubled «يناير/كانون الثاني»; an ambiguous name of one word only
    beside a day, a year or a word that goes with months.
    """
    end = 0
    for first, last, month in named_months(normals) if may_name_months(normals) else ():
        yield from ((at, at + 1, normals[at]) for at in range(end, first))
        yield first, last, month
        end = last
    yield from ((at, at + 1, normals[at]) for at in range(end, len(normals)))


def named_months(normals: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the months that are certainly named by words in normal form: (start, end, canonical name)."""
    stop = 0
    for at, normal in enumerate(normals):
        if normal in MONTH_WORDS and at >= stop:
            name, stop = _named(normals, at)
            if name:
                yield at, stop, name


def _named(normals: Sequence[str], at: int) -> tuple[str, int]:
    """Return the month that is certainly named at a position, or "", and the position behind it."""
    name, stop = _month(normals, at)
    if not name:
        return "", at + 1
    first_stop = stop
    while stop < len(normals) and _month(normals, stop)[0] == name:
        stop = _month(normals, stop)[1]
    is_sure = stop > first_stop or stop > at + 1 or _is_dated(normals, at, stop)
    return (name, stop) if is_sure else ("", at + 1)


def _month(normals: Sequence[str], at: int) -> tuple[str, int]:
    word = _WITH_PROCLITICS.get(normals[at], "")
    if word in _OF_TWO_WORDS:
        ordinal = _ORDINALS.get(normals[at + 1]) if at + 1 < len(normals) else None
        return ("", at + 1) if ordinal is None else (_OF_TWO_WORDS[word][ordinal], at + 2)
    return _OF_ONE_WORD.get(word, ""), at + 1


def _is_dated(normals: Sequence[str], at: int, stop: int) -> bool:
    before = normals[at - 1] if at else ""
    after = normals[stop] if stop < len(normals) else ""
    return (
        (before.isdecimal() and len(before) <= _DIGITS_OF_DAY)
        or before in _BEFORE
        or (after.isdecimal() and len(after) == _DIGITS_OF_YEAR)
        or after in _AFTER
    )
