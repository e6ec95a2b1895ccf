"""The reply texts: every language has the same, and the code uses all of them and no others."""

import ast
import functools
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from bot.answering import AnswerType, AskedKind, Mode, Reason, Requirement, Statement, Verdict
from bot.answering.reasons import VALUED
from bot.articles import QualityWarning, RejectionReason
from bot.articles.feeds import EntryReason
from bot.articles.importing.page_download import FetchReason
from bot.records import Fault
from bot.settings import CONFIG, required_forms
from bot.texts import Texts, languages

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {language: Texts.read(CONFIG / "texts", language) for language in languages(CONFIG / "texts")}
ARABIC = TEXTS["ar"]
# Of a date and a number the texts speak as of any time and quantity.
LACKED = VALUED - {AskedKind.DATE, AskedKind.COUNT} | {AnswerType.TIME, AnswerType.QUANTITY, AskedKind.REASON}
KEYS = ARABIC.entries.keys() | ARABIC.plurals.keys()
SECTIONS = {key.split(".")[0] for key in KEYS}
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
BEGINNING = re.compile(rf"[\"']({'|'.join(SECTIONS)})\.")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@functools.cache
def strings() -> frozenset[tuple[str, bool]]:
    """Return each string of the code that names a text: the key, or a family's beginning and True."""
    return frozenset(chain.from_iterable(map(strings_of, (ROOT / "bot").rglob("*.py"))))


def strings_of(file: Path) -> Iterator[tuple[str, bool]]:
    text = file.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text))) if BEGINNING.search(text) else []
    beginnings = {
        node.values[0].value
        for node in nodes
        if isinstance(node, ast.JoinedStr) and len(node.values) > 1 and isinstance(node.values[0], ast.Constant)
    }
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            key = node.value
            if key in beginnings and re.fullmatch(r"[a-z_]+(\.[a-z_]+)*\.", key):
                yield key, True
            elif KEY.fullmatch(key) and key.split(".")[0] in SECTIONS:
                yield key, False


def used_keys() -> set[str]:
    return {key for key, is_family in strings() if not is_family}


def families() -> set[str]:
    return {key for key, is_family in strings() if is_family and key.split(".")[0] in SECTIONS}


def test_there_is_arabic_and_another_language() -> None:
    assert "ar" in TEXTS
    assert len(TEXTS) > 1


@pytest.mark.parametrize("language", TEXTS)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert TEXTS[language].entries.keys() == ARABIC.entries.keys()
    assert TEXTS[language].plurals.keys() == ARABIC.plurals.keys()


@pytest.mark.parametrize("language", TEXTS)
def test_every_language_has_the_same_placeholders(language: str) -> None:
    for key, text in TEXTS[language].entries.items():
        assert placeholders(text) == placeholders(ARABIC.entries[key]), key
    for key, forms in TEXTS[language].plurals.items():
        # One and two of a thing go without a number.
        needed = placeholders(ARABIC.plurals[key]["other"]) | {"count"}
        assert all(needed - {"count"} <= placeholders(form) <= needed for form in forms.values()), key


@pytest.mark.parametrize("language", TEXTS)
def test_what_depends_on_a_number_has_every_form_of_the_language(language: str) -> None:
    forms = {Locale.parse(language).plural_form(count) for count in range(1000)}
    for key, texts in TEXTS[language].plurals.items():
        assert texts.keys() == forms, key
        assert all(texts.values()), key


@pytest.mark.parametrize(("count", "written"), [(0, "لا"), (1, "1"), (2, "2"), (5, "3-10"), (12, "12"), (100, "مئة")])
def test_a_number_chooses_the_form(count: int, written: str) -> None:
    forms = {"zero": "لا", "one": "1", "two": "2", "few": "3-10", "many": "{count}", "other": "مئة"}
    assert Texts("ar", {}, {"a": forms})("a", count=count) == written


