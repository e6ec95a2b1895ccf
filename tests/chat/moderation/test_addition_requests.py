import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from bot.articles import Article, BoilerplatePhrases, Removal, RemovalList, read_corpus
from bot.articles.importing import AddedArticles, import_text
from bot.articles.importing.page_download import DownloadedPage
from bot.articles.origins import ADDITIONS
from bot.chat.cards.article_card import article_key
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.moderation import addition_requests as requests
from bot.chat.moderation.addition_drafts import Draft
from bot.chat.moderation.addition_form import AdditionWords
from bot.chat.moderation.addition_requests import Additions
from bot.chat.moderation.moderator_channel import AuditChannel
from bot.chat.moderation.reloads import Reloads
from bot.chat.request_handler import RequestHandler
from bot.edition import Editions, GateError, ReloadCancelledError, ReloadOutcome, Running, StageCallback
from bot.ops.metrics import Metrics
from bot.retrieval import SearchAwayError
from bot.settings import CONFIG
from tests.articles.html.test_page import PAGES
from tests.chat.doubles import FixedEditions, edition, reloaded, unchanged
from tests.chat.samples import ARABIC, article
from tests.patience import eventually
from tests.retrieval.opensearch.outage import Failures, Outage, on_server

PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
WORDS = AdditionWords(title="السوق القديم", text="افتتح المجلس السوق القديم.\n\nويضم السوق مئة دكان.")
MODERATOR = "<@7>"
Failure = Callable[[], Exception | None]


class Market:
    """A coverage of one article and what is added in a folder, served by each reload that does not fail."""

    def __init__(self, folder: Path, *, failure: Failure = lambda: None, before: Failure = lambda: None) -> None:
        self.folder = folder
        self.told: list[str] = []
        self.shown: list[str] = []
        self._failure, self._before = failure, before
        self.editions = FixedEditions(edition(article()), self._reload)
        self.added = AddedArticles(folder, PHRASES)
        self.removals = RemovalList(folder.parent / "removed")
        self.sources: tuple[Article, ...] = (article(),)
        self.editions.read_removals = self.removals.read
        held = cast("Editions", self.editions)
        self.handler = SimpleNamespace(editions=held, texts=ARABIC, metrics=Metrics(), is_stopping=False)
        handler = cast("RequestHandler", self.handler)
        reloads = Reloads(handler, AuditChannel(self._tell, ARABIC), lambda: False)
        self.additions = Additions(handler, self.added, self.removals, reloads)

    def _reload(self, _: StageCallback) -> ReloadOutcome:
        if error := self._before():
            raise error
        if error := self._failure():
            raise error
        removals = self.removals.read()
        self.editions.current = edition(*(one for one in self.all if not removals.has(one.id, one.url)))
        self.editions.last = reloaded()
        return reloaded()

    @property
    def all(self) -> tuple[Article, ...]:
        return self.sources + added_to(self.folder)

    async def _tell(self, card: Card) -> None:
        self.told += card.blocks

    async def _show(self, card: Card) -> None:
        self.shown += card.blocks

    async def add(self, words: AdditionWords = WORDS) -> str:
        card = await self.additions.add(Draft(words), MODERATOR, self._show)
        await asyncio.sleep(0)
        return "\n".join(card.texts)

    async def remove(self, typed: str) -> str:
        card = await self.additions.remove(typed, MODERATOR, self._show)
        await asyncio.sleep(0)
        return "\n".join(card.texts)

    async def restore(self, typed: str) -> str:
        card = await self.additions.restore(typed, MODERATOR, self._show)
        await asyncio.sleep(0)
        return "\n".join(card.texts)

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir()) if self.folder.exists() else []

    @property
    def texts(self) -> list[str]:
        return [path.read_text("utf-8") for path in sorted(self.folder.iterdir())]

    @property
    def served(self) -> list[str]:
        return [one.title for one in self.editions.current.articles.values()]


def added_to(folder: Path) -> tuple[Article, ...]:
    """Read the additions of a folder, with their ids in the whole."""
    read = read_corpus(folder, PHRASES).articles if folder.exists() else ()
    return tuple(replace(one, id=f"{ADDITIONS}/{one.id}") for one in read)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "additions"


def occupied(folder: Path) -> Path:
    """Have a file where the folder should be."""
    folder.touch()
    return folder


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "_LOOK_EVERY", 0.005)


async def test_an_article_is_added_and_removed_and_the_moderators_are_told(folder: Path) -> None:
    market = Market(folder)
    assert ARABIC("addition.done") in await market.add()
    assert market.files == ["السوق-القديم.md"]
    assert WORDS.title in market.served
    assert ARABIC("removal.done") in await market.remove(WORDS.title)
    assert WORDS.title not in market.served
    # Its text is kept, to be brought back.
    assert market.files == ["السوق-القديم.md"]
    assert [line.split("\n")[0] for line in market.told] == [
        ARABIC("audit.added", who="\u2068<@7>\u2069", title=WORDS.title),
        ARABIC("audit.removed", who="\u2068<@7>\u2069", title=WORDS.title),
    ]


