"""The program on a real search server, behind a stub that cuts it off, hangs or refuses."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.chat.waiting_room import WAITING
from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer
from tests.e2e.buttons import ask
from tests.e2e.coverage import QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.moderating import started
from tests.e2e.program import Program
from tests.e2e.test_manners import mention, wait_for_mark
from tests.opensearch_server import server_faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Fault, Stub, opensearch_stub
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

AWAY = ARABIC("error.search")
PASSING: dict[str, Fault] = {
    "cut": server_faults.cut,
    "hangs": server_faults.hang,
    "partial": server_faults.partial,
    "index gone": server_faults.index_not_found,
    "busy": server_faults.busy,
    "no manager": server_faults.unavailable,
    "no shard": server_faults.no_shard,
}


@dataclass(frozen=True)
class Search:
    """A server behind a stub, and the beginning of the names of its indices."""

    stub: Stub
    prefix: str


@pytest.fixture
def search(opensearch: OpenSearchCluster) -> Iterator[Search]:
    with opensearch.prefix() as prefix, opensearch_stub(opensearch.addresses[0]) as stub:
        yield Search(stub, prefix)


@asynccontextmanager
async def running(server: DiscordServer, corpus: Path, search: Search, folder: Path) -> AsyncIterator[Program]:
    """Run the program on the server; nothing unexpected is in its log at the end."""
    cache = str(folder / "cache")
    given = {"SEARCH_URL": search.stub.address, "SEARCH_INDEX": search.prefix, "CORPUS_CACHE": cache}
    async with started(server, corpus, folder / "log", **given) as program:
        yield program
        search.stub.heal()
    assert "Traceback" not in program.log


@pytest.mark.parametrize("fault", PASSING)
async def test_questions_wait_for_the_server_and_none_is_lost_or_refused_for_it(
    server: DiscordServer, corpus: Path, search: Search, tmp_path: Path, fault: str
) -> None:
    async with running(server, corpus, search, tmp_path) as program:
        assert QUOTED in (await ask(server)).text
        search.stub.tell(PASSING[fault])
        asked = [await mention(server, place=place) for place in ("عام", "الإشراف")]
        refused = await mention(server, UNSUPPORTED_QUESTION)
        for question in (*asked, refused):
            await wait_for_mark(server, question, WAITING)
        search.stub.heal()
        for question in asked:
            assert QUOTED in (await server.wait_for_reply(question)).text
        told = (await server.wait_for_reply(refused)).text
        assert AWAY not in told
        assert QUOTED not in told
        await eventually(lambda: "The search server answers again" in program.log, "the server's return")
