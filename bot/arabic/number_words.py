"""Arabic number words in normal form, and the spellings of a number in newspapers."""

from collections.abc import Iterator
from decimal import Decimal

from bot.arabic.morphology import ACCUSATIVE, ARTICLE, COMPARISON, DEFINITE_PREPOSITIONS, PREPOSITIONS

UNITS = {
    "صفر": 0,
    **dict.fromkeys(("واحد", "واحده"), 1),
    **dict.fromkeys(("اثنان", "اثنين", "اثنتان", "اثنتين", "اتنين", "ثنين", "زوز", "جوج"), 2),
    **dict.fromkeys(("ثلاثه", "ثلاث", "تلاته", "تلات"), 3),
    **dict.fromkeys(("اربعه", "اربع"), 4),
    **dict.fromkeys(("خمسه", "خمس"), 5),
    **dict.fromkeys(("سته", "ست"), 6),
    **dict.fromkeys(("سبعه", "سبع"), 7),
    **dict.fromkeys(("ثمانيه", "ثماني", "ثمان", "تمانيه", "تمنيه", "تماني", "تمان"), 8),
    **dict.fromkeys(("تسعه", "تسع"), 9),
    **dict.fromkeys(("عشره", "عشر"), 10),
}
# «أحد» alone is somebody: these count only before «عشر» or «وعشرون».
BOUND_UNITS = {**dict.fromkeys(("احد", "احدي"), 1), **dict.fromkeys(("اثنا", "اثني", "اثنتا", "اثنتي"), 2)}
TEN = frozenset({"عشر", "عشره"})
_SPOKEN_TEENS = {
    11: "حداشر احداشر حدعش احدعش حداش احداش",
    12: "اتناشر طناشر اثناشر اطنعش طنعش اثنعش اتنعش طناش اثناش اطناش",
    13: "تلتاشر تلاتاشر تلطاشر تلتطعش تلطعش ثلطعش ثلاثطعش ثلطاش تلطاش ثلثطاش",
    14: "اربعتاشر اربعطاشر اربعطعش اربعطاش ربعطاش",
    15: "خمستاشر خمسطاشر خمسطعش خمسطاش خمستاش",
    16: "ستاشر سطاشر ستطعش سطعش سطاش ستاش",
    17: "سبعتاشر سبعطاشر سبعطعش سبعطاش سبعتاش",
    18: "تمنتاشر تمانتاشر تمنطاشر تمنطعش ثمنطعش ثمنطاش تمنطاش",
    19: "تسعتاشر تسعطاشر تسعطعش تسعطاش تسعتاش",
}
TEENS = {word: value for value, spelled in _SPOKEN_TEENS.items() for word in spelled.split()}
_TENS = {20: "عشر", 30: "ثلاث تلات", 40: "اربع", 50: "خمس", 60: "ست", 70: "سبع", 80: "ثمان تمان", 90: "تسع"}
TENS = {stem + ending: value for value, stems in _TENS.items() for stem in stems.split() for ending in ("ون", "ين")}
# «مئة» and «مائة».
HUNDRED = ("ميه", "مايه")
_HUNDREDS = {
    300: "ثلاث تلت تلات",
    400: "اربع ربع",
    500: "خمس",
    600: "ست",
    700: "سبع",
    800: "ثمان ثماني تمن تمان",
    900: "تسع",
}
HUNDREDS = {
    **dict.fromkeys(HUNDRED, 100),
    **{stem + ending: 200 for stem in ("ميت", "مايت") for ending in ("ان", "ين", "ا", "ي")},
    **{stem + word: value for value, stems in _HUNDREDS.items() for stem in stems.split() for word in HUNDRED},
}
_SCALES = {
    Decimal(10) ** 3: ("الف", "الاف تلاف thousand"),
    Decimal(10) ** 6: ("مليون", "ملايين ملاين million"),
    Decimal(10) ** 9: ("مليار بليون", "مليارات بلايين billion"),
    Decimal(10) ** 12: ("تريليون ترليون", "تريليونات ترليونات trillion"),
}
SCALES = {name: scale for scale, (names, _) in _SCALES.items() for name in names.split()}
# «خمسون ألفا» are fifty thousand, «ألفا دولار» two thousand.
ONE_OR_TWO_SCALES = {name + "ا": scale for name, scale in SCALES.items()}
TWO_SCALES = {name + ending: scale for name, scale in SCALES.items() for ending in ("ان", "ين", "ي")}
COUNTED_SCALES = {
    **SCALES,
    **ONE_OR_TWO_SCALES,
    **{name: scale for scale, (_, names) in _SCALES.items() for name in names.split()},
}
PARTS = {"نصف": Decimal("0.5"), "ربع": Decimal("0.25")}

