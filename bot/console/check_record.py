"""The JSON record of `check`: what a terminal would print, gathered for another program."""

from collections.abc import Sequence
from typing import Any

from bot.articles import Rejection
from bot.console.terminal import Terminal
from bot.texts import Texts, rejection_text


class CheckRecord(Terminal):
    """A terminal that prints nothing before its record is whole; docs/json.md describes that."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts)
        self._facts: dict[str, Any] = {"edition": None, "articles": 0, "passages": 0, "golden": None, "look_at": []}
        self._around: dict[str, Any] = {"sources": [], "folders": [], "cluster": None}
        self._findings: list[dict[str, str]] = []
        self._rejections: list[dict[str, Any]] = []

    @property
    def is_record(self) -> bool:
        """Say that facts are noted rather than told in lists."""
        return True

    def note(self, **facts: object) -> None:
        """Add facts to the record."""
        for name, value in facts.items():
            (self._around if name in self._around else self._facts)[name] = value

    def say(self, key: str, **values: object) -> None:
        """Add a text to the findings."""
        self._find("info", key, values)

    def warn(self, key: str, **values: object) -> None:
        """Add a warning to the findings."""
        self._find("warning", key, values)

    def warn_of_rejections(self, rejections: Sequence[Rejection], *, everything: bool = False) -> None:
        """Add rejected files, all of them."""
        del everything
        self._rejections += [
            {
                "path": rejection.path,
                "line": rejection.line,
                "reason": rejection.reason.value,
                "text": rejection_text(rejection, self.texts, lambda value, _: str(value)).rstrip(),
            }
            for rejection in rejections
        ]

    def finish(self, code: int) -> None:
        """Print the record with the exit code of the command."""
        found = {"findings": self._findings, "rejections": self._rejections}
        self.json({"code": code, **self._facts, **found, **self._around})

    def _find(self, level: str, key: str, values: dict[str, object]) -> None:
        self._findings.append({"level": level, "key": key, "text": self.texts(key, **values)})
