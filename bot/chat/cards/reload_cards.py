"""The outcome of a reload, or its failure, as a card for moderators, and the line that says who did what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from bot.articles.sources import SourceError
from bot.chat.cards.card import REFUSAL, Card
from bot.chat.cards.card_text import inline, inline_value
from bot.chat.cards.change_lists import change_blocks, change_file, rejection_blocks
from bot.chat.cards.progress_card import Step, step_text
from bot.chat.reply_error import ReplyError
from bot.edition import (
    BuildError,
    BuildTimeoutError,
    EmptyCorpusError,
    GateError,
    NothingBeforeError,
    ReloadCancelledError,
    ReloadRunningError,
    Report,
    Running,
)
from bot.texts import Texts, gate_text

_FINGERPRINT, _VERSION, _VALUE = 16, 80, 200

ReloadOutcome: TypeAlias = Report | Exception


def report_card(report: Report, texts: Texts, key: str = "reload.done") -> Card:
    """Report what a reload did, and all of what changed as a file where the card has no room for it."""
    outcome = texts("reload.unchanged" if report.unchanged else key)
    return Card(
        (outcome, "\n".join(_facts(report, texts)), *change_blocks(report.changes, texts)),
        attachment=change_file(report.changes, texts),
    )


def failure_card(error: Exception, reference: str, texts: Texts) -> Card:
    """Say why a reload came to nothing."""
    rejections = error.rejections if isinstance(error, EmptyCorpusError) else ()
    blocks = [failure_text(error, reference, texts)]
    if not isinstance(error, NothingBeforeError):
        blocks.append(texts("reload.kept"))
    return Card((*blocks, *rejection_blocks(rejections, texts)), REFUSAL)


def failure_text(error: Exception, reference: str, texts: Texts) -> str:
    """Say in a few sentences what failed; `reference` is where the log says more."""
    key, values = "reload.failed", dict[str, object](reference=reference)
    match error:
        case GateError():
            return gate_text(error, texts, partial(inline_value, language=texts.language))
        case SourceError():
            key, values = error.key, _fitted(error.values, texts)
        case NothingBeforeError():
            key, values = "rollback.nothing", {}
        case ReloadCancelledError():
            key, values = "reload.cancelled", {"who": actor_name(error.by, texts)}
        case BuildTimeoutError():
            key, values = "reload.build_timeout", {"seconds": error.seconds}
        case BuildError():
            key = "reload.not_built"
    return texts(key, **values)


def running_error(error: ReloadRunningError, now: datetime, texts: Texts) -> ReplyError:
    """Say of a reload that runs who began it, how long ago, and how far it is."""
    return ReplyError("reload.running", **_running(error, now, texts))


def running_text(running: Running, now: datetime, texts: Texts) -> str:
    """Say the same to who did not ask for another one."""
    return texts("status.running", **_running(running, now, texts))


def audit_line(outcome: ReloadOutcome, by: str | None, reference: str, texts: Texts, *, is_rollback: bool) -> str:
    """Say who reloaded or went back, and what came of it."""
    action = texts("audit.rollback" if is_rollback else "audit.reload", who=actor_name(by, texts))
    if isinstance(outcome, Report):
        return f"{action}\n{reload_summary(outcome, texts)}"
    return f"{action}\n{failure_text(outcome, reference, texts)}"


def reload_summary(report: Report, texts: Texts) -> str:
    """Say in a line what a reload did."""
    if report.unchanged:
        return texts("reload.held_back" if report.held_back else "reload.unchanged")
    changes = report.changes
    return texts(
        "audit.changed",
        added=len(changes.added),
        changed=len(changes.changed),
        removed=len(changes.removed),
        rejected=len(changes.rejections),
        fingerprint=_short(report.after, texts),
    )


def actor_name(by: str | None, texts: Texts) -> str:
    """Name who began a reload: a moderator, or the bot of itself."""
    return texts("audit.itself") if by is None else f"\u2068{by}\u2069"


def _running(running: Running | ReloadRunningError, now: datetime, texts: Texts) -> dict[str, Any]:
    return {
        "who": actor_name(running.by, texts),
        "duration": texts.duration(now - running.since),
        "step": step_text(Step(running.stage, running.done, running.total), texts),
    }


def _facts(report: Report, texts: Texts) -> list[str]:
    facts = [
        texts("status.passages", count=report.passages),
        texts("reload.folded", count=report.folded) if report.folded else "",
        texts("rollback.held") if report.is_rollback else "",
        # Where nothing was built, that took no time.
        "" if report.is_rollback or report.unchanged else texts("reload.seconds", seconds=f"{report.seconds:.1f}"),
        texts("reload.golden", count=report.golden.passed) if report.golden else "",
        _fingerprints(report, texts),
        texts("reload.version", version=inline(report.version, _VERSION, texts.language)) if report.version else "",
    ]
    return [fact for fact in facts if fact]


def _fingerprints(report: Report, texts: Texts) -> str:
    after = texts("status.fingerprint", fingerprint=_short(report.after, texts))
    if report.before is None or report.before == report.after:
        return after
    return f"{after}\n{texts('reload.before', fingerprint=_short(report.before, texts))}"


def _short(fingerprint: str, texts: Texts) -> str:
    return inline(fingerprint[:_FINGERPRINT], _FINGERPRINT + 2, texts.language)


def _fitted(values: Mapping[str, object], texts: Texts) -> dict[str, object]:
    """Fit what comes from outside into lines of ours; numbers are our own."""
    return {
        key: value if isinstance(value, int) else inline_value(value, _VALUE, texts.language)
        for key, value in values.items()
    }


@dataclass(frozen=True, slots=True)
class ReloadFailure:
    """A reload that came to nothing, and why."""

    words: str
    by: str | None
    at: datetime
