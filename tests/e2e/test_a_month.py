"""A month of a server, day by day: a folder and a feed, members who ask and wait, moderators, and what breaks."""

import asyncio
import json
import logging
import re
import signal
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, inspect, text

from tests.articles.combined.conftest import LONG, rss
from tests.articles.page_server import PageServer, page_server
from tests.discord_server import Channel, DiscordServer, Interaction, Seen
from tests.discord_server.seen import see
from tests.e2e.buttons import press
from tests.e2e.coverage import QUESTION, QUOTED, UNSUPPORTED_QUESTION, write_corpus
from tests.e2e.moderating import MODERATION, MODERATOR, answered, reload, started, status
from tests.e2e.program import Program
from tests.patience import waiting_for
from tests.postgres import NoPostgresError, PostgresServer, postgres_server

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

logger = logging.getLogger(__name__)

DAYS, LISTED, LATER = 30, 12, 7
_LINK = re.compile(r"\[([^\]]+)\]\(")
BELL, HERE, DIRECT = "نبّهني حين يصل جواب", "هنا", "في الخاص"
AWAY = "ليس في متناولي الآن"
BUSY = "تجري الآن إعادة بناء"
OF_A_FORTNIGHT = {"refusals", "quotes"}
SECRET, SECRET_WORDS = "من هو الطبيب زعتور الذي يعالج زوجي؟", ("زعتور", "زوجي")
EXTRA = "سوق السمك يفتح أبوابه"
NEWS_FROM, STORE_AWAY, EXTRA_DAY, EXTRA_GONE = 1, 12, 10, 24
STARTS, KILLED = (0, 15, 20, DAYS), 15


@dataclass(frozen=True)
class Story:
    """What a member asks before an article has it."""

    title: str
    quoted: str
    question: str


STORIES = (
    Story("جسر الوادي الأخضر", "بلغت كلفة جسر الوادي الأخضر سبعين مليون دينار.", "كم بلغت كلفة جسر الوادي الأخضر؟"),
    Story("كأس الجمهورية", "فاز فريق الصقور بكأس الجمهورية مساء الجمعة.", "من فاز بكأس الجمهورية؟"),
    Story(
        "مستشفى حي الزهور",
        "يضم مستشفى الأطفال في حي الزهور أربعين سريراً.",
        "كم سريراً يضم مستشفى الأطفال في حي الزهور؟",
    ),
    Story(
        "مهرجان الفيلم القصير",
        "ينطلق مهرجان الفيلم القصير في قرية السنديان يوم الخميس.",
        "متى ينطلق مهرجان الفيلم القصير في قرية السنديان؟",
    ),
    Story(
        "رباب المصري ونجم الشمال",
        "اكتشفت عالمة الفلك رباب المصري نجماً سمّته نجم الشمال.",
        "ماذا اكتشفت عالمة الفلك رباب المصري؟",
    ),
    Story(
        "رغيف الخبز",
        "رفعت الحكومة سعر رغيف الخبز إلى عشرين قرشاً.",
        "إلى كم رفعت الحكومة سعر رغيف الخبز؟",
    ),
    Story(
        "مطار الجنوب",
        "استقبل مطار الجنوب أول رحلة من طوكيو صباح السبت.",
        "متى استقبل مطار الجنوب أول رحلة من طوكيو؟",
    ),
    Story(
        "نقابة الصيادين",
        "انتخبت نقابة الصيادين مروان الحلبي رئيساً لها.",
        "من انتخبت نقابة الصيادين رئيساً لها؟",
    ),
)
# Who waits for which story, and where they are told.
WAITS = (
    (("سارة", HERE), ("ليلى", DIRECT)),
    (("سارة", DIRECT),),
    (("ليلى", HERE),),
    (),
)
ADDED = frozenset({2, 5})  # stories that a moderator types in; the feed never has them


