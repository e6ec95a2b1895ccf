"""The program while its search server is away: it waits, says so, and takes nothing for a refusal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.chat.waiting_room import WAITING
from bot.retrieval import SearchAwayError, SearchDeniedError, SearchError
from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer
from tests.e2e.buttons import ask, labels, press
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.moderating import KEPT, MODERATOR, SERVED, reload, started, status
from tests.e2e.program import Program
from tests.e2e.test_manners import mention, seen, wait_for_mark
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

AWAY = ARABIC("error.search")
LOGGED = "The search server gives no answers"
RETURNED = "The search server answers again"


class Search:
    """The search server of a program, as a test has it."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def settings(self) -> dict[str, str]:
        """What the program has to be told."""
        return {"PREPARED_SEARCH": str(self._file)}

    def fail(self, kind: type[SearchError] = SearchAwayError) -> None:
        """Answer nothing from now on."""
        self._file.write_text(kind.__name__, encoding="utf-8")

    def recover(self) -> None:
        """Answer again."""
        self._file.unlink()


@pytest.fixture
def search(tmp_path: Path) -> Search:
    return Search(tmp_path / "search")


@asynccontextmanager
async def running(
    server: DiscordServer, corpus: Path, search: Search, log: Path, **settings: str
) -> AsyncIterator[Program]:
    """Run the program, in whose log is nothing unexpected at the end."""
    async with started(server, corpus, log, **search.settings, **settings) as program:
        yield program
    assert "Traceback" not in program.log
    assert "ERROR" not in program.log


async def test_questions_wait_with_a_sign_and_are_all_answered_once_the_server_is_back(
    server: DiscordServer, corpus: Path, search: Search, tmp_path: Path
) -> None:
    async with running(server, corpus, search, tmp_path / "log") as program:
        search.fail()
        asked = [await mention(server, place=place) for place in ("عام", "عام", "الإشراف")]
        called = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel="عام")
        refused = await mention(server, UNSUPPORTED_QUESTION)
        for question in (*asked, refused):
            await wait_for_mark(server, question, WAITING)
        search.recover()
        replies = [await server.wait_for_reply(question) for question in asked]
        replies.append(await server.wait_for_reply(called))
        assert all(QUOTED in reply.text for reply in replies)
        told = await server.wait_for_reply(refused)
        assert AWAY not in told.text
        await server.until(
            lambda: not any(seen(server, question).reactions for question in (*asked, refused)) or None,
            what="the end of the marks",
        )
        for place in ("عام", "الإشراف"):
            assert not any(AWAY in shown.text for shown in server.messages(place))
    assert program.log.count(LOGGED) == program.log.count(RETURNED) == 1


async def test_a_question_that_is_edited_or_deleted_while_it_waits(
    server: DiscordServer, corpus: Path, search: Search, tmp_path: Path
) -> None:
    async with running(server, corpus, search, tmp_path / "log"):
        search.fail()
        edited, deleted = await mention(server), await mention(server, place="الإشراف")
        for question in (edited, deleted):
            await wait_for_mark(server, question, WAITING)
        await server.delete_message(deleted)
        await server.edit_message(edited, "<@bot> كم بلغت كلفة خط الترام الجديد؟")
        search.recover()
        assert "تسعين مليون دينار" in (await server.wait_for_reply(edited)).text
        assert not [shown for shown in server.messages("الإشراف") if shown.message.author_id == server.world.bot.id]


async def test_buttons_lists_and_choices_say_so_and_work_again(
    server: DiscordServer, corpus: Path, search: Search, tmp_path: Path
) -> None:
    async with running(server, corpus, search, tmp_path / "log"):
        answer = await ask(server)
        # What is new of a subject is told later.
        shown = [*labels(answer)[:2], "📚"]
        assert len(shown) > 1
        search.fail()
        for label in shown:
            assert (await press(server, answer, label)).text == AWAY
        for command, options in (("sources", {}), ("article", {"title": "المكتبة"}), ("new", {})):
            told = await server.wait_for_reply(await server.run_command(command, options, author="سارة", channel="عام"))
            assert told.text == AWAY, command
        [choice] = await server.autocomplete("article", {"title": "المكتبة"}, "title", author="سارة", channel="عام")
        assert choice["name"] == ARABIC("error.search_short")
        # A vote is taken all the same.
        assert (await press(server, answer, "👍")).text != AWAY
        search.recover()
        for label in shown:
            assert (await press(server, answer, label)).text != AWAY


async def test_members_read_that_it_is_away_and_moderators_why(
    server: DiscordServer, corpus: Path, search: Search, tmp_path: Path
) -> None:
    async with running(server, corpus, search, tmp_path / "log") as program:
        search.fail(SearchDeniedError)
        assert (await ask(server)).text == AWAY
        asked = await server.run_command("corpus explain", {"question": QUESTION}, author=MODERATOR, channel="عام")
        assert (await server.wait_for_reply(asked)).text == AWAY
        why = ARABIC("search.denied", cause="\u2068as the test says\u2069")
        assert why in await status(server)
        search.recover()
        await eventually(lambda: RETURNED in program.log, "the server's return")
        assert why not in await status(server)


async def test_a_reload_fails_in_words_and_the_next_one_brings_what_it_had(
    server: DiscordServer, corpus: Path, search: Search, tmp_path: Path
) -> None:
    async with running(server, corpus, search, tmp_path / "log"):
        (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
        search.fail()
        told = await reload(server)
        assert ARABIC("search.away", cause="\u2068as the test says\u2069") in told
        assert KEPT in told
        search.recover()
        assert SERVED in await reload(server)
        assert MUSEUM_QUOTED in (await ask(server, question=MUSEUM_QUESTION)).text


async def test_the_port_says_so_and_the_process_lives(
    server: DiscordServer, corpus: Path, search: Search, tmp_path: Path, unused_tcp_port: int
) -> None:
    settings = {"PORT": str(unused_tcp_port), "HEALTH_HOST": "127.0.0.1", "PREPARED_PATIENCE": "0"}
    async with running(server, corpus, search, tmp_path / "log", **settings):
        search.fail()
        assert (await ask(server)).text == AWAY
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{unused_tcp_port}", timeout=timeout) as session:
            async with session.get("/metrics") as page:
                metrics = dict(line.rsplit(" ", 1) for line in (await page.text()).splitlines() if line[0] != "#")
            assert float(metrics["isnad_search_away_seconds"]) > 0
            assert float(metrics['isnad_errors_total{kind="search"}']) == 1
            assert not any(name.startswith("isnad_refusals_total") for name in metrics)
            async with session.get("/live") as page:
                assert page.status == 200
            # A minute may pass before it counts as unwell.
            async with session.get("/health") as page:
                assert (await page.json())["search"] is True
