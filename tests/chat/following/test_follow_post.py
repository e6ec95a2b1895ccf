"""Cards of what members follow, with the store as it is, on a played Discord, over kills and two processes at once."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from types import SimpleNamespace
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.chat.exchange.delivery import Sending
from bot.chat.following import follow_post
from bot.chat.following.follow_cards import FollowedNews
from bot.chat.following.follow_desk import MOST_FOLLOWS
from bot.chat.following.follow_post import FollowPost
from bot.ops.rate_limits import FairQueue
from bot.records import Records
from bot.records.follows import day_of_cards
from bot.records.member_rows import FOLLOW_DAYS, Follow, add_follow, end_follow, read_follows, renew_follows
from bot.records.news.arrivals import Arrival, CoverageChange, edition_number, note_change
from bot.records.retention import DAY
from tests.chat.samples import ARABIC
from tests.examples import examples
from tests.records.stores import Store, open_store

P = ParamSpec("P")
T = TypeVar("T")

START = 1795608000
FINGERPRINT = "f" * 64
PLACES = (("here", 7), ("here", 8), ("direct", 7))
SUBJECTS = tuple(f"موضوع {number}" for number in range(3))


class Came(NamedTuple):
    """An article, or a change of it, which names some subjects."""

    names: frozenset[str]


class Began(NamedTuple):
    member: int
    subject: str
    place: int


class Ended(NamedTuple):
    number: int


class Passed(NamedTuple):
    seconds: int


class Looked(NamedTuple):
    """So many processes look at once; what happens to the cards that they send."""

    processes: int
    sendings: tuple[str, ...]


Event = Came | Began | Ended | Passed | Looked
subjects = st.sampled_from(SUBJECTS)
sendings = st.lists(st.sampled_from(["done", "killed before", "killed behind", "lost", "unclear"]), max_size=2)
# What comes is looked for after each reload.
reloads = st.tuples(
    st.builds(Came, st.frozensets(subjects, min_size=1)),
    st.builds(Looked, st.integers(1, 2), sendings.map(tuple)),
    st.builds(Passed, st.sampled_from([60, 200, DAY // 2, DAY])),
)
others = st.tuples(
    st.builds(Began, st.integers(1, 2), subjects, st.integers(0, 2)) | st.builds(Ended, st.integers(1, 6))
)
events = st.lists(reloads | reloads | others, min_size=3, max_size=12)


class KilledError(BaseException):
    """The process was killed."""


class ToldCard(NamedTuple):
    place: int
    at: int
    until: int
    told: Mapping[int, Sequence[str]]
    ending: Sequence[int]


@dataclass
class World:
    """A store, a clock, what came, and the cards that were sent."""

    store: Store
    now: int = START
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    cards: list[ToldCard] = field(default_factory=list)
    sendings: list[str] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    began: dict[int, tuple[str, int]] = field(default_factory=dict)
    chosen: set[tuple[int, int]] = field(default_factory=set)

    async def ask(self, query: Callable[Concatenate[Connection, P], T], *values: P.args, **named: P.kwargs) -> T:
        # Another process may go on here.
        await asyncio.sleep(0)
        return self.store(lambda connection: query(connection, *values, **named))

    def news_on(
        self, subject: str, edition: object, news: Mapping[str, Set[str] | None], previous: object
    ) -> list[str]:
        del edition, previous
        return [name for name in news if subject in self.names[name]]

    def post(self) -> FollowPost:
        """Make a process."""

        async def run(work: Callable[..., Any], *arguments: Any) -> Any:
            return work(*arguments)

        handler = SimpleNamespace(
            editions=SimpleNamespace(current=SimpleNamespace(fingerprint=FINGERPRINT)),
            is_stopping=False,
            texts=ARABIC,
            answerer=SimpleNamespace(news_on=self.news_on),
            answer_worker=SimpleNamespace(run=run),
            browse_worker=SimpleNamespace(run=run),
            in_flight=SimpleNamespace(track=nullcontext),
            queue=FairQueue(),
        )
        records = cast("Records", SimpleNamespace(ask=self.ask))
        parts = cast("Any", handler), records, lambda *_: True, cast("Any", print)
        return FollowPost(*parts, now=lambda: self.now)

    async def send_once(self, client: object, place: int, card: ToldCard, nonce: str, **_: Any) -> Sending:
        del client, nonce
        sending = self.sendings.pop(0) if self.sendings else "done"
        if sending == "killed before":
            raise KilledError
        if place in self.refused:
            return Sending.REFUSED
        if sending != "lost":
            self.cards.append(card._replace(place=place, at=self.now))
        if sending == "killed behind":
            raise KilledError
        return Sending.UNCLEAR if sending in {"lost", "unclear"} else Sending.DONE

    async def was_sent(self, client: object, place: int, since: int, is_it: Any) -> bool:
        del client, since
        wanted = {(one.id, one.claimed_until) for one in is_it.keywords["follows"]}
        sent = {(each, card.until) for card in self.cards for each in (*card.told, *card.ending) if card.place == place}
        return not wanted.isdisjoint(sent)

    async def look(self, processes: int = 1, sendings: Sequence[str] = ()) -> None:
        self.sendings = list(sendings)
        looks = (self.post().send_due(cast("Any", None)) for _ in range(processes))
        for outcome in await asyncio.gather(*looks, return_exceptions=True):
            assert outcome is None or isinstance(outcome, float | int | KilledError), outcome

    def happen(self, event: Event) -> None:
        match event:
            case Came(names):
                self.come(names)
            case Began(member, subject, place):
                # What is moved while it is being told counts as told, whether that arrives or not.
                if not any(one.claimed_at for one in self.follows()):
                    self.begin(member, subject, place)
            case Ended(number):
                for member in (1, 2):
                    self.store(partial(end_follow, follow_id=number, member_id=member))
                self.began.pop(number, None)
            case Passed(seconds):
                self.now += seconds
            case Looked(processes, sendings):
                asyncio.run(self.look(processes, sendings))

    def come(self, names: frozenset[str]) -> str:
        name = f"article {len(self.names)}"
        self.names[name] = names
        edition = edition_number(FINGERPRINT)
        change = CoverageChange(edition, edition + 1, 0, [Arrival(name, name)])
        # Only what another edition brings is noted.
        self.store(lambda connection: note_change(connection, CoverageChange(edition + 1, edition, 0), self.now))
        self.store(lambda connection: note_change(connection, change, self.now))
        return name

    def begin(self, member: int, subject: str, place: int) -> int | None:
        tell_in, channel = PLACES[place]
        self.chosen.add((member, day_of_cards(self.now)))
        new = Follow(0, member, subject, None, "ar", channel, tell_in == "direct", followed_at=self.now, seen_until=0)
        number = self.store(lambda connection: add_follow(connection, new, subject, MOST_FOLLOWS))
        if number is not None:
            self.began.setdefault(number, (subject, len(self.names)))
        return number

    def follows(self) -> Sequence[Follow]:
        return self.store(lambda connection: read_follows(connection, self.now))


def laid_out(
    news: Sequence[FollowedNews], ending: Sequence[Follow], until: int, texts: object, member: object
) -> ToldCard:
    del texts, member
    told = {one.follow.id: cast("Sequence[str]", one.quotes) for one in news}
    return ToldCard(0, 0, until, told, [one.id for one in ending])


async def channel(client: object, place: int, member: int | None) -> int:
    del client
    return place if member is None else 100 + member


@contextmanager
def played() -> Iterator[World]:
    """Play a world in which an edition serves, to which cards are sent."""
    with open_store() as store, pytest.MonkeyPatch.context() as monkeypatch:
        world = World(store)
        replaced = {"send_once": world.send_once, "was_sent": world.was_sent, "open_channel": channel, "PACE": 0}
        for name, value in {**replaced, "followed_card": laid_out}.items():
            monkeypatch.setattr(follow_post, name, value)
        world.come(frozenset())
        yield world


@examples(200)
@given(happening=events)
def test_each_thing_is_told_once_and_a_place_has_a_card_a_day(happening: list[tuple[Event, ...]]) -> None:
    with played() as world:
        for who, about, where in ((1, 0, 0), (1, 1, 0), (1, 2, 2), (2, 0, 0)):
            world.begin(who, SUBJECTS[about], where)
        for event in chain.from_iterable(happening):
            world.happen(event)
        for _ in range(3):
            world.now += DAY
            asyncio.run(world.look())
        members = {one.id: one.member_id for one in world.follows()}
        check(world, members)


def check(world: World, members: Mapping[int, int]) -> None:
    """Check that a member has a card a day in a place, and that of what is followed still all was told, each once."""
    days = Counter(
        (members[follow], card.place, day_of_cards(card.at))
        for card in world.cards
        for follow in list({*card.told, *card.ending} & members.keys())[:1]
    )
    # Who chooses a place anew on a day that had its card there may get another.
    twice = [day for day, count in days.items() if count > 1]
    assert not [day for day in twice if (day[0], day[2]) not in world.chosen]
    for follow in world.follows():
        subject, since = world.began[follow.id]
        told = [name for card in world.cards for name in card.told.get(follow.id, ())]
        came = [name for name, named in list(world.names.items())[since:] if subject in named]
        assert sorted(told) == sorted(came)


def test_what_ends_is_told_in_its_last_days_once() -> None:
    with played() as world:
        number = world.begin(1, SUBJECTS[0], 0)
        for day in range(FOLLOW_DAYS + 1):
            world.now = START + day * DAY
            asyncio.run(world.look())
        assert [(card.ending, (card.at - START) // DAY) for card in world.cards] == [([number], FOLLOW_DAYS - 2)]
        world.come(frozenset(SUBJECTS))
        asyncio.run(world.look())
        assert len(world.cards) == 1


def test_what_is_renewed_goes_on_and_its_end_is_told_anew() -> None:
    with played() as world:
        number = world.begin(1, SUBJECTS[0], 0)
        assert number is not None
        world.now += (FOLLOW_DAYS - 1) * DAY
        asyncio.run(world.look())
        assert not world.store(partial(renew_follows, ids=[number], member_id=2, now=world.now))
        [renewed] = world.store(partial(renew_follows, ids=[number], member_id=1, now=world.now))
        assert renewed.ends_at == world.now + FOLLOW_DAYS * DAY
        world.now += (FOLLOW_DAYS - 1) * DAY
        asyncio.run(world.look())
        assert [card.ending for card in world.cards] == [[number]] * 2
        world.now += DAY
        assert not world.store(partial(renew_follows, ids=[number], member_id=1, now=world.now))


def test_what_a_channel_refuses_is_told_directly_and_else_ends() -> None:
    with played() as world:
        world.begin(1, SUBJECTS[0], 0)
        world.refused = {7}
        world.come(frozenset(SUBJECTS))
        for _ in range(2):
            asyncio.run(world.look())
        assert [card.place for card in world.cards] == [101]
        world.refused.add(101)
        world.come(frozenset(SUBJECTS))
        world.now += DAY
        asyncio.run(world.look())
        assert not world.follows()


def test_another_edition_than_the_noted_one_is_not_looked_through() -> None:
    with played() as world:
        world.begin(1, SUBJECTS[0], 0)
        world.come(frozenset(SUBJECTS))
        other = CoverageChange(edition_number(FINGERPRINT) + 5, None, 0)
        world.store(lambda connection: note_change(connection, other, world.now))
        asyncio.run(world.look())
        assert not world.cards
        world.come(frozenset())
        asyncio.run(world.look())
        assert len(world.cards) == 1


def test_a_member_follows_ten_subjects_and_the_same_once() -> None:
    with played() as world:
        numbers = [world.begin(1, f"موضوع {number}", number % 3) for number in range(12)]
        assert numbers[MOST_FOLLOWS:] == [None, None]
        assert world.begin(1, "موضوع 3", 2) == numbers[3]
        assert len(world.follows()) == MOST_FOLLOWS
        assert world.begin(2, "موضوع 3", 2) is not None
