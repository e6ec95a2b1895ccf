import json
import logging
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.chat.cards.card import notice
from bot.chat.exchange.exchange import OpenReply
from bot.chat.exchange.open_replies import OpenReplies
from tests.chat.doubles import http_error
from tests.patience import eventually

NOW = discord.utils.time_snowflake(discord.utils.utcnow())
OLD = NOW - (25 * 3600 * 1000 << 22)
COMMAND, MESSAGE = OpenReply(NOW, 5, "secret-token"), OpenReply(NOW + 1, channel_id=7)
CLIENT = cast("discord.Client", object())


class Webhooks:
    """Replies to commands by their tokens: whether each still shows that the bot is thinking."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.thinking: dict[str, bool | Exception] = {}
        self.edits: list[str] = []
        monkeypatch.setattr(discord.Webhook, "partial", self._partial)

    def _partial(self, _: int, token: str, client: object) -> Any:
        assert client is CLIENT

        async def fetch(_: str) -> Any:
            shown = self.thinking.get(token, True)
            if isinstance(shown, Exception):
                raise shown
            return SimpleNamespace(flags=SimpleNamespace(loading=shown))

        async def edit(_: str, **__: object) -> None:
            self.edits.append(token)

        return SimpleNamespace(fetch_message=fetch, edit_message=edit)


@pytest.fixture
def webhooks(monkeypatch: pytest.MonkeyPatch) -> Webhooks:
    monkeypatch.setattr("bot.chat.exchange.delivery.PAUSES", ())
    return Webhooks(monkeypatch)


def notes(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def modes(*paths: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in paths}


def left_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def write_halves(folder: Path) -> None:
    for number, words in enumerate(("", "[]", json.dumps({"id": NOW}) + "x", json.dumps({"other": 1}))):
        (folder / f"dead-{number}.json").write_text(words)
    (folder / "dead.lock").touch()


def left_by_a_killed_process(folder: Path, *replies: OpenReply) -> None:
    """Note replies in a process of its own, and kill it."""
    words = ["import sys, time; from pathlib import Path; from bot.chat.exchange.exchange import OpenReply"]
    words.append("from bot.chat.exchange.open_replies import OpenReplies")
    words.append("replies = OpenReplies(Path(sys.argv[1]))")
    words += [
        f"replies.note(OpenReply({one.id}, {one.application_id}, {one.token!r}, {one.channel_id}))" for one in replies
    ]
    words.append("replies._worker.begin(print, 'written', flush=True); time.sleep(1000)")
    command = [sys.executable, "-c", "\n".join(words), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 (this file's own words)
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        process.send_signal(signal.SIGKILL)


async def test_what_is_owed_lies_on_disk_for_its_owner_alone_until_it_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "open"
    replies = OpenReplies(folder)
    for reply in (COMMAND, COMMAND, MESSAGE, None):
        replies.note(reply)
    await eventually(lambda: len(notes(folder)) == 2, "two notes")
    assert modes(*notes(folder)) == {0o600}
    assert modes(folder) == {0o700}
    assert "secret-token" not in repr(COMMAND)
    for reply in (COMMAND, MESSAGE, None):
        replies.forget(reply)
    await eventually(lambda: not notes(folder), "no note")
    await replies.close()
    assert not left_in(folder)


async def test_what_a_killed_process_left_is_told_once(tmp_path: Path, webhooks: Webhooks) -> None:
    answered, gone, old = OpenReply(NOW + 2, 5, "b"), OpenReply(NOW + 3, 5, "c"), OpenReply(OLD, 5, "d")
    left_by_a_killed_process(tmp_path, COMMAND, MESSAGE, answered, gone, old, OpenReply(OLD + 1, channel_id=8))
    assert len(notes(tmp_path)) == 6
    webhooks.thinking = {"b": False, "c": http_error(401, 50027)}
    replies = OpenReplies(tmp_path)
    assert await replies.tell(CLIENT, notice("again")) == {7}
    assert webhooks.edits == ["secret-token"]
    assert await replies.tell(CLIENT, notice("again")) == set()
    assert webhooks.edits == ["secret-token"]
    # The message is being answered.
    await eventually(lambda: len(notes(tmp_path)) == 1, "one note")
    replies.note(MESSAGE)
    replies.forget(MESSAGE)
    await replies.close()
    assert not left_in(tmp_path)


@pytest.mark.parametrize("error", [http_error(503), aiohttp.ServerDisconnectedError()])
async def test_while_discord_is_out_of_order_it_waits(tmp_path: Path, webhooks: Webhooks, error: Exception) -> None:
    left_by_a_killed_process(tmp_path, COMMAND)
    webhooks.thinking = {"secret-token": error}
    first, second = OpenReplies(tmp_path), OpenReplies(tmp_path)
    await first.tell(CLIENT, notice("again"))
    # Another process leaves it to the one that has taken it over, and that one to the next.
    webhooks.thinking.clear()
    await second.tell(CLIENT, notice("again"))
    assert webhooks.edits == []
    await first.close()
    await second.tell(CLIENT, notice("again"))
    assert webhooks.edits == ["secret-token"]
    await second.close()
    assert not left_in(tmp_path)


async def test_what_discord_has_not_taken_is_told_by_the_same_process(tmp_path: Path, webhooks: Webhooks) -> None:
    replies = OpenReplies(tmp_path)
    replies.note(COMMAND)
    replies.leave(COMMAND)
    await replies.tell(CLIENT, notice("again"))
    assert webhooks.edits == ["secret-token"]
    await replies.close()


async def test_what_a_kill_left_half_written_is_dropped(tmp_path: Path, webhooks: Webhooks) -> None:
    write_halves(tmp_path)
    replies = OpenReplies(tmp_path)
    assert await replies.tell(CLIENT, notice("again")) == set()
    assert not left_in(tmp_path)
    assert not webhooks.edits


async def test_where_nothing_can_be_written_the_log_says_so_once(
    webhooks: Webhooks, caplog: pytest.LogCaptureFixture
) -> None:
    replies = OpenReplies(Path("/dev/null") / "open")
    with caplog.at_level(logging.WARNING):
        for reply in (COMMAND, MESSAGE):
            replies.note(reply)
        replies.leave(COMMAND)
        await replies.tell(CLIENT, notice("again"))
    assert webhooks.edits == ["secret-token"]
    assert len(caplog.records) == 1
    assert "secret-token" not in caplog.text
    await replies.close()


async def test_a_folder_that_somebody_empties_is_made_anew(tmp_path: Path) -> None:
    replies = OpenReplies(folder := tmp_path / "open")
    replies.note(COMMAND)
    await eventually(lambda: notes(folder), "a note")
    shutil.rmtree(folder)
    replies.note(MESSAGE)
    await eventually(lambda: notes(folder), "a note")
    await replies.close()
