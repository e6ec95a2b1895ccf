"""Errors that several rooms know: the base of all that people read, and those of settings, files and sets."""

from collections.abc import Sequence
from dataclasses import dataclass


class TextError(Exception):
    """An error as the key of a reply text and the values of its placeholders.

    `texts.error_text` renders it in the language of the replies; as a string it is a line for the log, in no language.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(" ".join([key, *(f"{name}={value}" for name, value in values.items())]))
        self.key = key
        self.values = values


class SetError(TextError):
    """A set of questions is invalid; the values name the file, and the line at fault if there is one."""


class ConfigError(Exception):
    """A file of `config/` cannot be used; the message names the file, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A setting that cannot be used: the variable, the key of the text about its form, and the library's words."""

    variable: str
    key: str
    words: str


class SettingsError(Exception):
    """Settings that cannot be used, each with its mistake."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(f"{mistake.variable}: {mistake.words}" for mistake in mistakes))
        self.mistakes = tuple(mistakes)