@pytest.mark.parametrize(
    "error", [GateError("shrunk", before=3, after=1, percent=50), MemoryError(), ReloadCancelledError("<@9>")]
)
async def test_whatever_fails_nothing_stays_of_it(folder: Path, error: Exception) -> None:
    errors: list[Exception | None] = [error]
    market = Market(folder, failure=lambda: errors.pop() if errors else None)
    card = await market.add()
    assert card.startswith(f"### {ARABIC('not_done.added')}")
    assert ARABIC("undone.added") in card
    assert (market.files, market.served) == ([], [article().title])
    assert "لم تنجح إضافة «السوق القديم»" in market.told[0]
    await market.add()
    errors.append(error)
    assert ARABIC("undone.removed") in await market.remove(WORDS.title)
    assert (len(market.removals.read()), WORDS.title in market.served) == (0, True)


LIBEL = replace(article("خبر كاذب"), id="feed-1a2b3c/libel", url="https://news.example/libel?id=7")
COPY = replace(LIBEL, id="other/libel", title="الخبر نفسه", url="http://www.news.example/libel/?id=7")


@pytest.mark.parametrize("typed", [LIBEL.title, LIBEL.url, "<https://news.example/libel?id=7>", article_key(LIBEL)])
async def test_an_article_of_any_source_goes_with_others_of_its_link_and_comes_back(folder: Path, typed: str) -> None:
    market = Market(folder)
    market.sources += (LIBEL, COPY)
    market.editions.current = edition(*market.all)
    told = await market.remove(typed)
    assert (ARABIC("removal.done") in told, LIBEL.title in told, COPY.title in told) == (True,) * 3
    assert market.served == [article().title]
    with pytest.raises(ReplyError, match=r"removal\.gone"):
        await market.remove(LIBEL.title)
    # What its source says of it meanwhile changes nothing, nor does another one under its link.
    market.sources += (replace(LIBEL, id="third/x", title="عنوان آخر"),)
    await market.add()
    assert sorted(market.served) == sorted([article().title, WORDS.title])
    back = await market.restore(LIBEL.title)
    assert ARABIC("restoral.done") in back
    assert {LIBEL.title, COPY.title, "عنوان آخر"} < {*market.served}
    assert [line.split("\n")[0] for line in market.told][::2] == [
        ARABIC("audit.removed", who="\u2068<@7>\u2069", title=LIBEL.title),
        ARABIC("audit.restored", who="\u2068<@7>\u2069", title=LIBEL.title),
    ]
    assert market.editions.fetched == [False, True, False]
    with pytest.raises(ReplyError, match=r"restoral\.unknown"):
        await market.restore(LIBEL.title)


async def test_a_text_may_be_added_under_the_link_of_what_was_removed(folder: Path) -> None:
    market = Market(folder)
    market.sources += (LIBEL,)
    market.editions.current = edition(*market.all)
    await market.remove(LIBEL.title)
    assert ARABIC("addition.done") in await market.add(replace(WORDS, link=str(LIBEL.url)))
    assert sorted(market.served) == sorted([article().title, WORDS.title])
    await market.remove(WORDS.title)
    assert ARABIC("addition.done") in await market.add(replace(WORDS, link=str(LIBEL.url)))
    assert market.files == ["السوق-القديم-2.md", "السوق-القديم.md"]


async def test_articles_of_a_front_page_do_not_go_with_one_another(folder: Path) -> None:
    market = Market(folder)
    market.sources += (one := replace(LIBEL, url="https://news.example/"), replace(COPY, url="https://news.example"))
    market.editions.current = edition(*market.all)
    await market.remove(one.title)
    assert sorted(market.served) == sorted([article().title, COPY.title])


async def test_what_its_source_has_no_more_comes_back_when_it_has(folder: Path) -> None:
    market = Market(folder)
    market.sources += (LIBEL,)
    market.editions.current = edition(*market.all)
    await market.remove(LIBEL.title)
    market.sources = (article(),)
    assert ARABIC("restoral.absent", title=LIBEL.title) in await market.restore(LIBEL.title)
    assert len(market.removals.read()) == 0


async def test_a_coverage_that_fails_with_the_article_keeps_it_out(folder: Path) -> None:
    errors: list[Exception | None] = [None]
    market = Market(folder, failure=lambda: errors[-1])
    market.sources += (LIBEL,)
    market.editions.current = edition(*market.all)
    await market.remove(LIBEL.title)
    errors.append(GateError("shrunk", before=3, after=1, percent=50))
    assert ARABIC("undone.restored") in await market.restore(LIBEL.title)
    assert [one.id for one in market.removals.read()] == [LIBEL.id]


