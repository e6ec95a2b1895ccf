"""Seeded streams of questions that nobody would ask: random, huge, made against parsers, mixed with real ones."""

import random
import unicodedata
from collections.abc import Callable

Make = Callable[[random.Random], str]


def _split(pieces: str) -> list[str]:
    return pieces.split()


REAL = _split("متى افتتحت بلدية المنارة المكتبة العامة كم كلفة البناء من مديرة المغرب مايكروسوفت الجسر 2026 هل لماذا")
_CODE = _split(r"""
{0} {question} {0.__class__.__mro__} %s%s%n %(quote)s ${HOME} $(id) #{7*7} {{7*7}} {%a%} ../../../etc/passwd C:\con\nul
file:///etc/passwd (a+)+$ ^(([a-z])+.)+[A-Z] (?P<x> [[:alpha:] \ \u0000 \1 ?*+| ****************************** \*
<script>alert(1)</script> <!-- ]]> <![CDATA[ &lt;&#x202e; <img/src=x/onerror=1> NaN inf -0 1e400 0x1F null None True
""")
_SQL = ["'; DROP TABLE articles; --", '" OR "1"="1', "UNION SELECT * FROM quotes"]
_DISCORD = _split("""
@everyone @here <@1> <@&1> <#1> <t:1:R> <:a:1> </ask:1> <@ <id:guide> https://a.b/@everyone ``` `` ` ***__~~|| || > >>>
# -# - 1. [متى](https://a.b) []( <https://a.b> discord.gg/x
""")
_NUMBERS = _split("٠٫١ 1,2,3,4 99999999999999999999 ½ Ⅷ ① 𝟙𝟚 1.234.567,8 3.5.2026")
_UNSEEN = ["\x1b[2J", "\x1b]0;a\x07", *"\u202e\u2066\u2069\u200d\ufeff\u2028\u0085\x00\ud800\udfff\U0010ffffﷺ﷽"]
CRAFTED = [*_CODE, *_SQL, *_DISCORD, *_NUMBERS, *_UNSEEN]
_FLOODING = _split(
    "<@ </ <: <a: <t: ` `` ``` http:// www. ** || [ (( « . ؟ 1, 1,111 1.111. ٬ a' a’ ـ ﷺ 😀 ا كم متى افتتحت 2026 '\""
)
FLOODS = [
    *_FLOODING,
    *(f"{unit} " for unit in ["", "`", ">", "-", "ا", "كم", "متى افتتحت", "2026"]),
    *["\n", "\r\n", "\t", "\n-", "\n ", "👩\u200d", "\u202e", "\u200d", "\ud800", "\U000e0041"],
    *["ا\u0300\u0323", "\u0300\u0323", "e\u0301\u0323"],
]
# What articles and questions repeat: words, names, figures and dates of each kind, and what folds to nothing.
REPEATED = [
    *(
        "x ",
        "3,",
        "3, ",
        "٣،",
        "٣ ٤ ٥ ",
        "1 2 3 4 5 6 7 8 9 10 ",
        "5\u00a0000\u00a0",
        "3% ",
        "ثلاثة ",
        "ألف ",
        "3 ملايين دولار ",
    ),
    *(
        "كتاب ",
        "كتاب. ",
        "كتاب؟ ",
        "أ، ",
        "أ: ",
        "«أ» ",
        "و ",
        "لا ",
        "- بند\n",
        "بند\n\n",
        "من هو ",
        "كم عدد ",
        "قال محمد ",
    ),
    *("8 مارس 2026 ", "2026-03-08 ", "مارس ", "الأحد ", "الساعة 3 ", "من 3 إلى 4 ", "1914-1918 ", "الثامن من مارس "),
    *(
        "مايكروسوفت ",
        "مصر وليبيا والمغرب ",
        "المغرب",
        "الأمم المتحدة ",
        "في بيروت ",
        "محمد بن علي ",
        "Al-Quds ",
        "الجسر القديم ",
        "NATO ",
    ),
    *("what is the ", "quel est le ", "who ", "افتتحت البلدية المكتبة ", "ﷺ ", "ﷲ", "ـ ", "a\u200db ", "\u064e ", "ﻻ "),
]
# What is asked with, talked with and asked about, in each way that members write.
SPOKEN = [
    _split("متى كم من أين لماذا كيف هل ما هو هي هذا أنت شكرا مرحبا السلام عليكم المكتبة الجسر افتتحت في على عن لا"),
    _split("شحال إمتى وين ليش شنوة شكون قداش مين انت إيه ده يا صاحبي عافاك برشا والله المكتبة سكروه فين بكم كيفاش"),
    _split("9addech chkoun win 3lech kifech ch7al labes khouya ya3tik essa7a el maktaba merci salam 7ata enti ya bot"),
    _split("what is this who made you when did the library open how much why where are hi thanks a lot bot not and"),
    _split("qui es tu quand la bibliothèque a-t-elle ouvert combien où pourquoi est-ce que merci bonjour c'est quoi"),
    _split("cuándo abrió qué es esto wer bist du wann kto ты когда τι είναι это 什么 何 언제 מתי کی کیا कब เมื่อไร"),
]
# Each letter as old texts have it that are copied out of a page.
PRESENTED = str.maketrans(
    {
        letters: chr(code)
        for code in range(0xFE80, 0xFEFD)
        if len(letters := unicodedata.normalize("NFKC", chr(code))) == 1
    }
)


