"""A moderator goes several changes back, over a restart as well, and reads what changed and what was kept."""

from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import CommandUnavailable, DiscordServer
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import KEPT, MODERATOR, SERVED, answered, reload, started, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

HELD = ARABIC("rollback.held")


async def said(server: DiscordServer, command: str, **options: str) -> str:
    asked = await server.run_command(command, options, author=MODERATOR, channel="عام")
    reply = await server.wait_for_reply(asked)
    assert reply.is_ephemeral
    return reply.text


async def offered(server: DiscordServer, typed: str = "") -> list[tuple[str, str]]:
    options = {"version": typed}
    choices = await server.autocomplete("corpus rollback", options, "version", author=MODERATOR, channel="عام")
    return [(str(one["name"]), str(one["value"])) for one in choices]


async def test_several_steps_back_and_forth(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    settings = {"CORPUS_CACHE": str(tmp_path / "cache"), "CORPUS_MOST_SHRINK": "0.9"}
    async with started(server, corpus, tmp_path / "first", **settings):
        assert await offered(server) == []
        assert ARABIC("history.nothing") in await said(server, "corpus history")
        (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
        assert SERVED in await reload(server)
        (corpus / "library.md").rename(tmp_path / "library.md")
        assert SERVED in await reload(server)
        (corpus / "museum.md").unlink()
        assert SERVED in await reload(server)
        told = await said(server, "corpus history")
        assert told.count("أُضيف 1، وتغيّر") == 1
        assert told.count("وأُزيل 1، ولم") == 2
        assert f"<@{server.world.user(MODERATOR).id}>" in told
    async with started(server, corpus, tmp_path / "second", **settings):
        names = [name for name, _ in await offered(server)]
        assert [name.partition(": ")[2] for name in names] == [
            "المقالات 3، أُضيف 0، تغيّر 0، أُزيل 1",
            "المقالات 4، أُضيف 1، تغيّر 0، أُزيل 0",
            "المقالات 3، أُضيف 3، تغيّر 0، أُزيل 0",
        ]
        told = await said(server, "corpus history")
        assert all(name in told for name in names)
        [(_, with_both)] = await offered(server, "المقالات 4")
        done = await said(server, "corpus rollback", version=with_both)
        assert "عدتُ إلى تغطية سابقة" in done
        assert HELD in done
        assert QUOTED in await answered(server, QUESTION)
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        assert HELD in await status(server)
        # Without a choice, one step further.
        assert ARABIC("rollback.done").partition("،")[0] in await said(server, "corpus rollback")
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        nothing = await said(server, "corpus rollback")
        assert ARABIC("rollback.nothing") in nothing
        stale = await said(server, "corpus rollback", version="أمس")
        assert ARABIC("rollback.unknown") in stale
        assert KEPT in stale
        # A reload ends what the rollback holds.
        assert SERVED in await reload(server)
        assert QUOTED not in await answered(server, QUESTION)
        assert HELD not in await status(server)


async def test_members_are_not_shown_the_history(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    async with started(server, corpus, tmp_path / "log"):
        with pytest.raises(CommandUnavailable):
            await server.run_command("corpus history", author="سارة", channel="عام")
        with pytest.raises(CommandUnavailable):
            await server.autocomplete("corpus rollback", {"version": ""}, "version", author="سارة", channel="عام")
