"""A process that is killed while it fetches a feed, at whatever it does, loses nothing and takes nothing twice."""

import subprocess

import pytest

from tests.articles.conftest import ROOT
from tests.processes import leashed

from .feed_site import FeedSite, keys, rss, title

# Kills itself at the nth call of one of what a fetch writes with.
FETCH = """
import os, signal, sys
from pathlib import Path
import bot.articles.importing.article_folder as folder_module
import bot.articles.feeds.feed_state as state_module
import bot.articles.feeds.document_parser as parser_module
from bot.articles import BoilerplatePhrases
from bot.articles.feeds import DocumentParser, FeedClient, FeedSource, HostPace
from bot.articles.sources import FetchLimits
from bot.workers.child_process import ChildProcess
from tests.same_process import call_here

url, folder, where, number = sys.argv[1:]
left = int(number)

def deadly(function, *, after):
    def wrapped(*arguments, **more):
        global left
        left -= 1
        if left == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **more)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    wrapped.__name__ = function.__name__
    return wrapped

modules = {"article": (folder_module, "atomic_write"), "state": (state_module, "atomic_write"),
           "page": (parser_module, "page_answer")}
module, name = modules[where.partition(" ")[0]]
setattr(module, name, deadly(getattr(module, name), after=where.endswith("after")))
ChildProcess._call = call_here
phrases = BoilerplatePhrases.read(Path("config/marks.toml"))
client = FeedClient(url, None, True, HostPace(pause=0.0), DocumentParser(phrases))
source = FeedSource(client, "feed", Path(folder), FetchLimits())
source.fetch()
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(site: FeedSite, where: str, number: int) -> None:
    command = leashed("-c", FETCH, site.server.link("/feed"), str(site.folder), where, str(number))
    assert subprocess.run(command, cwd=ROOT, check=False).returncode < 0  # noqa: S603


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "number"),
    [
        *(("article before", 2), ("article after", 2), ("article after", 3)),
        *(("state before", 1), ("state after", 1), ("state before", 2), ("state after", 2)),
        *(("page before", 1), ("page before", 3)),
    ],
)
def test_a_kill_in_any_write_loses_and_doubles_nothing(site: FeedSite, where: str, number: int) -> None:
    site.serve_feed(rss(site.items(range(4))))
    killed(site, where, number)
    (site.folder / ".0123456789abcdef.part").touch()
    source = site.fetch()
    assert keys(source) == []
    assert list(site.folder.glob(".*.part")) == []
    assert site.titles() == [title(number) for number in range(4)]
    assert source.problems == ()
