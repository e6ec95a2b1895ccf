"""Every sentence that a person reads, by key and language, from `config/texts/<language>/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Texts:
    """The reply texts of one language: `texts("refusal.off_topic", subject=…)`."""

    language: str
    entries: Mapping[str, str]

    @classmethod
    def read(cls, directory: Path, language: str) -> "Texts":
        """Read a language's texts; raise ValueError where a file is missing or malformed."""
        files = sorted((directory / language).glob("*.toml"))
        if not files:
            raise ValueError(f"{directory / language}: no reply texts for the language {language!r}")
        entries: dict[str, str] = {}
        for file in files:
            try:
                entries |= _flatten(tomllib.loads(file.read_text(encoding="utf-8")))
            except (OSError, ValueError) as error:
                raise ValueError(f"{file}: {error}") from error
        return cls(language, entries)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with its `{placeholders}` filled."""
        return self.entries[key].format(**values)


def languages(directory: Path) -> list[str]:
    """List the languages that have reply texts."""
    return sorted(entry.name for entry in directory.iterdir() if entry.is_dir())


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            entries |= _flatten(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            entries[prefix + name] = value.strip()
        else:
            raise ValueError(f"{prefix}{name} is not a text")  # noqa: TRY004 (a mistake in a file, not a type)
    return entries
