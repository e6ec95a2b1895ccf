"""A process that is killed while it fetches, as a platform does when it restarts one."""

import subprocess
from pathlib import Path

from tests.articles.conftest import ROOT
from tests.articles.sources.serving import served
from tests.patience import wait_until
from tests.processes import leashed

from .archives import ARTICLES, names, tar_gz
from .conftest import Fetching
from .web_server import WebServer, endless, reply

FETCH = """
import sys
from pathlib import Path, PurePosixPath
from bot.articles.sources.limits import FetchLimits
from bot.articles.sources.archive_download import ArchiveRequest
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.web_archive import WebArchiveSource
url, cache = sys.argv[1:]
request = ArchiveRequest(url, url, allow_private=True)
WebArchiveSource(request, PurePosixPath(), Snapshots(Path(cache)), FetchLimits()).fetch()
"""


def test_a_killed_process_leaves_the_old_snapshot(server: WebServer, fetching: Fetching) -> None:
    server.answers = [
        reply(200, tar_gz(ARTICLES)),
        endless(b"x" * 10_000, pause=0.01),
        reply(200, tar_gz({"new.md": "x"})),
    ]
    fetched = served(fetching.source())
    command = leashed("-c", FETCH, server.url, str(fetching.cache))
    with subprocess.Popen(command, cwd=ROOT) as process:  # noqa: S603
        wait_until(lambda: draft_grows(fetching.cache) or process.poll() is not None, "a draft that grows")
        process.kill()
    assert process.returncode < 0
    kept = fetching.source().last_served()
    assert kept is not None
    assert (kept.path, names(kept.path)) == (fetched.path, sorted(ARTICLES))
    assert names(fetching.source().fetch().path) == ["new.md"]


def draft_grows(cache: Path) -> bool:
    return any(file.stat().st_size for file in cache.glob(".draft-*/archive"))
