"""Who deletes a question in Discord has its words forgotten: in the records, by this process and by the next."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest
import pytest_asyncio

from tests.discord_server import DiscordServer
from tests.e2e.buttons import ask, delete, press
from tests.e2e.coverage import QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.moderating import gaps, gaps_with, started
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

OTHER = "من بنى برج الساعة في الميناء؟"
NO_GAP = "لم يبقَ أي سؤال بلا جواب"

Restart = Callable[[], Awaitable[None]]


@pytest_asyncio.fixture(loop_scope="session")
async def restart(server: DiscordServer, corpus: Path, tmp_path: Path, folder: Path) -> AsyncIterator[Restart]:
    """Start the program on the same records; end that before."""
    async with AsyncExitStack() as running:

        async def restart() -> None:
            await running.aclose()
            address = f"sqlite:///{folder / 'isnad.sqlite'}"
            await running.enter_async_context(started(server, corpus, tmp_path / "log", DATABASE_URL=address))

        yield restart


def is_kept(folder: Path, question: str) -> bool:
    with closing(sqlite3.connect(folder / "isnad.sqlite")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return any(question in row for table in tables for row in connection.execute(f"SELECT * FROM {table}"))  # noqa: S608


async def test_the_vote_on_a_deleted_answer_stays_without_the_question(
    server: DiscordServer, restart: Restart, folder: Path
) -> None:
    await restart()
    asked = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    await press(server, await server.wait_for_reply(asked), "👍", "ليلى")
    await eventually(lambda: is_kept(folder, QUESTION), "the words of a public answer")
    await server.delete_message(asked)
    await eventually(lambda: not is_kept(folder, QUESTION), "their deletion")
    called = await server.run_command("privacy", author="ليلى", channel="عام")
    assert "👍 [جواب]" in (await server.wait_for_reply(called)).text


@pytest.mark.parametrize("by_card", [False, True])
async def test_a_deleted_question_is_no_gap_any_more(
    server: DiscordServer, restart: Restart, folder: Path, *, by_card: bool
) -> None:
    await restart()
    await ask(server, question=OTHER)
    asked = await server.post_message("عام", "سارة", f"<@bot> {UNSUPPORTED_QUESTION}")
    refusal = await server.wait_for_reply(asked)
    await eventually(lambda: is_kept(folder, UNSUPPORTED_QUESTION), "a gap")
    await gaps_with(server, UNSUPPORTED_QUESTION)
    await server.delete_message(refusal if by_card else asked)
    await eventually(lambda: not is_kept(folder, UNSUPPORTED_QUESTION), "its deletion")
    for _ in range(2):
        assert UNSUPPORTED_QUESTION not in await gaps_with(server, OTHER)
        await restart()


async def test_a_gap_of_an_earlier_process_is_forgotten_with_its_card(
    server: DiscordServer, restart: Restart, folder: Path
) -> None:
    await restart()
    refusal = await ask(server, question=UNSUPPORTED_QUESTION)
    await restart()
    await gaps_with(server, UNSUPPORTED_QUESTION)
    await delete(server, refusal)
    await eventually(lambda: not is_kept(folder, UNSUPPORTED_QUESTION), "its deletion")
    assert NO_GAP in await gaps(server)


async def test_an_edited_question_is_a_gap_in_its_last_words(
    server: DiscordServer, restart: Restart, folder: Path
) -> None:
    await restart()
    asked = await server.post_message("عام", "سارة", f"<@bot> {UNSUPPORTED_QUESTION}")
    refusal = await server.wait_for_reply(asked)
    await server.edit_message(asked, f"<@bot> {OTHER}")
    await server.wait_for_edit(refusal)
    await eventually(lambda: is_kept(folder, OTHER), "the gap in its new words")
    for _ in range(2):
        assert UNSUPPORTED_QUESTION not in await gaps_with(server, OTHER)
        await restart()
    assert not is_kept(folder, UNSUPPORTED_QUESTION)
