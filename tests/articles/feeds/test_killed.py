"""A process that is killed while it fetches a feed, at whatever it does, loses nothing and takes nothing twice."""

import subprocess

import pytest

from bot.articles.sources import SourceError
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
from bot.articles.feeds import FeedSource, HostPace
from bot.articles.sources import FetchLimits
from bot.child_process import ChildProcess
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
           "page": (parser_module, "page_answer"), "never": (None, "")}
module, name = modules[where.partition(" ")[0]]
if module is not None:
    setattr(module, name, deadly(getattr(module, name), after=where.endswith("after")))
ChildProcess._call = call_here
phrases = BoilerplatePhrases.read(Path("config/marks.toml"))
source = FeedSource(url, "feed", Path(folder), outlet=None, token=None, allow_private=True, limits=FetchLimits(),
                    phrases=phrases, pace=HostPace(pause=0.0))
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
    assert keys(source) == ([] if where in {"article after", "state before", "state after"} else ["feed.page.killed"])
    assert list(site.folder.glob(".*.part")) == []
    # What was being read then is tried again a day later, though nothing lists it any more.
    site.serve_feed(rss(site.items([4])))
    site.later(2 * 24 * 3600)
    source = site.fetch()
    assert site.titles() == [title(number) for number in range(5)]
    assert source.report.problems == ()


def test_a_page_that_kills_is_given_up_and_holds_nobody_up(site: FeedSite) -> None:
    site.serve_feed(rss(site.items(range(3))))
    killed(site, "page before", 1)
    source = site.fetch()
    assert (len(site.titles()), keys(source)) == (2, ["feed.page.killed"])


@pytest.mark.slow
def test_articles_that_kill_who_reads_them_are_not_given_again_and_again(site: FeedSite) -> None:
    site.serve_feed(rss(site.items([1])))
    for _ in range(2):
        killed(site, "never", 0)
    with pytest.raises(SourceError) as caught:
        site.fetch()
    assert caught.value.key == "source.deadly"
    assert site.source().fetch(force=True).path == site.folder
    site.serve_feed(rss(site.items([1, 2])))
    site.fetch()
