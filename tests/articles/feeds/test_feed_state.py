"""What a source remembers: read back as written, made anew where it is damaged, and bounded."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.feeds.feed_entry import FeedEntry
from bot.articles.feeds.feed_state import Document, FeedState, KnownEntry, TryAgain

from .feed_site import FeedSite, rss, title

ENTRY = FeedEntry("http://host.example/1", "عنوان", date(2026, 5, 4), "2026")


def filled() -> FeedState:
    return FeedState(
        documents={"d": Document('"etag"', "Mon", "2026")},
        known={
            "a": KnownEntry("d", "stamp", 5, 6, 1),
            ENTRY.key: KnownEntry(
                "d", ENTRY.stamp, 5, again=TryAgain(5.5, 2, "feed.page.status", {"detail": "500"}), entry=ENTRY
            ),
            "b": KnownEntry("d", "stamp", 5, 7, 1, TryAgain(9.5, 3, "feed.page.kind", {"detail": "x"})),
        },
        held={"host.example": 9.5},
        title="الصحيفة",
        page=3,
        is_partial=True,
        hung=1,
        again=TryAgain(8.5, 2, "source.status", {"status": "500"}),
    )


def test_what_is_written_is_read_back(site: FeedSite) -> None:
    assert FeedState.read(site.folder) == FeedState()
    site.folder.mkdir(parents=True)
    filled().write(site.folder)
    assert FeedState.read(site.folder) == filled()


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"\xff", b'{"version": 2}', b'{"version": 3}', b"null", b"[" * 100_000]
)
def test_what_is_damaged_is_rebuilt_of_the_articles(site: FeedSite, damage: bytes) -> None:
    site.fetch_items([1, 2])
    (site.folder / ".feed.json").write_bytes(damage)
    site.serve_feed(rss(site.items([1, 2, 3])))
    site.asked()
    site.fetch()
    assert site.asked() == ["/feed", "/robots.txt", "/news/3"]
    assert site.titles() == [title(1), title(2), title(3)]
    site.fetch()
    assert site.asked() == ["/feed"]


def test_each_damaged_field_is_found(site: FeedSite) -> None:
    site.folder.mkdir(parents=True)
    filled().write(site.folder)
    whole = json.loads((site.folder / ".feed.json").read_bytes())
    for name in whole:
        wrongs: tuple[object, ...] = (None, "x", [1], {"x": []}, -1)
        for wrong in wrongs:
            (site.folder / ".feed.json").write_text(json.dumps(whole | {name: wrong}), encoding="utf-8")
            state = FeedState.read(site.folder)
            assert state == FeedState() or type(getattr(state, name)) is type(getattr(FeedState(), name))


def test_a_lost_state_is_no_reason_to_miss_a_change(site: FeedSite) -> None:
    site.fetch_items([1], **{"dc:date": "2020-05-01T00:00:00Z"})
    (site.folder / ".feed.json").unlink()
    site.serve_feed(rss(site.items([1], **{"dc:date": "2099-05-01T00:00:00Z"})))
    site.asked()
    site.fetch()
    assert "/news/1" in site.asked()
    assert site.titles() == [title(1)]


@pytest.mark.parametrize("done", [0, 1])
def test_very_much_that_waits_is_remembered_in_part_and_listed_again(site: FeedSite, done: int) -> None:
    site.folder.mkdir(parents=True)
    state = FeedState(documents={"d": Document()})
    for number in range(5000):
        entry = FeedEntry(f"http://host.example/{number}")
        state.known[entry.key] = KnownEntry("d", entry.stamp, 1, done, entry=entry)
    state.write(site.folder)
    read = FeedState.read(site.folder)
    assert (len(read.waiting), read.is_partial) == (2000, True)
    # A change that is not remembered is seen again by a stamp that is none.
    left_out = [(known.stamp, known.done) for known in read.known.values() if known.entry is None]
    assert left_out == [("", done)] * 3000 * done
    assert (site.folder / ".feed.json").stat().st_size < 1_000_000


def test_texts_that_wait_are_asked_for_again(site: FeedSite) -> None:
    site.folder.mkdir(parents=True)
    entry = FeedEntry("http://host.example/1", body="<p>x</p>")
    FeedState(known={entry.key: KnownEntry("d", entry.stamp, 1, entry=entry)}).write(site.folder)
    state = FeedState.read(site.folder)
    assert (state.is_partial, state.known[entry.key].stamp) == (True, entry.stamp)


def test_entries_that_a_document_lists_no_more_are_forgotten_after_a_week() -> None:
    documents = {"d": Document(), "other": Document()}
    known = {
        "a": KnownEntry("d", "", 10, 10),
        "b": KnownEntry("d", "", 10, 10),
        "c": KnownEntry("other", "", 10, 10),
        "e": KnownEntry("x", "", 10, 10),
    }
    state = FeedState(documents=documents, known=dict(known))
    state.forget({"d": {"a"}}, 16)
    assert state.known == known
    state.forget({"d": {"a"}}, 17)
    assert state.known.keys() == {"a", "c"}


def test_who_was_given_up_is_named_for_a_month() -> None:
    given_up = {
        f"{number}": KnownEntry("d", "", number, number, again=TryAgain(1.0, 3, "feed.page.kind"))
        for number in range(1000)
    }
    state = FeedState(documents={"d": Document()}, known=given_up)
    state.forget({}, 1000)
    assert [known.done for known in state.known.values() if known.again.key] == list(range(971, 1000))


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(0, 4e9))
def test_nothing_waits_for_ever(at: float, now: float) -> None:
    again = TryAgain(at)
    assert again.is_due(now) or again.is_due(now + 66 * 24 * 3600.0)