def test_numbers_dates_and_lengths_of_time_are_written_as_the_language_does() -> None:
    assert [TEXTS[language].day(date(2026, 11, 24)) for language in ("ar", "en", "fr")] == [
        "24 نوفمبر 2026",
        "November 24, 2026",
        "24 novembre 2026",
    ]
    assert [TEXTS["fr"].day(date(2011, 1, day)) for day in (1, 2, 11, 31)] == [
        *("1er janvier 2011", "2 janvier 2011", "11 janvier 2011", "31 janvier 2011"),
    ]
    assert TEXTS["fr"].day_month_or_year("2011-01") == "janvier 2011"
    assert [TEXTS[language].duration(timedelta(hours=50)) for language in ("ar", "en")] == ["يومان", "2 days"]
    assert [ARABIC.duration(timedelta(seconds=seconds)) for seconds in (-5, 0, 2, 120)] == [
        *("ثانية", "ثانية", "ثانيتان", "دقيقتان"),
    ]
    assert Texts("en", {"a": "{n} {name}"})("a", n=12345, name="12345") == "12,345 12345"
    assert [Texts("fr", {"a": "{n}"})("a", n=n) for n in (0, 999, 1000, -1)] == ["0", "999", "1\u202f000", "-1"]


@pytest.mark.parametrize(
    ("days", "written"),
    [
        *((days, (None, None, None)) for days in (-3, 0, 1)),
        (2, ("قبل يومين", "2 days ago", "il y a 2 jours")),
        (13, ("قبل أسبوع", "1 week ago", "il y a 1 semaine")),
        (89, ("قبل شهرين", "2 months ago", "il y a 2 mois")),
        (364, ("قبل 11 شهرًا", "11 months ago", "il y a 11 mois")),
        (729, ("قبل سنة", "1 year ago", "il y a 1 an")),
    ],
)
def test_an_age_is_said_in_the_largest_units_that_are_whole(days: int, written: tuple[str | None, ...]) -> None:
    today = date(2026, 11, 30)
    day = today - timedelta(days=days)
    assert tuple(TEXTS[language].age(day, today) for language in ("ar", "en", "fr")) == written


@pytest.mark.parametrize(
    ("months", "names"),
    [
        ("egypt", ["1 يناير 2026", "1 أبريل 2026", "1 أغسطس 2026"]),
        ("levant", ["1 كانون الثاني 2026", "1 نيسان 2026", "1 آب 2026"]),
        ("maghreb", ["1 جانفي 2026", "1 أفريل 2026", "1 أوت 2026"]),
        ("morocco", ["1 يناير 2026", "1 أبريل 2026", "1 غشت 2026"]),
    ],
)
def test_arabic_months_have_the_names_of_a_region(months: str, names: list[str]) -> None:
    texts = Texts.read_all(CONFIG / "texts", "ar", months)
    days = [date(2026, month, 1) for month in (1, 4, 8)]
    assert [texts.day(day) for day in days] == names
    assert [texts.month(day) for day in days] == [name.removeprefix("1 ") for name in names]
    assert [texts.in_language("en").day(days[0]), texts.in_language("fr").month(days[0])] == [
        "January 1, 2026",
        "janvier 2026",
    ]


@pytest.mark.parametrize("language", TEXTS)
def test_no_text_is_empty_or_has_a_nameless_placeholder(language: str) -> None:
    for key, text in TEXTS[language].entries.items():
        assert text.strip(), key
        assert "" not in placeholders(text), key


def test_every_key_that_the_code_names_exists() -> None:
    assert set() == used_keys() - KEYS


def test_every_family_that_the_code_puts_together_exists() -> None:
    assert {"refusal.", "rejection.", "settings."} <= families()
    assert {family for family in families() if not any(key.startswith(family) for key in KEYS)} == set()


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("refusal", {reason.value for reason in Reason}),
        ("rejection", {reason.value for reason in RejectionReason}),
        ("fetch", {reason.value for reason in FetchReason}),
        ("feed.page", {reason.value for reason in EntryReason}),
        ("records.fault", set(Fault)),
        ("suspicion", {suspicion.value for suspicion in QualityWarning}),
        ("settings", set(required_forms().values())),
        ("console", {"fetching", "reading", "indexing", "publishing", "checking"}),
        ("gate", {"empty", "shrunk", "selftest", "golden", "golden_file", "golden_twice"}),
        ("asks", {*AnswerType, "nothing"}),
        ("mode", set(Mode)),
        # That of a timeline depends on how many quotes there are.
        ("statement", set(Statement) - {Statement.TIMELINE}),
        ("decision", set(Verdict)),
        ("objection", set(Requirement)),
        ("lacking", set(Requirement) - {Requirement.VALUE} | LACKED),
    ],
    ids=[
        "refusal",
        "rejection",
        "fetch",
        "feed.page",
        "records.fault",
        "suspicion",
        "settings",
        "console",
        "gate",
        "asks",
        "mode",
        "statement",
        "decision",
        "objection",
        "lacking",
    ],
)
def test_every_member_of_a_family_has_a_text(family: str, members: set[str]) -> None:
    assert {f"{family}.{member}" for member in members} <= ARABIC.entries.keys()