@dataclass
class Store:
    """The database of the records."""

    url: URL
    away: Callable[[], AbstractContextManager[None]]

    @property
    def address(self) -> str:
        drivername = {"postgresql+psycopg": "postgres"}.get(self.url.drivername, self.url.drivername)
        return self.url.set(drivername=drivername).render_as_string(hide_password=False)

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            names = inspect(connection).get_table_names()
            found = {name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))] for name in names}  # noqa: S608
        engine.dispose()
        return found


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        url = URL.create("sqlite", database=str(tmp_path / "isnad.sqlite"))
        yield Store(url, lambda: locked(url))
        return
    try:
        # One of its own, since it is stopped and started again.
        with postgres_server() as server, server.database() as url:
            yield Store(url, lambda: stopped(server))
    except NoPostgresError as error:
        pytest.skip(str(error))


@contextmanager
def stopped(server: PostgresServer) -> Iterator[None]:
    """Let nobody connect to a PostgreSQL server."""
    server.stop()
    yield
    server.start()


@contextmanager
def locked(url: URL) -> Iterator[None]:
    """Let nobody else write to an SQLite file."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        yield
        connection.rollback()
    engine.dispose()


@dataclass
class Month:
    """What has happened so far."""

    server: DiscordServer
    site: PageServer
    news: Channel
    store: Store
    listed: list[str] = field(default_factory=list)
    refusals: dict[int, list[Seen]] = field(default_factory=dict)
    others: list[Seen] = field(default_factory=list)

    def bring(self, day: int) -> None:
        """Let the feed have the pieces of a day, and on some days break."""
        self.listed.append(f"نشرة اليوم رقم {day}")
        story = (day - LATER) // 2
        if (day - LATER) % 2 == 0 and 0 <= story < len(STORIES) and story not in ADDED:
            self.listed.append(STORIES[story].title)
        first = max(len(self.listed) - LISTED, 0)
        body = rss(self.site.link("/news/"), *self.listed[first:], first=first)
        for one in STORIES:
            body = body.replace(f"<p>{one.title}. ".encode(), f"<p>{one.quoted} ".encode())
        if day % 10 == 4:
            self.site.serve("/feed", b"", status=500)
        elif day % 10 == 8:
            self.site.serve("/feed", body[: len(body) * 2 // 3])
        elif day % 10 == 6:
            self.site.serve("/feed", body.replace(b"</link>", b"?utm_source=rss</link>"))
        else:
            self.site.serve("/feed", body)

    async def ask(self, day: int) -> None:
        """Let members ask, some of whom wait for the answer."""
        server, number = self.server, day // 2
        assert QUOTED in await answered(server, QUESTION)
        if day % 2 == 0 and number < len(STORIES):
            question = STORIES[number].question
            waits = WAITS[number % len(WAITS)]
            asked = [await server.post_message("عام", "سارة", f"<@bot> {question}")]
            if number % 2:
                asked.append(await server.post_message(server.direct_channel("سارة"), "سارة", question))
            cards = self.refusals[number] = [await server.wait_for_reply(one) for one in asked]
            for member, place in waits:
                choice = await self.ring(cards[0], member)
                await server.press_button(choice, place, member)
                await server.wait_for_edit(choice)
            for card in cards[1:]:
                assert "سأراسلك" in (await self.ring(card, "سارة")).text
        if day % 5 == 3:
            asked = [await server.post_message(server.direct_channel("سارة"), "سارة", SECRET)]
            asked.append(await server.post_message("عام", "ليلى", f"<@bot> {UNSUPPORTED_QUESTION}"))
            self.others += [await server.wait_for_reply(one) for one in asked]

    async def ring(self, card: Seen, member: str) -> Seen:
        """Press the bell, again where the store is away, as a member who is told so does."""
        async with waiting_for("a bell that is heard"):
            while AWAY in (told := await press(self.server, card, BELL, member)).text:  # noqa: ASYNC110 (nobody tells)
                await asyncio.sleep(0.5)
        return told

    async def moderate(self, day: int) -> None:
        """Let a moderator do what is due, and have the coverage built again."""
        server = self.server
        if day == NEWS_FROM:
            called = await server.run_command("corpus news", {"channel": self.news}, author=MODERATOR, channel="عام")
            assert f"<#{self.news.id}>" in (await server.wait_for_reply(called)).text
        if day == EXTRA_DAY:
            await self.add(EXTRA, "افتتح سوق السمك أبوابه عند الفجر.")
        for number in ADDED:
            if day == 2 * number + LATER:
                await self.add(STORIES[number].title, STORIES[number].quoted)
        if day == EXTRA_GONE:
            [choice] = await server.autocomplete(
                "corpus remove", {"title": "السمك"}, "title", author=MODERATOR, channel="عام"
            )
            options = {"title": choice["value"]}
            called = await server.run_command("corpus remove", options, author=MODERATOR, channel="عام")
            await self.done(called, "أُزيلت من التغطية")
        # The bot asks sources that are away by itself too, and then there is a reload under way already.
        while BUSY in await reload(server):  # noqa: ASYNC110 (nobody tells of its end)
            await asyncio.sleep(0.1)

    async def add(self, title: str, words: str) -> None:
        asked = await self.server.run_command("corpus add", author=MODERATOR, channel="عام")
        await self.server.until(lambda: asked.modal, what="the form")
        sent = await self.server.submit_modal(asked, {"title": title, "text": f"{words}\n\n{LONG}"})
        await self.done(sent, "أُضيفت إلى التغطية")

    async def done(self, called: Interaction, words: str) -> None:
        """Wait until something that a moderator asked for is done, which may have to wait for its turn."""
        replies = self.server.interaction_replies
        await self.server.until(lambda: named(replies(called), words), what=words)

    async def day(self, day: int) -> None:
        self.bring(day)
        if day == STORE_AWAY:
            with self.store.away():
                assert QUOTED in await answered(self.server, QUESTION)
                await reload(self.server)
        await self.ask(day)
        await self.moderate(day)


@pytest.fixture
def site() -> Iterator[PageServer]:
    with page_server() as running:
        yield running


async def test_a_month_loses_and_doubles_nothing(
    server: DiscordServer, site: PageServer, store: Store, tmp_path: Path
) -> None:
    corpus, cache = write_corpus(tmp_path / "corpus"), tmp_path / "cache"
    news = server.world.add_channel(next(iter(server.world.guilds.values())), "جديد")
    month = Month(server, site, news, store)
    month.bring(0)
    settings = {
        "corpus": f"{corpus},وكالة الميناء={site.link('/feed')}",
        "CORPUS_ALLOW_PRIVATE": "true",
        "CORPUS_CACHE": str(cache),
        "DATABASE_URL": store.address,
        "DISCORD_MODERATOR_CHANNEL_ID": str(server.world.channel(MODERATION).id),
        "DISCORD_REPORT_SECONDS": "0.5",
        "PREPARED_NEWS": "1",
        "PREPARED_PACE": "0.01",
        "PREPARED_PAUSES": "1",
    }
    logs, memory, sizes = "", list[int](), list[int]()
    for number, (first, behind) in enumerate(pairwise(STARTS)):
        async with started(server, log=tmp_path / f"log{number}", **settings) as program:
            for day in range(first, behind):
                await month.day(day)
                memory.append(resident(program))
                sizes.append(size_of(cache))
            if behind == KILLED:
                program.signal(signal.SIGKILL)
                await program.exit_code()
            elif behind == DAYS:
                await everything_told(month)
                assert "تعذّر جلبه من المصادر" not in await status(server)
        logs += program.log
        await server.until(lambda: not server.gateway.connected, what="a closed gateway")
    assert_told(month)
    assert announced(month) == Counter(to_announce())
    assert not any(post.pinged for post in server.messages(news))
    assert_kept(month, logs, tmp_path)
    assert sizes[-1] <= 2 * sizes[DAYS // 2]
    logger.info("MB of memory by day: %s", [one >> 20 for one in memory])
    logger.info("KB of cache by day: %s", [one >> 10 for one in sizes])


def resident(program: Program) -> int:
    return int(Path(f"/proc/{program.pid}/statm").read_text().split()[1]) * 4096


def size_of(folder: Path) -> int:
    files = dict[int, int]()
    for one in folder.rglob("*"):
        # A note of an open reply is gone with the reply.
        with suppress(FileNotFoundError):
            found = one.stat()
            files |= {found.st_ino: found.st_size} if stat.S_ISREG(found.st_mode) else {}
    return sum(files.values())


async def everything_told(month: Month) -> None:
    """Wait until nothing is on its way any more, and then as long again as a post takes."""
    await month.server.until(lambda: not set(to_announce()) - set(announced(month)), what="all news")
    for number, cards in month.refusals.items():
        quoted = STORIES[number].quoted
        for card in cards:
            await month.server.until(partial(has, month, card, quoted), what=quoted)
    places = [(place, link_of(card)) for _, place, card in bells(month)]
    await month.server.until(lambda: all(named(month.server.messages(p), link) for p, link in places), what="the bells")
    await asyncio.sleep(2.5)


def has(month: Month, card: Seen, words: str) -> bool:
    return words in now(month, card).text


def now(month: Month, card: Seen) -> Seen:
    return see(card.message, month.server.world)


def link_of(card: Seen) -> str:
    return f"/{card.message.channel_id}/{card.id})"


def named(messages: Iterable[Seen], words: str) -> list[Seen]:
    return [one for one in messages if words in one.text]


def bells(month: Month) -> Iterator[tuple[str, Channel, Seen]]:
    """Yield who is to be told where of which card."""
    for number, [public, *private] in month.refusals.items():
        for member, place in WAITS[number % len(WAITS)]:
            yield (
                member,
                month.server.world.channel("عام") if place == HERE else month.server.direct_channel(member),
                public,
            )
        for card in private:
            yield "سارة", month.server.direct_channel("سارة"), card


def assert_told(month: Month) -> None:
    """Every refusal that an article answers has become the answer, once, and each bell was told once in its place."""
    for number, cards in month.refusals.items():
        for card in cards:
            assert STORIES[number].quoted in now(month, card).text
            assert now(month, card).edits == card.edits + 1
    for card in month.others:
        assert now(month, card).edits == card.edits
    everywhere = [seen for channel in month.server.world.channels for seen in month.server.messages(channel)]
    rung = list(bells(month))
    for member, place, card in rung:
        told = [one for one in named(everywhere, link_of(card)) if one.author == "إسناد" and member in whom(month, one)]
        assert [one.message.channel_id for one in told] == [place.id], (member, card.text)
    rung_at = {link_of(card) for _, _, card in rung}
    links = sum(one.text.count(link) for one in everywhere for link in rung_at if "كنت تنتظر" in one.text)
    assert links == len(rung)


def whom(month: Month, message: Seen) -> tuple[str, ...]:
    """The members whom a message tells: those pinged, or the one in whose conversation it stands."""
    recipients = month.server.world.channels[message.message.channel_id].recipients
    return tuple(one.display_name for one in recipients) or message.pinged.users


def to_announce() -> list[str]:
    bulletins = (f"نشرة اليوم رقم {day}" for day in range(NEWS_FROM, DAYS))
    return [*bulletins, *(story.title for story in STORIES), EXTRA]


def announced(month: Month) -> Counter[str]:
    """Count the titles in the posts; those without a link stand bare in a line of their own."""
    lines = [
        line.strip("\u2066\u2067\u2068\u2069 ")
        for post in month.server.messages(month.news)
        for line in post.text.splitlines()
    ]
    links = Counter(found[1] for line in lines if (found := _LINK.match(line)))
    return links + Counter(line for line in lines if line in to_announce())


def assert_kept(month: Month, logs: str, folder: Path) -> None:
    """No member waits any more, nothing private is written anywhere, and there are no more rows than things."""
    rows = month.store.rows()
    written = json.dumps(
        {name: [list(map(str, row)) for row in found] for name, found in rows.items()}, ensure_ascii=False
    )
    for words in SECRET_WORDS:
        assert words not in written + logs
    assert str(folder) not in written
    # Whoever was told stays for a fortnight, so that a late answer that turns out to be none opens again for them.
    assert len(rows["refusals"]) <= len(STORIES) + len(month.others) // 2 + len(month.others)
    assert len(rows["arrivals"]) <= DAYS + len(STORIES) + 1
    assert len(rows["figures"]) <= 30
    # For a fortnight an answer in private, and a card whose member was told, are known by whose they are.
    lasting = [
        str(value) for name, found in rows.items() if name not in OF_A_FORTNIGHT for row in found for value in row
    ]
    for user in month.server.world.users.values():
        assert user is month.server.world.bot or not any(str(user.id) in value for value in lasting)
