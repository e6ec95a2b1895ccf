"""What is sent to Sentry: where an error happened, and never a word that somebody wrote."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from bot.ops.error_reports import ErrorReports, report_errors
from tests.ops.clock import Clock

DSN = "https://key-of-the-project@sentry.invalid/7"
LOGGER = logging.getLogger("tests.error_reports")
# Letters and digits that a report has of its own would be found in it by chance.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30).map(
    lambda words: f"«{words}»"
)
IDS = st.integers(10**17, 2**64)


class Kept(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.envelopes: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)

    @property
    def events(self) -> list[dict[str, Any]]:
        found = [envelope.get_event() for envelope in self.envelopes]
        return [json.loads(json.dumps(event)) for event in found if event is not None]

    @property
    def sent(self) -> str:
        """All that would be sent, with its letters as they are."""
        lines = b"\n".join(envelope.serialize() for envelope in self.envelopes).splitlines()
        return "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in lines)


@pytest.fixture(scope="module")
def kept() -> Kept:
    return Kept()


@pytest.fixture(scope="module")
def _reporting(kept: Kept) -> Iterator[None]:
    handler = ErrorReports(DSN, transport=kept, clock=lambda: next(_TIMES))
    LOGGER.addHandler(handler)
    LOGGER.propagate = False
    yield
    LOGGER.removeHandler(handler)
    LOGGER.propagate = True
    handler.close()


def minutes() -> Iterator[float]:
    now = 0.0
    while True:
        yield (now := now + 60)


_TIMES = minutes()


def fail(question: str, member: int, token: str) -> None:
    asked = {"question": question, "member": member}
    try:
        asked[question + token]
    except KeyError as error:
        raise ValueError(f"{token}: {asked}") from error


@pytest.mark.usefixtures("_reporting")
@given(question=WORDS, member=IDS, token=WORDS)
def test_no_word_no_id_and_no_token_leaves(kept: Kept, question: str, member: int, token: str) -> None:
    kept.envelopes.clear()
    try:
        fail(question, member, token)
    except ValueError:
        LOGGER.exception("No answer to %s of %s", question, member, extra={"asked": question}, stack_info=True)
    [event] = kept.events
    assert [error["type"] for error in event["exception"]["values"]] == ["KeyError", "ValueError"]
    for secret in (question, str(member), token, json.dumps(question)[1:-1]):
        assert secret not in kept.sent
    assert "asked" not in kept.sent


@pytest.mark.usefixtures("_reporting")
def test_it_says_where_the_error_was_and_nothing_else(kept: Kept) -> None:
    kept.envelopes.clear()
    try:
        json.loads("{")
    except ValueError:
        LOGGER.exception("That is no JSON")
    [event] = kept.events
    assert event.keys() == {
        *("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "exception"),
    }
    assert (event["level"], event["logger"]) == ("error", LOGGER.name)
    [error] = event["exception"]["values"]
    assert error.keys() == {"type", "stacktrace"}
    assert error["type"] == "JSONDecodeError"
    frames = error["stacktrace"]["frames"]
    assert [frame["function"] for frame in frames][-1] == "raw_decode"
    assert all(frame.keys() == {"function", "filename", "lineno", "in_app"} for frame in frames)
    assert not any(frame["filename"].startswith("/") for frame in frames)


@pytest.mark.usefixtures("_reporting")
def test_lines_without_a_traceback_are_not_sent(kept: Kept) -> None:
    kept.envelopes.clear()
    LOGGER.error("Something of «what a member wrote»")
    LOGGER.critical("Something else")
    LOGGER.warning("It goes by itself", exc_info=ValueError())
    assert kept.envelopes == []


def test_the_same_error_is_sent_only_so_often() -> None:
    kept, clock = Kept(), Clock()
    handler = ErrorReports(DSN, transport=kept, clock=clock)
    error = ValueError("at every turn of a loop")
    for _ in range(500):
        handler.handle(logging.LogRecord("loop", logging.ERROR, "f.py", 1, "no", (), (ValueError, error, None)))
    assert 0 < len(kept.events) <= 20
    handler.close()


def test_without_an_address_nothing_is_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    before = logging.getLogger().handlers.copy()
    assert report_errors(None)
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    assert not report_errors(SecretStr(DSN))
    assert logging.getLogger().handlers == before


def test_with_one_errors_of_all_loggers_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", root.handlers.copy())
    assert report_errors(SecretStr(DSN))
    reports = root.handlers[-1]
    assert isinstance(reports, ErrorReports)
    reports.close()