_WORDS = frozenset({*UNITS, *BOUND_UNITS, *TEENS, *TENS, *HUNDREDS, *COUNTED_SCALES, *TWO_SCALES, *PARTS})
# «لست» is «I am not» more often than «for six».
_LEAST_BEHIND_PREPOSITION = 4
_LONG = {word for word in _WORDS if len(word) >= _LEAST_BEHIND_PREPOSITION or word in SCALES}
_BOUND = {
    **{word: word for word in _WORDS},
    **{preposition + word: word for word in _LONG for preposition in ("ف", *PREPOSITIONS, COMPARISON)},
    # Without hundreds, since «بالمئة» is of a percentage, and tens, since «العشرون» is a century.
    **{article + word: word for word in SCALES for article in (ARTICLE, *DEFINITE_PREPOSITIONS)},
}
# A number word as it stands in text to (behind «و», the word); «واحد» is «وأحد» as well.
FORMS = {
    **{"و" + form: (True, word) for form, word in _BOUND.items()},
    **{form: (False, word) for form, word in _BOUND.items()},
    "واحد": (True, "واحد"),
}
# Before a scale alone, since «العشرون» is a century: «الثلاثين مليون دولار», «والخمسة آلاف».
DEFINITE_FORMS = {
    conjunction + article + word: (bool(conjunction), word)
    for word in (*UNITS, *TEENS, *TENS, *HUNDREDS)
    for article in (ARTICLE, *DEFINITE_PREPOSITIONS)
    for conjunction in ("", "و")
}
NUMBER_WORDS = frozenset(FORMS)
"""The words in normal form that may be parts of numbers."""
SCALE_WORDS = frozenset(form for form, (_, word) in FORMS.items() if word in COUNTED_SCALES or word in TWO_SCALES)
"""The words for a thousand and more: every number in words from a thousand on has one of them."""

_SPELLED_SCALES = ((Decimal(10) ** 9, "مليار"), (Decimal(10) ** 6, "مليون"), (Decimal(10) ** 3, "الف"))
_PLURALS = {"مليار": "مليارات", "مليون": "ملايين", "الف": "الاف"}
_FEW = range(3, 11)
_DECIMALS = 1000
_LARGEST = Decimal(10) ** 15
_SPELLED_WORDS = {**UNITS, **TENS, **HUNDREDS}
_NAMES = {
    value: [word for word, each in _SPELLED_WORDS.items() if each == value] for value in set(_SPELLED_WORDS.values())
}
_ENDINGS = {Decimal(1): "", Decimal(2): "ين"}
_TEN, _BEFORE_TEN = "عشر", {1: "احد", 2: "اثنا"}


def number_spellings(value: Decimal) -> Iterator[tuple[str, ...]]:
    """Yield the spellings of a number as words in normal form, in digits and words, with and without a scale.

    Only whole numbers below a thousand, alone or counting a scale, are spelled in words, without «و» between them.
    """
    if not 0 <= value < _LARGEST:
        return
    yield (_digits(value),)
    for scale, name in _SPELLED_SCALES:
        count = value / scale
        if count >= 1 and count * _DECIMALS == int(count * _DECIMALS):
            yield from _scaled(count, name)
            return
    yield from _in_words(value)


def _scaled(count: Decimal, name: str) -> Iterator[tuple[str, ...]]:
    """Spell a count of a scale: «ثلاثه ملايين», «ثلاثون مليونا»; for one and two the noun stands alone."""
    for counted in (_PLURALS[name],) if count in _FEW else (name, name + ACCUSATIVE):
        yield _digits(count), counted
        yield from ((*words, counted) for words in _in_words(count))
    if count in _ENDINGS:
        yield (name + _ENDINGS[count],)


def _in_words(count: Decimal) -> Iterator[tuple[str, ...]]:
    if count >= _DECIMALS or count != int(count):
        return
    hundreds, rest = divmod(int(count), 100)
    small = _below_hundred(rest) if rest or not hundreds else ()
    if not hundreds:
        yield small
    for hundred in _NAMES[100 * hundreds] if hundreds else ():
        yield hundred, *small


def _below_hundred(number: int) -> tuple[str, ...]:
    if number in _NAMES:
        return (_NAMES[number][0],)
    tens, unit = divmod(number, 10)
    if tens == 1:
        return _BEFORE_TEN.get(unit, _NAMES[unit][0]), _TEN
    return _NAMES[unit][0], _NAMES[10 * tens][0]


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"
