"""The status card for moderators: the current edition, its source, the last reload, the process."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.articles import ArticleStore, count_languages, count_months, count_outlets
from bot.articles.sources import SourceError, SourceProblem
from bot.chat.cards.card import Card
from bot.chat.cards.card_text import fit, inline, inline_value
from bot.chat.cards.source_lines import count_lines, outlet_name
from bot.chat.moderation.change_lists import problem_blocks, rejection_blocks
from bot.chat.moderation.reload_cards import (
    ReloadFailure,
    actor_name,
    failure_text,
    moment,
    reload_summary,
    running_text,
)
from bot.chat.news.news_cards import ill_blocks, stale_blocks
from bot.edition import (
    Edition,
    FailingSource,
    GateError,
    HeldBack,
    Hold,
    Reloaded,
    ReloadOutcome,
    Resumed,
    RolledBack,
    Running,
    StaleOutlet,
    Unchanged,
)
from bot.ops.search_watch import SearchState
from bot.records import RecordsState
from bot.records.member_rows import VoteTally
from bot.texts import Texts

_FEW = 5
_NAME, _SOURCE, _REASON = 80, 200, 400
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class BotStatus:
    """The state beside the edition; `memory` (resident bytes) by kind, `latency` in seconds.

    `tally` counts the votes that are kept, `votes` those of this process by kind, which are told while that is unknown.
    `news` says where what is new is posted, if anywhere; `search` is why a search server gives no answers; `cluster`
    names the one that what is built here is published on, if that is not the source; `removals` is how many articles
    moderators keep out, `hold` what a rollback does; `ill` are sources that fail for too long, `stale` outlets that are
    silent.
    """

    source: Path | str
    uptime: timedelta
    latency: float = math.inf
    source_error: SourceError | None = None
    last: ReloadOutcome | None = None
    failure: ReloadFailure | None = None
    running: Running | None = None
    memory: dict[str, int] = field(default_factory=dict)
    votes: Mapping[str, int] = field(default_factory=dict)
    news: str | None = None
    tally: VoteTally | None = None
    problems: Sequence[SourceProblem] = ()
    records: RecordsState | None = None
    search: SearchState | None = None
    cluster: str = ""
    removals: int = 0
    hold: Hold = Hold.NONE
    ill: Sequence[FailingSource] = ()
    stale: Sequence[StaleOutlet] = ()


def status_card(edition: Edition, state: BotStatus, texts: Texts) -> Card:
    """Lay out the current edition, its source, the last reload and the process."""
    blocks = (
        "\n".join(_coverage(edition, state, texts)),
        "\n".join(_counts(edition.articles, texts)),
        "\n".join([*_reloads(state, texts), *_process(state, texts)]),
    )
    silent = (*ill_blocks(state.ill, texts), *stale_blocks(state.stale, texts))
    lists = (*silent, *problem_blocks(state.problems, texts), *rejection_blocks(edition.rejections, texts))
    return Card((*filter(None, blocks), *lists), title=texts("status.title"))


def _coverage(edition: Edition, state: BotStatus, texts: Texts) -> list[str]:
    lines = [texts("status.source", source=inline_value(state.source, _SOURCE, texts.language))]
    if state.cluster:
        lines.append(texts("status.cluster", cluster=inline_value(state.cluster, _SOURCE, texts.language)))
    if search := state.search:
        reason = fit(failure_text(search.error, "", texts), _REASON, str)
        lines.append(texts("status.search_away", when=moment(search.at, texts), reason=reason))
    if state.source_error:
        reason = fit(failure_text(state.source_error, "", texts), _REASON, str)
        lines.append(texts("status.stale", reason=reason))
    if state.last and (version := state.last.serving.version):
        lines.append(texts("reload.version", version=inline(version, _NAME, texts.language)))
    if edition.as_of:
        lines.append(texts("status.as_of", date=texts.day(edition.as_of)))
    return [
        *lines,
        texts("status.articles", count=len(edition.catalogue)),
        texts("status.passages", count=len(edition.index)),
        texts("status.rejections", count=len(edition.rejections)),
        *([texts("status.removals", count=state.removals)] if state.removals else ()),
        texts("status.built", date=texts.day(edition.built.date()), time=f"{edition.built:%H:%M}"),
        texts("status.fingerprint", fingerprint=inline(edition.fingerprint[:16], 40, texts.language)),
    ]


def _counts(articles: ArticleStore, texts: Texts) -> list[str]:
    outlets = [(outlet_name(outlet, texts), count) for outlet, count in count_outlets(articles)]
    months = [(texts.month(first), count) for first, count in count_months(articles)]
    languages = [
        (code and (texts.language_name(code) or inline(code, _NAME, texts.language)), count)
        for code, count in count_languages(articles)
    ]
    none = texts("status.no_language")
    counted: Mapping[str, Sequence[tuple[str | None, int]]]
    counted = {"status.outlets": outlets, "status.months": months, "status.languages": languages}
    return [
        "\n".join((f"**{texts(key)}**", *count_lines(entries, texts, none, _FEW)))
        for key, entries in counted.items()
        if entries
    ]


def _reloads(state: BotStatus, texts: Texts) -> list[str]:
    lines = []
    if state.running:
        lines.append(running_text(state.running, datetime.now(UTC), texts))
    if last := state.last:
        lines += _last(last, texts)
    if state.hold is not Hold.NONE and not isinstance(state.last, HeldBack):
        lines.append(f"**{texts(f'rollback.{state.hold}')}**")
    if failure := state.failure:
        lines.append(texts("status.failed", when=moment(failure.at, texts), who=actor_name(failure.by, texts)))
        lines.append(fit(failure.words, _REASON, str))
    return lines


def _last(last: ReloadOutcome, texts: Texts) -> list[str]:
    """Say how the current edition came to serve: a reload, a rollback, or a start that resumed the last served one."""
    when = moment(last.at, texts)
    by = texts("audit.elsewhere") if last.is_followed and last.by is None else actor_name(last.by, texts)
    match last:
        case RolledBack():
            return [texts("status.rolled_back", when=when, who=by), reload_summary(last, texts)]
        case Resumed():
            key = "status.taken_over" if last.is_followed else "status.resumed"
            return [texts(key, when=when), *_failed_gate("status.not_taken", last.failed_gate, texts)]
        case Reloaded():
            gate = _failed_gate("status.not_passed", last.failed_gate, texts)
            return [texts("status.last", when=when, who=by), reload_summary(last, texts), *gate]
        case Unchanged() | HeldBack():
            return [texts("status.last", when=when, who=by), reload_summary(last, texts)]


def _failed_gate(key: str, gate: GateError | None, texts: Texts) -> list[str]:
    return [texts(key, reason=fit(failure_text(gate, "", texts), _REASON, str))] if gate else []


def _process(state: BotStatus, texts: Texts) -> list[str]:
    lines = []
    if memory := state.memory:
        own, mapped = memory.get("anonymous", 0), memory.get("file", 0)
        lines.append(texts("status.memory", own=own // _MEGABYTE, mapped=mapped // _MEGABYTE))
    lines.append(texts("status.uptime", duration=texts.duration(state.uptime)))
    lines += _votes(state, texts)
    if state.news:
        lines.append(state.news)
    if math.isfinite(state.latency):
        lines.append(texts("status.latency", milliseconds=round(state.latency * 1000)))
    return [*lines, *(_records(state.records, texts) if state.records else ())]


def _records(state: RecordsState, texts: Texts) -> Iterator[str]:
    """Say whether the store is there, what waits for it or was lost, and whether it had to begin anew."""
    if state.error:
        yield texts("records.is_away", reason=texts(f"records.fault.{state.error}"))
    else:
        yield texts("records.is_there", kind=inline(state.kind, _NAME, texts.language))
    if state.waiting:
        yield texts("records.waiting", count=state.waiting)
    if state.dropped:
        yield texts("records.dropped", count=state.dropped)
    if state.renewed_at:
        yield texts("records.renewed", when=moment(state.renewed_at, texts))


def _votes(state: BotStatus, texts: Texts) -> list[str]:
    tally = state.tally
    if tally is None:
        return [texts("status.votes", **state.votes)] if any(state.votes.values()) else []
    if tally.since is None:
        return []
    since = texts.day(datetime.fromtimestamp(tally.since, UTC).date())
    return [texts("status.votes_since", helpful=tally.helpful, unhelpful=tally.unhelpful, date=since)]