async def test_an_earlier_reload_that_met_the_file_may_have_served_it(folder: Path) -> None:
    market = Market(folder)

    def served_and_failed() -> Exception:
        market.editions.current = edition(*market.all)
        market.editions.last = unchanged()
        return ReloadCancelledError(None)

    market._failure = served_and_failed
    assert ARABIC("addition.done") in await market.add()
    assert market.files == ["السوق-القديم.md"]


async def test_a_coverage_without_the_article_after_all_is_no_success(folder: Path) -> None:
    market = Market(folder)
    market._reload = lambda _: unchanged()  # type: ignore[method-assign]
    market.editions._work = market._reload
    assert ARABIC("addition.not_served") in await market.add()
    assert market.files == []


async def test_an_article_whose_link_is_known_however_it_is_written_is_not_added(folder: Path) -> None:
    market = Market(folder)
    await market.add(replace(WORDS, link="https://news.example/market"))
    other = AdditionWords(title="غيره", text="نص آخر عن شيء آخر.")
    told = [
        await market.add(replace(other, link=f"http://www.NEWS.example/{name}/amp")) for name in ("library", "market")
    ]
    for words, title in zip(told, (article().title, WORDS.title), strict=True):
        assert ARABIC("addition.known_link", article="").strip() in words
        assert title in words
    market.editions.current = edition(article())
    assert "وليست في التغطية التي أجيب منها الآن" in await market.add(
        replace(other, link="http://news.example/market/")
    )
    assert market.files == ["السوق-القديم.md"]


async def test_where_nothing_is_built_nothing_is_added_or_removed(folder: Path) -> None:
    market = Market(folder)
    await market.add()
    market.editions.builds, before = False, market.files
    other = AdditionWords(title="الميناء", text="وسّع المجلس رصيف الميناء.\n\nويبدأ العمل فيه غداً.")
    assert ARABIC("addition.elsewhere") in await market.add(other)
    with pytest.raises(ReplyError, match=r"addition\.elsewhere"):
        await market.remove("السوق-القديم")
    assert market.files == before


async def test_a_folder_that_cannot_be_written_is_named_by_its_fault(folder: Path) -> None:
    market = Market(occupied(folder))
    market.folder = folder / "none"
    assert ARABIC("addition.unwritable", words="EEXIST") in await market.add()
    (folder.parent / "removed").touch()
    with pytest.raises(ReplyError, match=r"addition\.unwritable"):
        await market.remove(article().title)
    assert market.served == [article().title]
    assert market.told == []


