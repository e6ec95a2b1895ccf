"""The look at what serves on a cluster: every so often, whatever fails."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

import pytest

from bot.edition import ReloadOutcome, keep_following
from bot.workers.threads import in_daemon_thread
from tests.edition.memory_publications import MemoryPublications, member
from tests.edition.samples import MUSEUM, PlayedSource, ids, write
from tests.edition.test_refresh import Clock, nothing


async def test_what_others_publish_is_followed_and_what_fails_is_logged_once(
    town: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cluster, source, heard = MemoryPublications(), PlayedSource(town), list[ReloadOutcome]()
    builder, follower = member(cluster, source), member(cluster, source, builds=False)
    builder.start()
    follower.start()

    def publish() -> None:
        write(town, "museum.md", MUSEUM)
        source.version = "two"
        builder.reload()

    def leave() -> None:
        cluster.is_away = True

    def return_() -> None:
        cluster.is_away = False
        publish()

    def hear(outcome: ReloadOutcome) -> None:
        heard.append(outcome)
        raise RuntimeError("nobody listens")

    clock = Clock(nothing, leave, nothing, nothing, return_, nothing, nothing)
    with caplog.at_level(logging.INFO, "bot.edition.refresh"), suppress(asyncio.CancelledError):
        await keep_following(follower, 15.0, in_daemon_thread, hear, pause=clock.pause)
    assert (ids(follower), clock.waits) == (["bridge", "library", "museum"], [15.0] * 8)
    assert [outcome.serving.fingerprint for outcome in heard] == [builder.current.fingerprint]
    assert [record.message.partition(": ")[0] for record in caplog.records] == [
        "The cluster did not say which edition serves",
        "The cluster did not say which edition serves",
        "The cluster says again which edition serves",
    ]
    assert "nobody listens" in caplog.records[1].message
