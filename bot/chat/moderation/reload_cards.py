"""The progress and the outcome of a reload as cards for moderators, and the outcome as a line for the audit."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from bot.arabic import FIRST_STRONG_ISOLATE, POP_ISOLATE
from bot.articles.sources import SourceProblem
from bot.chat.cards.card import REFUSAL, Card, notice
from bot.chat.cards.card_text import inline, inline_value
from bot.chat.cards.quote_text import fit_list
from bot.chat.chat_errors import ReplyError, new_reference
from bot.chat.moderation.change_lists import change_blocks, change_file, problem_blocks, rejection_blocks
from bot.edition import (
    BuildError,
    BuildTimeoutError,
    Changes,
    EarlierEdition,
    EditionFigures,
    EmptyCorpusError,
    HeldBack,
    Hold,
    NothingBeforeError,
    NothingPublishedError,
    ReloadCancelledError,
    Reloaded,
    ReloadOutcome,
    ReloadRunningError,
    Resumed,
    RolledBack,
    Running,
    Unchanged,
)
from bot.errors import TextError
from bot.retrieval import ServedElsewhereError
from bot.texts import Texts, error_text

_FINGERPRINT, _VERSION, _TITLE = 16, 80, 200
STAGES = ("fetching", "reading", "indexing", "publishing", "checking")
_PUBLISHING = "publishing"
_BAR = 12
_TOLD, _KEPT = 2000, 1200

# After these the coverage is not as it was, or that is said already.
_CHANGED = (NothingBeforeError, ServedElsewhereError, NothingPublishedError)

ReloadResult: TypeAlias = ReloadOutcome | Exception


@dataclass(frozen=True, slots=True)
class AuditedWork:
    """What was done by whom (None: the bot itself), by its key in the audit, and to the article of which title.

    A `forced` reload was to accept any shrinking, one without `fetches` to change no other article, and what was
    `followed` another process did; `reference` is the number in the log of what went wrong.
    """

    by: str | None = None
    kind: str = "reload"
    title: str = ""
    fetches: bool = True
    reference: str = field(default_factory=new_reference)


def reload_card(outcome: ReloadOutcome, texts: Texts) -> Card:
    """Lay out the outcome of a reload, with a file of all changes where the card has no room for them."""
    facts = [texts("status.passages", count=outcome.serving.passages)]
    if folded := outcome.serving.folded:
        facts.append(texts("reload.folded", count=folded))
    before, changes = None, Changes()
    match outcome:
        case Reloaded():
            key = "reload.taken_over" if outcome.is_followed else "reload.done"
            before, changes = outcome.before, outcome.changes
            if not outcome.is_followed:
                facts.append(texts("reload.seconds", seconds=f"{outcome.seconds:.1f}"))
        case RolledBack():
            key, before, changes = "rollback.done", outcome.before, outcome.changes
            facts.append(texts(f"rollback.{outcome.hold}"))
        case Unchanged():
            # Nothing was built, and that took no time.
            key, changes = "reload.unchanged", Changes(rejections=outcome.rejections)
        case HeldBack() | Resumed():
            key = "reload.unchanged"
    if outcome.is_followed:
        facts.append(texts("reload.followed"))
    facts += _serving(outcome.serving, before, texts)
    blocks = (texts(key), "\n".join(facts), *change_blocks(changes, texts), *problem_blocks(outcome.problems, texts))
    return Card(blocks, attachment=change_file(changes, texts))


def failure_card(error: Exception, work: AuditedWork, texts: Texts) -> Card:
    """Lay out why a reload or rollback failed."""
    rejections = error.rejections if isinstance(error, EmptyCorpusError) else ()
    blocks = [failure_text(error, work.reference, texts)]
    if not isinstance(error, _CHANGED):
        blocks.append(texts("reload.kept"))
    key = "rollback.failed_title" if work.kind == "rollback" else "reload.failed_title"
    title = texts(key) if not isinstance(error, NothingBeforeError | ReloadCancelledError) else None
    return Card((*blocks, *rejection_blocks(rejections, texts)), REFUSAL, title=title)


def failure_text(error: Exception, reference: str, texts: Texts) -> str:
    """Describe a failure; `reference` is its number in the log."""
    key, values = "reload.failed", dict[str, object](reference=reference)
    match error:
        case TextError():
            return error_text(error, texts, partial(inline_value, language=texts.language))
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
    """Return the error for a second reload: who began the running one, when, and its progress."""
    return ReplyError("reload.running", **_running(error.running, now, texts))


def running_text(running: Running, now: datetime, texts: Texts) -> str:
    """Describe the running reload for the status."""
    lines = [texts("status.running", **_running(running, now, texts))]
    return "\n".join([*lines, texts("status.overdue")] if running.is_overdue else lines)


def audit_line(outcome: ReloadResult, work: AuditedWork, texts: Texts) -> str:
    """Name who reloaded or rolled back, whether that was forced, the outcome, and what serves where it failed."""
    title = inline(work.title, _TITLE, texts.language)
    if isinstance(outcome, Exception):
        failed = texts(f"audit.{work.kind}_failed", who=actor_name(work.by, texts), title=title)
        serving = () if isinstance(outcome, _CHANGED) else (texts("reload.kept"),)
        return "\n".join((failed, failure_text(outcome, work.reference, texts), *serving))
    done = texts(f"audit.{work.kind}", who=actor_name(work.by, texts), title=title)
    return f"{done}\n{reload_summary(outcome, texts)}"


def audit_card(line: str, changes: Changes | None, problems: Sequence[SourceProblem], texts: Texts) -> Card:
    """Lay out the line of a reload above what it changed and what is wrong with the source, with a file of the rest."""
    changes = changes or Changes()
    blocks = (line, *change_blocks(changes, texts), *problem_blocks(problems, texts))
    return replace(notice(line), blocks=blocks, attachment=change_file(changes, texts))


def reload_summary(outcome: ReloadOutcome, texts: Texts) -> str:
    """Sum a reload up in a line."""
    match outcome:
        case HeldBack():
            return texts("reload.held_back" if outcome.hold is not Hold.ALL else "rollback.held_all")
        case Unchanged() | Resumed():
            return texts("reload.unchanged")
        case Reloaded() | RolledBack():
            changes = outcome.changes
            return texts(
                "audit.changed",
                added=len(changes.added),
                changed=len(changes.changed),
                removed=len(changes.removed),
                rejected=len(changes.rejections),
                fingerprint=_short(outcome.serving.fingerprint, texts),
            )


def history_card(
    told: Sequence[tuple[datetime, str]], earlier: Sequence[EarlierEdition], texts: Texts, *, is_shared: bool = False
) -> Card:
    """List what was told since the start, and the editions that a rollback may choose, the newest first.

    None may be chosen where editions are shared.
    """
    lines = [f"**{moment(at, texts)}**\n{line}" for at, line in reversed(told)]
    kept = [f"- {edition_line(one, texts)}" for one in earlier]
    changes = fit_list(lines, texts, _TOLD) if lines else texts("history.nothing")
    none = texts("rollback.only_before" if is_shared else "rollback.nothing")
    choices = f"{texts('history.earlier')}\n{fit_list(kept, texts, _KEPT)}" if kept else none
    return Card((f"{texts('history.since')}\n{changes}", choices), title=texts("history.title"))


def edition_line(one: EarlierEdition, texts: Texts) -> str:
    """Name an edition that a rollback may choose: since when it served, and what it brought."""
    counts = {name: getattr(one, name) for name in ("articles", "added", "changed", "removed")}
    return texts("rollback.choice", when=moment(one.at, texts), **counts)


def moment(at: datetime, texts: Texts) -> str:
    """Write a time in UTC."""
    return texts("status.moment", date=texts.day(at.date()), time=f"{at:%H:%M}")


def actor_name(by: str | None, texts: Texts) -> str:
    """Name who began a reload: a moderator, or the bot itself."""
    return texts("audit.itself") if by is None else f"{FIRST_STRONG_ISOLATE}{by}{POP_ISOLATE}"


def _running(running: Running, now: datetime, texts: Texts) -> dict[str, Any]:
    return {
        "who": actor_name(running.by, texts),
        "duration": texts.duration(now - running.since),
        "step": step_text(running, texts),
    }


def _serving(serving: EditionFigures, before: str | None, texts: Texts) -> list[str]:
    """Say how the edition that serves was tested, its fingerprint, the fingerprint `before`, and its version."""
    lines = [texts(**serving.golden.words)] if serving.golden else []
    lines.append(texts("status.fingerprint", fingerprint=_short(serving.fingerprint, texts)))
    if before not in {None, serving.fingerprint}:
        lines.append(texts("reload.before", fingerprint=_short(before, texts)))
    if serving.version:
        lines.append(texts("reload.version", version=inline(serving.version, _VERSION, texts.language)))
    return lines


def _short(fingerprint: str, texts: Texts) -> str:
    return inline(fingerprint[:_FINGERPRINT], _FINGERPRINT + 2, texts.language)


@dataclass(frozen=True, slots=True)
class ReloadFailure:
    """A failed reload: its description, who began it, and when."""

    words: str
    by: str | None
    at: datetime


def percent_done(running: Running) -> int | None:
    """Return the share of the stage that is done, 0 to 100; None where the total is unknown."""
    return min(100, max(0, 100 * running.done // running.total)) if running.total > 0 else None


def progress_card(running: Running, texts: Texts, *, publishes: bool) -> Card:
    """Show each stage as done, running with a bar, or pending; one is to publish, on a cluster."""
    stages = [stage for stage in STAGES if publishes or stage != _PUBLISHING]
    place = stages.index(running.stage) if running.stage in stages else len(stages)
    bars = [100] * place + [percent_done(running)] + [0] * len(stages)

    def line(stage: str, percent: int | None) -> str:
        if percent is None:
            return texts("progress.open", stage=texts(f"stage.{stage}"))
        full = round(_BAR * percent / 100)
        bar = "▰" * full + "▱" * (_BAR - full)
        return texts("progress.line", stage=texts(f"stage.{stage}"), bar=bar, percent=percent)

    return notice("\n".join(map(line, stages, bars)), texts("progress.title"))


def step_text(running: Running, texts: Texts) -> str:
    """Name the running stage with its percentage."""
    stage = texts(f"stage.{running.stage}" if running.stage in STAGES else "stage.begun")
    percent = percent_done(running)
    return stage if percent is None else texts("progress.step", stage=stage, percent=percent)
