"""Stand-ins for what the parts of the chat room are given."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, cast

import aiohttp
import discord

from bot.answering import AnalysedMessage, Answer, Answerer, Quote, Refusal
from bot.answering.question import Dependence, TokenisedText
from bot.arabic import Analyser
from bot.articles import Article, Origin, Rejection, Removals
from bot.articles.sources import SourceError, SourceProblem
from bot.chat.cards.card import Card
from bot.chat.exchange.exchange import OpenReply, ReplyPlace
from bot.edition import (
    Changes,
    EarlierEdition,
    Edition,
    EditionFigures,
    Editions,
    GoldenOutcome,
    GoldenQuestion,
    Hold,
    Reloaded,
    ReloadOutcome,
    RolledBack,
    Running,
    StageCallback,
    Unchanged,
    make_edition,
)
from bot.retrieval import Scope
from tests.answering.coverage import KNOWLEDGE, QUESTIONS


class Recorder:
    """An exchange that keeps its replies; it fails where it is told to."""

    asker_id, channel_id = 1, 2
    public_guild_id: int | None = 7
    is_lasting = False
    reply_place: ReplyPlace | None = None
    open_reply: OpenReply | None = None
    signs: Any
    _numbers = count()

    def __init__(
        self,
        failure: Exception | None = None,
        before: str | Exception | None = None,
        *,
        shows_question: bool = True,
        bears_marks: bool = True,
        can_be_read_back: bool = False,
    ) -> None:
        self.id = next(self._numbers)
        self.acknowledged = False
        self.replies: list[str] = []
        self.whispers: list[str] = []
        self.marks: list[str] = []
        self.unmarked: list[str] = []
        self.can_be_read_back = can_be_read_back
        self.withdrawn = asyncio.Event()
        self.shown_working = 0
        self.signs = self if bears_marks else None
        self.shows_question = shows_question
        self.looked_back = 0
        self._failure = failure
        self._before = before
        self.may_have_previous = before is not None
        self.is_reply = True

    async def previous_question(self) -> str | None:
        self.looked_back += 1
        if isinstance(self._before, Exception):
            raise self._before
        return self._before

    async def acknowledge(self) -> None:
        self.acknowledged = True

    async def show_typing(self) -> None:
        self.shown_working += 1

    async def add_reaction(self, emoji: str) -> None:
        self.marks.append(emoji)

    async def remove_reaction(self, emoji: str) -> None:
        self.unmarked.append(emoji)

    async def reply(self, card: Card) -> None:
        if self._failure is not None:
            raise self._failure
        self.replies.append("\n".join(card.texts))

    async def reply_privately(self, card: Card) -> None:
        self.whispers.append("\n".join(card.texts))


class FixedAnswerer:
    """An answerer whose outcomes come from a function of question, edition and earlier question; it notes the scope."""

    def __init__(
        self, find: Callable[[str, Edition, str | None], Answer | Refusal], further: Sequence[Quote] = ()
    ) -> None:
        self._find = find
        self._further = further
        self.knowledge = KNOWLEDGE

    def answer(self, question: str, current: Edition) -> Answer | Refusal:
        return self._find(question, current, None)

    def answer_with_more(
        self, question: AnalysedMessage, current: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Answer | Refusal, bool]:
        return replace(self._find(question.message, current, previous), scope=scope), bool(self._further)

    def further_quotes(
        self, question: str, current: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Sequence[Quote]:
        del question, current, previous, scope
        return self._further

    @staticmethod
    def analyse(question: str) -> AnalysedMessage:
        dependence = Dependence.IN_REPLY if question.startswith("و") else Dependence.NONE
        return AnalysedMessage(question, TokenisedText(question, (), None, QUESTIONS.table), dependence=dependence)


def answerer(find: Callable[[str, Edition, str | None], Answer | Refusal], further: Sequence[Quote] = ()) -> Answerer:
    return cast("Answerer", FixedAnswerer(find, further))


def http_error(status: int, code: int = 0, kind: type[discord.HTTPException] = discord.HTTPException) -> Any:
    """Make an error as discord.py raises it."""
    response = cast("aiohttp.ClientResponse", type("Response", (), {"status": status, "reason": ""})())
    return kind(response, {"code": code, "message": "injected"})


def edition(*articles: Article, rejections: tuple[Rejection, ...] = ()) -> Edition:
    """Make an edition that was built at a time of its own."""
    made = make_edition(articles, rejections, Analyser())
    newest = max((article.published for article in articles if article.published), default=None)
    return replace(made, fingerprint="f" * 64, built=datetime(2026, 11, 24, 15, 30, tzinfo=UTC), as_of=newest)


class FixedEditions:
    """Editions whose reload and rollback do as they are told; they note who asked, and whether with force."""

    source_name = "corpus/"
    source_error: SourceError | None = None
    source_problems: tuple[SourceProblem, ...] = ()
    away: tuple[SourceProblem, ...] = ()
    fetch_count = 1
    published_at = ""
    origins: Mapping[Path | str, Origin] = {}
    usual_refresh: float | None = None
    needs_fetch = False
    builds = True
    is_shared = False
    is_held_back = False
    hold = Hold.NONE
    earlier: Sequence[EarlierEdition] = ()
    last: ReloadOutcome | None = None
    running: Running | None = None
    is_held_up = False
    golden: Sequence[GoldenQuestion] = ()

    def __init__(self, current: Edition, work: Callable[[StageCallback], ReloadOutcome] | None = None) -> None:
        self.current = current
        self.calls: list[tuple[str | None, bool]] = []
        self.cancelled_by: list[str | None] = []
        self.fetched: list[bool] = []
        self.read_removals: Callable[[], Removals] = Removals
        self.chosen: str | None = None
        self._work = work or (lambda _: reloaded())

    def reload(
        self,
        progress: StageCallback = lambda *_: None,
        *,
        by: str | None = None,
        force: bool = False,
        fetches: bool = True,
    ) -> ReloadOutcome:
        self.calls.append((by, force))
        self.fetched.append(fetches)
        before = self.running

        def note(stage: str, done: int, total: int) -> None:
            self.running = Running(by, datetime.now(UTC), stage, done, total)
            progress(stage, done, total)

        try:
            return self._work(note)
        finally:
            self.running = before

    @property
    def removals(self) -> Removals:
        return self.read_removals()

    def cancel(self, by: str | None) -> bool:
        self.cancelled_by.append(by)
        is_running = self.running is not None
        if not self.is_held_up:
            self.running = None
        return is_running

    def rollback(self, by: str, chosen: str | None = None) -> ReloadOutcome:
        self.calls.append((by, False))
        self.chosen = chosen
        return self._work(lambda *_: None)


def editions(current: Edition, work: Callable[[StageCallback], ReloadOutcome] | None = None) -> Editions:
    return cast("Editions", FixedEditions(current, work))


FIGURES = EditionFigures("b" * 16, passages=1234, folded=3, version="main@0a1b2c3", golden=GoldenOutcome(12))
AT = datetime(2026, 11, 24, 16, 45, tzinfo=UTC)
NO_CHANGES = Changes((), (), (), ())


def reloaded(changes: Changes = NO_CHANGES, *, by: str | None = None) -> Reloaded:
    """Make the outcome of a reload that took two seconds."""
    return Reloaded(serving=FIGURES, by=by, at=AT, before="a" * 16, changes=changes, seconds=2.04)


def unchanged(*, by: str | None = None) -> Unchanged:
    """Make the outcome of a reload that found nothing new."""
    return Unchanged(serving=FIGURES, by=by, at=AT, rejections=())


def rolled_back(*, by: str | None = None) -> RolledBack:
    """Make the outcome of a rollback."""
    return RolledBack(serving=FIGURES, by=by, at=AT, before="a" * 16, changes=NO_CHANGES)