def test_every_reason_of_a_family_is_one() -> None:
    reasons = {f"refusal.{reason.value}" for reason in Reason} | {
        f"rejection.{reason.value}" for reason in RejectionReason
    }
    texts = {key for key in ARABIC.entries if key.startswith(("refusal.", "rejection."))}
    assert texts - reasons - used_keys() == set()


def test_every_text_is_used() -> None:
    beginnings = tuple(families())
    unused = {key for key in KEYS - used_keys() if not key.startswith(beginnings)}
    assert unused == set()


def write(directory: Path, name: str, text: str) -> Path:
    file = directory / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_texts_of_a_language_come_from_all_its_files(tmp_path: Path) -> None:
    write(tmp_path, "ar/one.toml", '[a]\nb = "  نصّ {word}  "\n[a.c]\nd = "عميق"\n')
    write(tmp_path, "ar/two.toml", 'e = "آخر"\n')
    texts = Texts.read(tmp_path, "ar")
    assert texts.language == "ar"
    assert (texts("a.b", word="{حرفي}"), texts("a.c.d"), texts("e")) == ("نصّ {حرفي}", "عميق", "آخر")


@pytest.mark.parametrize("text", ["a = ", "a = 1", "[a]\nb = [1]", "\ufeff[", 'a = "x"\na = "y"'], ids=ascii)
def test_a_mistake_in_a_file_names_the_file(tmp_path: Path, text: str) -> None:
    write(tmp_path, "ar/good.toml", 'x = "y"')
    write(tmp_path, "ar/wrong.toml", text)
    with pytest.raises(ValueError, match=r"wrong\.toml"):
        Texts.read(tmp_path, "ar")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    write(tmp_path, "ar/wrong.toml", "").write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match=r"wrong\.toml"):
        Texts.read(tmp_path, "ar")


def test_a_language_without_texts_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xx"):
        Texts.read(tmp_path, "xx")


def test_the_texts_of_all_languages_are_read_together(tmp_path: Path) -> None:
    for language in ("ar", "en", "fr"):
        write(tmp_path, f"{language}/a.toml", f'a = "{language}"')
    texts = Texts.read_all(tmp_path, "en")
    assert texts("a") == "en"
    assert [own("a") for own in texts.in_each_language] == ["en", "ar", "fr"]
    assert [texts.in_language(tag)("a") for tag in ("fr", "ar", "en", "es", "", None)] == ["fr", "ar", *["en"] * 4]


def test_texts_that_are_read_alone_are_those_of_each_language(tmp_path: Path) -> None:
    write(tmp_path, "ar/a.toml", 'a = "ar"')
    write(tmp_path, "en/a.toml", "a =")
    texts = Texts.read(tmp_path, "ar")
    assert texts.in_each_language == (texts,)
    assert texts.in_language("en") is texts


def test_no_line_ends_between_a_french_word_and_its_mark(tmp_path: Path) -> None:
    for language in ("en", "fr"):
        write(tmp_path, f"{language}/a.toml", 'a = "« {x} » : à 10:30 ! a ; b ?"')
    assert Texts.read(tmp_path, "fr")("a", x="x y ?") == "«\u00a0x y ?\u00a0»\u00a0: à 10:30\u00a0! a\u00a0; b\u00a0?"
    assert Texts.read(tmp_path, "en")("a", x="x y ?") == "« x y ? » : à 10:30 ! a ; b ?"


def test_a_mistake_in_the_texts_of_any_language_names_the_file(tmp_path: Path) -> None:
    write(tmp_path, "ar/a.toml", 'a = "ar"')
    write(tmp_path, "en/a.toml", "a =")
    with pytest.raises(ValueError, match=re.escape(str(tmp_path / "en" / "a.toml"))):
        Texts.read_all(tmp_path, "ar")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        ARABIC("no.such.key")


def test_languages_are_the_folders(tmp_path: Path) -> None:
    write(tmp_path, "en/a.toml", "")
    write(tmp_path, "ar/a.toml", "")
    write(tmp_path, "readme.txt", "")
    assert languages(tmp_path) == ["ar", "en"]
