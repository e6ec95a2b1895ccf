"""The catalogue of reply texts by key and language, read from `config/texts/<language>/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_timedelta, get_date_format
from babel.numbers import format_decimal

from bot.ops.typography import with_blanks
from bot.storage import Memory

# Locales with the names that Arabic months have in a region: «أبريل», «نيسان», «أفريل»; Morocco alone has «غشت».
_MONTHS = {"egypt": "ar", "levant": "ar_LB", "maghreb": "ar_TN", "morocco": "ar_MA"}
# Languages that count the first day of a month in another way than the others.
_FIRST_DAYS = {"fr": "1er"}
_ARABIC, _OTHER = "ar", "other"
_GROUPED = 1000
# Days of a year, a month, a week and a day, as babel counts them, and as many of each as are not one of the next.
_UNITS = ((365, 10_000), (30, 11), (7, 4), (1, 6))
# Nothing takes "0 seconds".
_SHORTEST = timedelta(seconds=1)


@dataclass(frozen=True)
class Texts:
    """The reply texts of one language: `texts("refusal.off_topic", subject=…)`.

    A text that depends on a number is a table of the language's plural forms (`one`, `two`, `few`, `many`, `other`);
    its `count` chooses among them.
    """

    language: str
    entries: Mapping[str, str]
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    others: Mapping[str, "Texts"] = field(default_factory=dict, repr=False)
    """Those of other languages, by the language."""
    months: str = "egypt"
    """The region whose names of months Arabic texts have."""

    @classmethod
    def read_all(cls, directory: Path, language: str, months: str = "egypt") -> "Texts":
        """Read a language's texts, with those of all others; raise ValueError where a file is missing or malformed."""
        others = {other: cls.read(directory, other, months) for other in languages(directory) if other != language}
        return replace(cls.read(directory, language, months), others=others)

    @classmethod
    def read(cls, directory: Path, language: str, months: str = "egypt") -> "Texts":
        """Read a language's texts; raise ValueError where a file is missing or malformed."""
        files = sorted((directory / language).glob("*.toml"))
        if not files:
            raise ValueError(f"{directory / language}: no reply texts for the language {language!r}")
        entries: dict[str, str] = {}
        plurals: dict[str, Mapping[str, str]] = {}
        for file in files:
            try:
                _collect(tomllib.loads(with_blanks(file.read_text(encoding="utf-8"), language)), entries, plurals)
            except (OSError, ValueError) as error:
                raise ValueError(f"{file}: {error}") from error
        return cls(language, entries, plurals, months=months)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with its `{placeholders}` filled, numbers as the language writes them."""
        if (text := self.entries.get(key)) is None:
            forms, count = self.plurals[key], values["count"]
            form = self._locale.plural_form(count if isinstance(count, int) else 0)
            text = forms.get(form, forms[_OTHER])
        written = {name: self._number(value) if isinstance(value, int) else value for name, value in values.items()}
        return text.format(**written)

    def in_language(self, language: str | None) -> "Texts":
        """Return the texts of another language, these where that has none."""
        return self.others.get(language or "", self)

    @property
    def in_each_language(self) -> "tuple[Texts, ...]":
        """These texts, then those of the other languages."""
        return (self, *self.others.values())

    def day(self, value: date) -> str:
        """Format a date."""
        day = _FIRST_DAYS.get(self.language, 1) if value.day == 1 else value.day
        return self._day_form % {"d": day, "MMMM": self._month_names[value.month], "y": value.year}

    def month(self, value: date) -> str:
        """Format the month and year of a date."""
        form = self._locale.datetime_skeletons["yMMMM"].format
        return str(form % {"MMMM": self._month_names[value.month], "y": value.year})

    def day_month_or_year(self, value: str) -> str:
        """Format a day, a month or a year that is written as ISO 8601 does."""
        match value.count("-"):
            case 0:
                return value
            case 1:
                return self.month(date.fromisoformat(f"{value}-01"))
            case _:
                return self.day(date.fromisoformat(value))

    def language_name(self, code: str) -> str | None:
        """Name a language by its code, None where there is no such language."""
        named: str | None = self._locale.languages.get(code.lower().partition("-")[0])
        return named

    def duration(self, value: timedelta) -> str:
        """Format a duration, rounded to its largest unit, at least a second."""
        return format_timedelta(max(value, _SHORTEST), locale=self._locale, threshold=1)

    def age(self, day: date, today: date) -> str | None:
        """Say how many years, months, weeks or days ago a day was, the largest that are whole; None up to a day ago."""
        days = (today - day).days
        if days <= 1:
            return None
        unit, most = next((unit, most) for unit, most in _UNITS if days >= unit)
        return self._ages[min(days // unit, most) * unit]

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    def _number(self, value: int) -> str:
        # No language parts three digits.
        return f"{value:d}" if 0 <= value < _GROUPED else format_decimal(value, locale=self._locale)

    @cached_property
    def _day_form(self) -> str:
        return str(get_date_format("long", locale=self._locale).format)

    @cached_property
    def _month_names(self) -> Mapping[int, str]:
        """The name of each month, in Arabic that of a region."""
        locale = Locale.parse(_MONTHS[self.months]) if self.language == _ARABIC else self._locale
        names: Mapping[int, str] = locale.months["format"]["wide"]
        return names

    @cached_property
    def _ages(self) -> Memory[int, str]:
        """The age of so many days."""
        locale = self._locale

        def write(days: int) -> str:
            written = format_timedelta(-timedelta(days=days), threshold=1, add_direction=True, locale=locale)
            # In Arabic «قبل سنة» says one by itself.
            return written.removesuffix(" واحدة").removesuffix(" واحد")

        return Memory(write)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A result of `check`: the key of its text with the values to fill in, and whether somebody has to act on it."""

    key: str
    is_problem: bool = False
    values: Mapping[str, object] = field(default_factory=dict)


def languages(directory: Path) -> list[str]:
    """List the languages that have reply texts."""
    return sorted(entry.name for entry in directory.iterdir() if entry.is_dir())


def _collect(
    table: Mapping[str, Any], entries: dict[str, str], plurals: dict[str, Mapping[str, str]], prefix: str = ""
) -> None:
    """Collect the texts of a table, plural forms apart."""
    for name, value in table.items():
        if isinstance(value, dict) and _OTHER in value:
            plurals[prefix + name] = {form: text.strip() for form, text in value.items()}
        elif isinstance(value, dict):
            _collect(value, entries, plurals, f"{prefix}{name}.")
        elif isinstance(value, str):
            entries[prefix + name] = value.strip()
        else:
            raise ValueError(f"{prefix}{name} is not a text")
