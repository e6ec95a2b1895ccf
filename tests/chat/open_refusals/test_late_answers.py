"""What is waited for, and what is given up, when Discord does not take what is sent."""

import time
from functools import partial
from typing import Any, cast
from unittest.mock import AsyncMock

import aiohttp
import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.chat_errors import is_passing
from bot.chat.open_refusals import card_places
from bot.chat.open_refusals.card_places import CardPlaces, OutageError, Rounds
from bot.chat.open_refusals.late_answers import LateAnswers
from bot.chat.open_refusals.open_refusals import OpenRefusals
from bot.ops.rate_limits import FairQueue
from bot.records import Records
from bot.records.figures import read_figure
from bot.records.refusals import RefusedQuestion, failed_edits, note_refusal, open_refusals
from bot.retrieval import SearchAwayError
from tests.chat.doubles import http_error
from tests.chat.test_search_away import UNKNOWN, Bot
from tests.e2e.in_process import passing_records
from tests.patience import PATIENCE
from tests.retrieval.opensearch.outage import Outage


class Fails:
    """Fails with each error in turn, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.left = list(errors)

    async def act(self, _: int) -> bool:
        if self.left:
            raise self.left.pop(0)
        return True

    async def rounds(self) -> int:
        """Look after one card, and return how many were changed."""
        rounds = Rounds(cast("Any", Answering()), self.act, key=int)
        await rounds.make([1])
        return rounds.changed


OUTAGES = [
    http_error(503),
    http_error(500),
    http_error(429),
    aiohttp.ClientError(),
    ConnectionResetError(),
    discord.RateLimited(60.0),
    RuntimeError("Session is closed"),
]


@pytest.mark.parametrize("error", OUTAGES, ids=repr)
async def test_an_outage_is_waited_out_until_patience_ends(error: Exception) -> None:
    assert is_passing(error)
    assert await Fails(*[error] * 5).rounds() == 1
    with pytest.raises(OutageError):
        await Fails(*[error] * 6).rounds()


REFUSALS = [http_error(403, 50001), http_error(404, 10008), http_error(400, 50083), RuntimeError("a mistake of ours")]


@pytest.mark.parametrize("error", REFUSALS, ids=repr)
async def test_a_refusal_of_discord_is_not_repeated(error: Exception) -> None:
    assert not is_passing(error)
    failing = Fails(error, error)
    assert await failing.rounds() == 0
    assert failing.left == [error]


class Answering:
    """A handler whose answers are made at once, and are wrong for some questions."""

    is_stopping = False
    queue = FairQueue()

    def __init__(self, *faulty: str) -> None:
        self.asked: list[str] = []
        self.answer_worker = self
        self._faulty = faulty

    async def run(self, _: object, refused: RefusedQuestion) -> None:
        self.asked.append(refused.question)
        if refused.question in self._faulty:
            raise KeyError("a mistake of ours")


CARDS = [RefusedQuestion(5, number, 1, word, "off_topic", is_gap=True) for number, word in enumerate("abcdefgh")]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_places, "PACE", 0)
    monkeypatch.setattr(card_places, "PAUSES", (0, 0, 0, 0, 0))


async def nothing() -> None:
    """Do nothing meanwhile."""


async def test_what_is_wrong_with_one_refusal_keeps_no_other_from_being_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    handler = Answering("b")
    records = passing_records()
    parts = cast("Any", handler), records, cast("Any", None), cast("Any", None)
    await LateAnswers(*parts).ask_again(CARDS[:3], nothing)
    assert handler.asked == ["a", "b", "c"]
    assert "could not be looked after" in caplog.text


class Taking(LateAnswers):
    """Late answers that Discord takes, but those of some cards not at the first so many tries."""

    def __init__(self, records: Records, failing: dict[str, int]) -> None:
        answering = Answering()
        self.edited: list[str] = []
        self.tried: list[str] = []
        self._failing = failing
        super().__init__(cast("Any", answering), records, cast("Any", None), cast("Any", None))
        answering.run = self._find  # type: ignore[method-assign]

    async def _find(self, _: object, refused: RefusedQuestion) -> Any:
        del refused
        return None, False, None

    async def _renew(self, refused: RefusedQuestion, *_: object, **__: object) -> bool:
        word = refused.question
        self.tried.append(word)
        if self._failing.get(word, 0):
            self._failing[word] -= 1
            raise http_error(500)
        self.edited.append(word)
        return True


async def test_a_card_that_is_not_taken_is_tried_again_after_the_others() -> None:
    records = passing_records()
    late = Taking(records, {"a": 3})
    between = list[str]()

    async def tell() -> None:
        between.extend(late.edited)

    await late.ask_again(CARDS, tell)
    assert late.edited == [*"bcdefgh", "a"]
    assert between == [*"bcdefgh"], "whoever waits for another card is told before"
    assert await records.ask(failed_edits) == {}


async def test_a_card_that_is_never_taken_comes_last_and_is_given_up_after_some_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = passing_records()
    for card in CARDS:
        await records.ask(partial(note_refusal, refused=card))
    for day in range(4):
        monkeypatch.setattr(time, "time", lambda day=day: 86_400.0 * day)
        for _ in range(2):
            # Each pass may be that of another process.
            late = Taking(records, {"b": 99})
            cards = await records.ask(partial(open_refusals, most=99))
            if not any(card.question == "b" for card in cards):
                break
            with pytest.raises(OutageError):
                await late.ask_again(cards, nothing)
            assert set(late.edited) == set("acdefgh")
            assert late.tried[-5:] == ["b"] * 5
            assert len(late.tried) == 7 + 6
        if day < 3:
            assert await records.ask(failed_edits) == {1: 2 * (day + 1)}
    assert [day, await records.ask(failed_edits)] == [3, {}]
    left = {card.question for card in await records.ask(partial(open_refusals, most=99))}
    assert left == set("acdefgh")
    assert late.tried == [], "it was left as it is in the first pass of the fourth day"


async def test_an_outage_is_not_tried_card_by_card() -> None:
    records = passing_records()
    late = Taking(records, {card.question: 99 for card in CARDS})
    with pytest.raises(OutageError):
        await late.ask_again(CARDS, nothing)
    # Three fail; each further one has waited before.
    assert len(late.tried) == 8
    late = Taking(records, dict.fromkeys("abcd", 1))
    await late.ask_again(CARDS, nothing)
    assert sorted(late.edited) == [*"abcdefgh"]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 2), max_size=2))
async def test_whatever_passes_every_card_is_edited_once(failing: dict[str, int]) -> None:
    records = passing_records()
    late = Taking(records, dict(failing))
    await late.ask_again(CARDS, nothing)
    assert sorted(late.edited) == [*"abcdefgh"]
    assert len(late.tried) == 8 + sum(failing.values())


async def test_a_search_server_that_is_away_ends_a_pass_and_nothing_counts_as_refused_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    handler = Answering()

    async def run(_: object, refused: RefusedQuestion) -> None:
        handler.asked.append(refused.question)
        if refused.question == "b":
            raise SearchAwayError("refused")

    handler.run = run  # type: ignore[method-assign]
    parts = cast("Any", handler), passing_records(), cast("Any", None), cast("Any", None)
    with pytest.raises(SearchAwayError):
        await LateAnswers(*parts).ask_again(CARDS[:3], nothing)
    assert handler.asked == ["a", "b"]
    assert not caplog.records


class Connected:
    """A client that is there."""

    def is_ready(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False


async def test_open_refusals_are_asked_again_once_the_search_server_is_back(caplog: pytest.LogCaptureFixture) -> None:
    bot, records, gaps = Bot(outage := Outage(SearchAwayError("refused"))), passing_records(), AsyncMock()
    await records.ask(partial(note_refusal, refused=RefusedQuestion(5, 1, int(time.time()), UNKNOWN, "off_topic")))
    find_client = cast("Any", Connected)
    refusals = OpenRefusals(bot.handler, records, cast("Any", None), gaps, CardPlaces(find_client, ()))
    asked = partial(read_figure, name="asked_0")
    for failed in (1, 2):
        assert await refusals._look_after() < 60
        assert (outage.failed, await records.ask(asked)) == (failed, None)
    assert bot.handler.search.state is not None
    outage.error = None
    await refusals._look_after()
    await records.flush(PATIENCE)
    assert await records.ask(asked) is not None
    assert len(await records.ask(partial(open_refusals, most=9))) == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
