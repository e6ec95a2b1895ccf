"""The disk is full while a reload brings an archive, or builds: the card says so, and an edition goes on serving."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.articles.sources.archives import tar_gz
from tests.articles.sources.web_server import WebServer, reply
from tests.discord_server import DiscordServer
from tests.e2e.coverage import ARTICLES, MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import ARCHIVE, KEPT, NEWER, SERVED, answered, archived, reload, started, status

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

_ROOM = 100_000
_LARGE = 2 * _ROOM
FULL = "(\u2068EFBIG\u2069). تحقّق منه، أو سمِّ مجلداً آخر في CORPUS_CACHE "


def packed(article: str) -> bytes:
    return tar_gz(
        {**ARTICLES, "museum.md": MUSEUM, "large.md": f"---\ntitle: خبر طويل\n---\n\n{article}\n"}, "town-main/"
    )


# The one does not fit while it is downloaded, the other comes as a small archive and does not fit when it is unpacked.
ARCHIVES = {
    "downloading": packed("\n\n".join(sha256(b"%d" % number).hexdigest() for number in range(_LARGE // 32))),
    "unpacking": packed("\n\n".join(["قرر المجلس بناء الجسر."] * (_LARGE // 40))),
}


@pytest.mark.parametrize("stage", ARCHIVES)
async def test_an_archive_that_does_not_fit_leaves_the_old_edition_and_the_card_says_why(
    server: DiscordServer, site: WebServer, tmp_path: Path, stage: str
) -> None:
    cache = tmp_path / "cache"
    site.answers = [reply(200, ARCHIVE), reply(200, ARCHIVES[stage])]
    assert (len(ARCHIVES[stage]) > _ROOM) == (stage == "downloading")
    async with started(server, log=tmp_path / "log", **archived(site, cache)) as program:
        kept = everything_in(cache)
        with files_of_at_most(_ROOM, program.pid):
            card = await reload(server)
            assert FULL in card
            assert KEPT in card
            assert everything_in(cache) == kept
            assert FULL in await status(server)
            assert QUOTED in await answered(server, QUESTION)
            assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)

        assert SERVED in await reload(server)
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)


async def test_an_edition_that_does_not_fit_serves_from_memory(
    server: DiscordServer, site: WebServer, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    site.answers = [reply(200, ARCHIVE), reply(200, NEWER)]
    settings = {**archived(site, cache), "PREPARED_FILES": "1"}
    async with started(server, log=tmp_path / "log", **settings) as program:
        kept = editions_in(cache)
        with files_of_at_most(min(len(file.read_bytes()) for file in kept) // 2, program.pid):
            assert SERVED in await reload(server)
            assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
            assert editions_in(cache) == kept
        assert "The edition cannot be stored, and is built in memory" in program.log


@contextmanager
def files_of_at_most(size: int, pid: int) -> Iterator[None]:
    """Let a process, and those that it starts, write no file beyond a size."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def everything_in(cache: Path) -> list[Path]:
    # The records open when they do, and make files beside theirs; whom a reply is owed is noted for as long.
    return sorted(
        path
        for path in cache.rglob("*")
        if not path.relative_to(cache).parts[0].startswith(("isnad-", "open-replies-"))
    )


def editions_in(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.edition"))