def _of_categories(codes: range, *categories: str) -> list[str]:
    return [letter for letter in map(chr, codes) if unicodedata.category(letter) in categories]


# What may make a word of its own of which nothing is left in normal form: some are letters to Unicode.
_ALONE = [
    *[_of_categories(range(0x0600, 0x0700), "Lm")] * 2,
    *[_of_categories(range(0x0600, 0x0700), "Mn", "Me", "Cf")] * 2,
    _of_categories(range(0x0300, 0x2000), "Mn", "Me"),
    _of_categories(range(0x10000), "Lm", "Sk", "Sc", "No"),
    _of_categories(range(0x3000), "Cc", "Cf", "Zs", "Zl", "Pc", "Pi", "Pf"),
    [*map(chr, (*range(0xFB50, 0xFBC2), *range(0xFDF0, 0xFDFD), *range(0xFE70, 0xFEFD), *range(0xFFE0, 0xFFF0)))],
    [*"'’\".،؟-_%٪*`«»٬٫0٣²"],
]
_MARKS = [*range(0x0300, 0x0370), *range(0x064B, 0x0660), *range(0x06D6, 0x06DD), 0x200D, 0x20DD, 0x0E49]


def _any_character(chance: random.Random) -> str:
    plane = chance.randrange(17)
    return chr(plane << 16 | chance.randrange(0x10000))


def any_planes(chance: random.Random) -> str:
    return "".join(_any_character(chance) for _ in range(chance.randrange(60)))


def basic_plane(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(0x10000)) for _ in range(chance.randrange(60)))


def crafted(chance: random.Random) -> str:
    return chance.choice(["", " ", "\n"]).join(chance.choices(CRAFTED, k=chance.randrange(1, 9)))


def crafted_among_real(chance: random.Random) -> str:
    return chance.choice([" ", ""]).join(
        chance.choice([chance.choice(CRAFTED), *chance.choices(REAL, k=2)]) for _ in range(9)
    )


def pierced(chance: random.Random) -> str:
    """A real question with odd characters inside its words."""
    letters = list(" ".join(chance.choices(REAL, k=6)))
    for _ in range(chance.randrange(1, 12)):
        letters.insert(
            chance.randrange(len(letters) + 1), chance.choice([_any_character(chance), chance.choice(CRAFTED)])
        )
    return "".join(letters)


def with_marks(chance: random.Random) -> str:
    return "".join(
        letter + "".join(chr(mark) for mark in chance.choices(_MARKS, k=chance.randrange(9)))
        for letter in " ".join(chance.choices(REAL, k=4))
    )


def digits(chance: random.Random) -> str:
    alphabet = chance.choice(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳ 12", "12,.٫٬", "²③Ⅻ½৩"])
    return "".join(chance.choices(alphabet + " ", k=chance.randrange(1, 80)))


def punctuation(chance: random.Random) -> str:
    return "".join(chance.choices("؟?!.,،؛:;«»\"'()[]{}<>|/\\-_=+*&^%$#@~` …—\n", k=chance.randrange(1, 80)))


def nested(chance: random.Random) -> str:
    depth = chance.randrange(1, 40)
    mark = chance.choice(["**", "||", "~~", "`", "<", "[", "(", "«", "{", "```\n", "> "])
    return mark * depth + " ".join(chance.choices(REAL, k=4)) + mark[::-1] * chance.randrange(depth + 1)


def long_words(chance: random.Random) -> str:
    return " ".join(chance.choice(REAL) * chance.randrange(1, 30) for _ in range(chance.randrange(1, 6)))


def shuffled_real(chance: random.Random) -> str:
    return " ".join(chance.choices(REAL, k=chance.randrange(1, 60)))


def spoken(chance: random.Random) -> str:
    """A few words of one language, in some order, at times of another as well, with marks for words of their own."""
    words = list[str]()
    for _ in range(chance.choice((1, 1, 1, 2))):
        language, count = chance.choice(SPOKEN), chance.randrange(1, 6)
        start = chance.randrange(len(language))
        words += chance.choice((language[start : start + count], chance.sample(language, k=count)))
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        at = chance.randrange(len(words) + 1)
        words[at : at + chance.randrange(2)] = [
            "".join(chance.choices(chance.choice(_ALONE), k=chance.choice((1, 1, 1, 2, 3))))
        ]
    text = " ".join(words)
    return text.translate(PRESENTED) if chance.random() < 0.1 else text


def repeated(chance: random.Random) -> str:
    """One short unit again and again, alone or asked for."""
    unit = chance.choice((chance.choice(REPEATED), chance.choice(FLOODS), spoken(chance)[: chance.randrange(1, 16)]))
    flood = (unit * 480)[: chance.choice((5, 12, 40, 200, 460))]
    return chance.choice(("{}", "{}", "{}؟", "متى {}؟", "هل {}؟", "what is {}", "quand {}", "«{}»")).replace(
        "{}", flood
    )


KINDS: list[tuple[Make, int]] = [
    (spoken, 1200),
    (repeated, 300),
    (any_planes, 1000),
    (basic_plane, 700),
    (crafted, 1300),
    (crafted_among_real, 1100),
    (pierced, 1200),
    (with_marks, 700),
    (digits, 600),
    (punctuation, 500),
    (nested, 600),
    (long_words, 400),
    (shuffled_real, 400),
]
