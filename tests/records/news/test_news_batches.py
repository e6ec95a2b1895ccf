"""Each arrival is posted once, whatever the order of reloads, restarts and failures."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import URL

from bot.records.news.arrivals import Arrival, CoverageChange, note_change
from bot.records.news.news_batches import (
    NewsBatch,
    choose_news_channel,
    claim_news,
    note_trouble,
    read_news_channels,
    settle_news,
)
from tests.examples import examples
from tests.records.stores import Store, arrival, open_store

NOW, PACE, CLAIMED_FOR = 1_790_000_000, 3600, 120


@pytest.fixture
def store(url: URL) -> Iterator[Store]:
    with open_store(url) as store:
        store(lambda one: note_change(one, CoverageChange(1, None, 0), NOW))
        yield store


def bring(store: Store, edition: int, *names: str, at: int = NOW) -> None:
    change = CoverageChange(edition, edition - 1, 0, [arrival(name) for name in names])
    store(lambda one: note_change(one, change, at))


def claim(store: Store, at: int) -> NewsBatch | int | None:
    return store(lambda one: claim_news(one, at, PACE, CLAIMED_FOR))


def claimed(store: Store, at: int) -> NewsBatch:
    batch = claim(store, at)
    assert isinstance(batch, NewsBatch)
    return batch


def names(batch: NewsBatch) -> list[str]:
    return [one.article_id for one in batch.arrivals]


def choose(store: Store, channel: int | None = 5, guild: int = 7) -> None:
    store(lambda one: choose_news_channel(one, guild, channel))


def test_without_a_channel_nothing_is_posted_and_what_came_before_is_no_news(store: Store) -> None:
    bring(store, 2, "a")
    assert claim(store, NOW) is None
    choose(store)
    assert claim(store, NOW) is None
    bring(store, 3, "b")
    assert names(claimed(store, NOW)) == ["b"]


def test_what_comes_within_the_hour_is_gathered(store: Store) -> None:
    choose(store)
    bring(store, 2, "a")
    batch = claimed(store, NOW)
    store(lambda one: settle_news(one, batch, NOW, is_posted=True))
    bring(store, 3, "b", at=NOW + 60)
    bring(store, 4, "c", at=NOW + 120)
    assert claim(store, NOW + 120) == PACE - 120
    assert names(claimed(store, NOW + PACE)) == ["b", "c"]


def test_an_open_claim_is_taken_over_as_it_was(store: Store) -> None:
    choose(store)
    bring(store, 2, "a")
    first = claimed(store, NOW)
    bring(store, 3, "b", at=NOW + 1)
    store(lambda one: note_change(one, CoverageChange(4, 3, 0, removed=[arrival("a"), arrival("b")]), NOW + 2))
    assert claim(store, NOW + 10) == CLAIMED_FOR - 10
    again = claimed(store, NOW + CLAIMED_FOR)
    assert (names(again), again.last, again.claimed_at) == (["a"], first.last, NOW)


def test_a_channel_in_trouble_is_known_once(store: Store) -> None:
    choose(store)
    assert [store(lambda one: note_trouble(one, 7, NOW)) for _ in range(2)] == [True, False]
    [channel] = store(read_news_channels)
    assert (channel.channel, channel.trouble_since) == (5, NOW)
    choose(store, 6)
    [channel] = store(read_news_channels)
    assert (channel.channel, channel.trouble_since) == (6, None)
    choose(store, None)
    assert store(read_news_channels) == []


class Posts(RuleBasedStateMachine):
    """A store, a coverage that grows and shrinks, a sender that is stopped anywhere, and a channel that keeps posts."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.edition, self.count = NOW, 1, 0
        self.coverage: dict[str, Arrival] = {}
        self.before: set[str] = set()
        self.posted: list[list[str]] = []
        self.noted: set[str] = set()
        self.batch: NewsBatch | None = None
        self.opened = open_store()
        self.store = self.opened.__enter__()
        self.store(lambda one: note_change(one, CoverageChange(1, None, 0), self.now))
        self.store(lambda one: choose_news_channel(one, 7, 5))

    def teardown(self) -> None:
        self._post_until_nothing_waits()
        everything = Counter(name for post in self.posted for name in post)
        assert set(everything.values()) <= {1}
        assert everything.keys() >= self.coverage.keys()
        assert everything.keys() <= self.noted
        self.opened.__exit__(None, None, None)

    @rule(count=st.integers(1, 4))
    def reload_brings(self, count: int) -> None:
        added = [arrival(f"a{number}") for number in range(self.count, self.count + count)]
        self.count += count
        self._change(added=added)

    @rule(data=st.data())
    @precondition(lambda self: self.coverage)
    def reload_takes_and_a_later_one_brings_back(self, data: st.DataObject) -> None:
        gone = data.draw(st.lists(st.sampled_from(sorted(self.coverage)), unique=True, min_size=1))
        articles = [self.coverage[name] for name in gone]
        self._change(removed=articles)
        if data.draw(st.booleans()):
            self._change(added=articles)

    @rule()
    def the_same_reload_is_noted_again(self) -> None:
        self.store(lambda one: note_change(one, CoverageChange(self.edition, self.edition - 1, 0), self.now))

    @rule(seconds=st.sampled_from((1, CLAIMED_FOR, PACE)))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds

    @rule()
    def sender_claims(self) -> None:
        found = self.store(lambda one: claim_news(one, self.now, PACE, CLAIMED_FOR))
        if isinstance(found, NewsBatch):
            self.batch = found

    @rule()
    @precondition(lambda self: self.batch)
    def sender_sends(self) -> None:
        assert self.batch
        # Whoever takes a claim over sends only what is not there.
        if (post := names(self.batch)) not in self.posted:
            self.posted.append(post)

    @rule(is_refused=st.booleans())
    @precondition(lambda self: self.batch)
    def sender_settles(self, is_refused: bool) -> None:
        batch = self.batch
        assert batch
        is_posted = names(batch) in self.posted
        if is_posted or is_refused:
            self.store(lambda one: settle_news(one, batch, self.now, is_posted=is_posted))
            self.batch = None

    @rule()
    def sender_is_killed(self) -> None:
        self.batch = None

    @invariant()
    def nothing_is_posted_twice(self) -> None:
        assert len(posted := [name for post in self.posted for name in post]) == len(set(posted))

    def _change(self, *, added: list[Arrival] | None = None, removed: list[Arrival] | None = None) -> None:
        added, removed = added or [], removed or []
        self.edition += 1
        change = CoverageChange(self.edition, self.edition - 1, 0, added, removed)
        self.store(lambda one: note_change(one, change, self.now))
        self.noted |= {one.article_id for one in added}
        self.coverage |= {one.article_id: one for one in added}
        for one in removed:
            self.coverage.pop(one.article_id, None)

    def _post_until_nothing_waits(self) -> None:
        self.batch = None
        for _ in range(3):
            # A claim that is open, then what came behind it.
            self.now += PACE
            self.sender_claims()
            self._finish()

    def _finish(self) -> None:
        if self.batch:
            self.sender_sends()
            self.sender_settles(is_refused=False)


Posts.TestCase.settings = settings(examples(60), stateful_step_count=40)
TestPosts = Posts.TestCase