async def test_where_pages_cannot_be_read_what_to_install_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fetched(link: str, **_: object) -> DownloadedPage:
        return DownloadedPage((PAGES / "news.html").read_bytes(), link, "utf-8")

    def lack(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(requests, "fetch_page", fetched)
    monkeypatch.setattr("bot.articles.html.extraction.import_module", lack)
    card = await Market(folder).add(AdditionWords("https://news.example/x"))
    assert "requirements-import.txt" in card or "make pages" in card


async def test_an_addition_that_has_not_begun_when_the_bot_stops_is_none(folder: Path) -> None:
    market = Market(folder)
    market.editions.running, market.handler.is_stopping = Running("<@9>", datetime.now(UTC)), True
    with pytest.raises(ReplyError, match=r"error\.stopping"):
        await market.add()
    assert market.files == []


async def test_while_another_reload_runs_it_is_said_for_whose_this_waits(folder: Path) -> None:
    market = Market(folder)
    market.editions.running = Running("<@9>", datetime.now(UTC))
    adding = asyncio.create_task(market.add())
    await eventually(lambda: market.shown, "a card that says for whose reload it waits")
    assert market.shown == [ARABIC("addition.waiting", who="\u2068<@9>\u2069")]
    assert market.files == []
    market.editions.running = None
    assert ARABIC("addition.done") in await adding


@pytest.mark.parametrize("is_addition", [True, False])
@pytest.mark.parametrize("is_refused", [True, False])
async def test_what_a_kill_interrupted_is_finished_or_undone_and_told(
    folder: Path, *, is_addition: bool, is_refused: bool
) -> None:
    begun = AddedArticles(folder, PHRASES)
    key = begun.add(import_text("x", WORDS.text, PHRASES, {"title": WORDS.title})).key
    market = Market(folder, failure=lambda: GateError("shrunk", before=3, after=1, percent=50) if is_refused else None)
    market.editions.current = edition(*market.all)
    if not is_addition:
        begun.settle(key)
        market.removals.add([Removal(f"{ADDITIONS}/{key}", None, WORDS.title)])
    elif is_refused:
        market.editions.current = edition(article())
    await market.additions.resume()
    await asyncio.sleep(0)
    assert (WORDS.title in market.served) is (is_addition != is_refused)
    assert market.files == ([] if is_addition and is_refused else ["السوق-القديم.md"])
    assert len(market.removals.read()) == (not is_addition and not is_refused)
    [line] = market.told
    assert "البوت نفسه" in line
    assert ("لم تنجح" in line) == is_refused
    await market.additions.resume()
    assert len(market.told) == 1


async def correct(market: Market, **changed: str) -> str:
    draft, _ = market.additions.correction(WORDS.title)
    card = await market.additions.add(draft.mended(replace(draft.words, **changed)), MODERATOR, market._show)
    await asyncio.sleep(0)
    return "\n".join(card.texts)


@pytest.mark.parametrize("fails", [True, False])
async def test_a_correction_serves_or_the_text_before_stays(folder: Path, fails: bool) -> None:
    errors: list[Exception | None] = []
    market = Market(folder, failure=lambda: errors.pop() if errors else None)
    await market.add()
    before = market.texts
    assert ARABIC("correction.same") in await correct(market)
    errors += [GateError("shrunk", before=3, after=1, percent=50)] if fails else []
    # What only the day tells apart is not taken for what serves already.
    told = await correct(market, day="2026-06-02")
    assert (ARABIC("correction.done") in told) is not fails
    assert (ARABIC("undone.corrected") in told) is fails
    assert (market.texts == before) is fails
    assert ("لم يتمّ تصحيح" if fails else "صُحّحت في التغطية") in market.told[-1]
    assert [one.id for one in market.all] == [article().id, f"{ADDITIONS}/السوق-القديم"]


@pytest.mark.parametrize("is_refused", [True, False])
async def test_a_correction_that_a_kill_interrupted_is_finished_or_undone(folder: Path, is_refused: bool) -> None:
    begun = AddedArticles(folder, PHRASES)
    key = begun.add(import_text("x", WORDS.text, PHRASES, {"title": WORDS.title})).key
    begun.settle(key)
    market = Market(folder, failure=lambda: GateError("shrunk", before=3, after=1, percent=50) if is_refused else None)
    market.editions.current = edition(*market.all)
    begun.correct(key, import_text("x", WORDS.text, PHRASES, {"title": WORDS.title, "outlet": "إذاعة الساحل"}))
    await market.additions.resume()
    await asyncio.sleep(0)
    assert [one.outlet for one in added_to(folder)] == [None if is_refused else "إذاعة الساحل"]
    assert market.files == [f"{key}.md"]
    assert ("لم يتمّ تصحيح" in market.told[0]) is is_refused


async def test_a_correction_may_not_take_what_another_article_has(folder: Path) -> None:
    market = Market(folder)
    await market.add()
    assert ARABIC("not_done.corrected") not in await correct(market, link="https://news.example/market")
    told = await correct(market, link=article().url or "")
    assert "في التغطية مقالة هذا الرابط من قبل" in told


async def test_nothing_is_added_while_it_is_not_known_whether_it_is_there(folder: Path) -> None:
    market = Market(folder)
    market.editions.current = on_server(market.editions.current, Outage(SearchAwayError("refused")))
    told = await market.add()
    assert ARABIC("search.away", cause="\u2068refused\u2069") in told
    assert market.files == []


@pytest.mark.parametrize("fails", [True, False])
async def test_what_was_begun_is_settled_or_undone_when_the_search_server_is_back(folder: Path, fails: bool) -> None:
    market = Market(folder)
    outages = [Failures(3)]

    def reload(_: StageCallback) -> ReloadOutcome:
        before = market.editions.current if fails else edition(*market.all)
        market.editions.current = on_server(before, outages[0])
        if fails:
            raise SearchAwayError("refused")
        return reloaded()

    market.editions._work = reload
    told = await market.add()
    assert outages[0].failed == 3
    assert (ARABIC("addition.done") in told) is not fails
    assert (ARABIC("undone.added") in told) is fails
    assert bool(market.files) is not fails


async def test_what_cannot_be_settled_before_a_stop_is_finished_by_the_next_process(folder: Path) -> None:
    market = Market(folder)

    def reload(_: StageCallback) -> ReloadOutcome:
        market.editions.current = on_server(market.editions.current, Outage(SearchAwayError()))
        market.handler.is_stopping = True
        return reloaded()

    market.editions._work = reload
    with pytest.raises(ReplyError, match=r"addition\.resumed"):
        await market.add()
    again = Market(folder)
    await again.additions.resume()
    assert again.files == ["السوق-القديم.md"]
    assert again.added.unsettled() == []
