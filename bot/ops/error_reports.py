"""Reports of unexpected errors to Sentry, without a word of what members wrote.

Messages, local variables, arguments and requests may hold it, and so nothing of them is looked at: of an error in the
log, its logger, level and types are sent, and the functions, files and lines that it went through.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot import __version__
from bot.ops.rate_limits import Buckets

if TYPE_CHECKING:
    from sentry_sdk.types import Event

# The same error at most so often a minute, as in the log; and the number of different ones remembered for that.
_SAME_ERRORS, _DIFFERENT_ERRORS = 20, 1000
# Of errors that caused each other, and of the frames of one: an endless recursion has thousands.
_LONGEST_CHAIN, _MOST_FRAMES = 10, 100
_FIELDS = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment")
_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("site-packages", "dist-packages")


def report_errors(dsn: SecretStr | None) -> bool:
    """Send errors of the log to a Sentry project, if one is set; return False where the extra `sentry` is missing."""
    if dsn is None:
        return True
    if find_spec("sentry_sdk") is None:
        return False
    logging.getLogger().addHandler(ErrorReports(dsn.get_secret_value()))
    return True


class ErrorReports(logging.Handler):
    """Sends each error of the log that has a traceback, and nothing else."""

    def __init__(self, dsn: str, *, clock: Callable[[], float] = time.monotonic, **options: Any) -> None:
        """Connect to a project; `options` are further ones of the library, as for its transport."""
        # Measured: it takes 0.05 s and 4 MB, and most bots report no errors.
        from sentry_sdk import Client  # noqa: PLC0415

        # What `before_send` makes of an event is all that leaves; nothing else is gathered in the first place.
        self._client = Client(
            dsn,
            release=f"isnad@{__version__}",
            before_send=rebuilt,
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            send_client_reports=False,
            spotlight=False,
            shutdown_timeout=2.0,  # seconds, of a process that ends
            **options,
        )
        super().__init__(logging.ERROR)
        self._buckets = Buckets(_SAME_ERRORS, clock, _DIFFERENT_ERRORS)

    def emit(self, record: logging.LogRecord) -> None:
        """Send an error, unless the same was sent too often just now, or the library itself logs it."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None or record.name.startswith(("sentry_sdk", "urllib3")):
            return
        try:
            key = hash((record.name, record.lineno, type(error)))
            if not self._buckets.wait(key):
                self._buckets.take(key)
                self._client.capture_event(_event(record, error))
        except Exception:  # noqa: BLE001 (as every handler of the log does, which reports it on standard error)
            self.handleError(record)

    def close(self) -> None:
        """Send what waits to be sent."""
        self._client.close()
        super().close()


def rebuilt(event: "Event", _: Mapping[str, Any]) -> "Event":
    """Make an event anew of what may be sent; whatever the library added stays here."""
    known: dict[str, Any] = {field: event[field] for field in _FIELDS if field in event}  # type: ignore[literal-required]
    errors = [
        {
            "type": error["type"],
            "stacktrace": {
                "frames": [
                    {name: frame[name] for name in ("function", "filename", "lineno", "in_app")}
                    for frame in error["stacktrace"]["frames"]
                ]
            },
        }
        for error in event["exception"]["values"]
    ]
    return {**known, "exception": {"values": errors}}  # type: ignore[typeddict-item]


def _event(record: logging.LogRecord, error: BaseException) -> "Event":
    """Describe an error of the log, and those that caused it, the first of them first."""
    errors = [
        {"type": type(one).__name__, "stacktrace": {"frames": [*_frames(one.__traceback__)][-_MOST_FRAMES:]}}
        for one in _chain(error)
    ]
    return {
        "level": "fatal" if record.levelno >= logging.CRITICAL else "error",
        "logger": record.name,
        "exception": {"values": errors[::-1]},
    }


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    seen = set[int]()
    while error is not None and id(error) not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(traceback: TracebackType | None) -> Iterator[dict[str, Any]]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        name, is_ours = _shown_file(code.co_filename)
        yield {"function": code.co_name, "filename": name, "lineno": traceback.tb_lineno, "in_app": is_ours}
        traceback = traceback.tb_next


def _shown_file(name: str) -> tuple[str, bool]:
    """Return a file as it may be shown, without where it lies on this machine, and whether it is the bot's own."""
    path = Path(name)
    if path.is_relative_to(_ROOT / "bot"):
        return path.relative_to(_ROOT).as_posix(), True
    for place in (index for index, part in enumerate(path.parts) if part in _PACKAGES):
        return Path(*path.parts[place + 1 :]).as_posix(), False
    return path.name, False
