"""Moderators add articles by a link or a text, and take them back; what fails changes nothing."""

import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.articles.combined.conftest import rss
from tests.articles.html.test_page import PAGES
from tests.articles.page_server import PageServer, page_server
from tests.articles.sources.web_server import WebServer, reply
from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Interaction, Seen
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, TRAM_QUESTION
from tests.e2e.moderating import (
    ARCHIVE,
    MODERATION,
    MODERATOR,
    answered,
    archived,
    outcome_card,
    reload,
    started,
    status,
)
from tests.e2e.prepared import Halts
from tests.e2e.program import Program
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADDED, REMOVED, RESTORED = ARABIC("addition.done"), ARABIC("removal.done"), ARABIC("restoral.done")
NOT_ADDED, TAKEN_OUT = ARABIC("not_done.added"), ARABIC("undone.added")
TITLE = "متحف البحر يفتح أبوابه في الميناء القديم"
TEXT = {
    "title": TITLE,
    "text": "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء.\n\nويعرض متحف البحر سفينة خشبية عمرها ثلاثة قرون.",
    "link": "https://news.example/museum",
    "outlet": "إذاعة الساحل",
    "day": "١ يونيو ٢٠٢٦",
}
PLANT_QUESTION, PLANT = "كم كلفت محطة تحلية خليج المرجان؟", "افتتاح محطة تحلية في خليج المرجان"
OTHER = "ليلى"
LIBRARY = "افتتاح المكتبة العامة في حي المنارة"

_TEASER = "<h2><a href='/{0}'>عنوان الخبر رقم {0} في القسم</a></h2><p>قالت البلدية إن العمل رقم {0} يبدأ غداً صباحاً.</p>"
FRONT = f"<html><body><h1>القسم</h1><article>{''.join(map(_TEASER.format, range(8)))}</article></body></html>"
FEW = (
    "<html><head><title>خبر قصير</title></head><body><article><h1>خبر قصير</h1>"
    "<p>قالت البلدية إن إصلاح الجسر القديم يبدأ غداً صباحاً ويستمر ثلاثة أشهر على الأقل.</p></article></body></html>"
)

Started = Callable[..., AbstractAsyncContextManager[Program]]


@pytest.fixture
def pages() -> Iterator[PageServer]:
    with page_server() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bot(server: DiscordServer, corpus: Path, tmp_path: Path) -> AsyncIterator[Started]:
    """Start the program with the additions of this test, also again."""

    @asynccontextmanager
    async def start(**settings: str) -> AsyncIterator[Program]:
        fixed = {"corpus": str(corpus), "CORPUS_CACHE": str(tmp_path / "cache"), "CORPUS_ALLOW_PRIVATE": "true"}
        channel = str(server.world.channel(MODERATION).id)
        fixed |= {"DISCORD_MODERATOR_CHANNEL_ID": channel}
        async with started(server, log=tmp_path / "log", **fixed | settings) as program:
            yield program
        await server.until(lambda: not server.gateway.connected, what="a closed gateway")

    yield start


def added_files(corpus: Path) -> list[str]:
    """List the files of additions, hidden ones too."""
    return sorted(path.name for path in corpus.parent.glob("cache/kept/additions/*"))


async def opened(server: DiscordServer, author: str = MODERATOR) -> Interaction:
    """Call the command, and wait for its form."""
    asked = await server.run_command("corpus add", author=author, channel="عام")
    await server.until(lambda: asked.modal, what="the form")
    return asked


async def add(server: DiscordServer, author: str = MODERATOR, **typed: str) -> Seen:
    """Send the form filled in, and wait for what came of it."""
    sent = await server.submit_modal(await opened(server, author), typed)
    return await outcome_card(server, sent)


async def remove(server: DiscordServer, title: str, author: str = MODERATOR) -> str:
    """Remove an article, chosen by the autocompletion where it offers one."""
    return await changed(server, "corpus remove", title, author)


async def restore(server: DiscordServer, title: str) -> str:
    """Bring back a removed article, chosen as one to remove is."""
    return await changed(server, "corpus restore", title, MODERATOR)


async def changed(server: DiscordServer, command: str, title: str, author: str) -> str:
    chosen = next(iter(await offered(server, command, title, author)), title)
    asked = await server.run_command(command, {"title": chosen}, author=author, channel="عام")
    return (await outcome_card(server, asked)).text


async def offered(server: DiscordServer, command: str, title: str, author: str) -> list[str]:
    choices = await server.autocomplete(command, {"title": title}, "title", author=author, channel="عام")
    return [choice["value"] for choice in choices]


def audited(server: DiscordServer) -> list[str]:
    return [message.text for message in server.messages(MODERATION)]


async def test_a_link_is_added_answers_and_is_taken_back(
    server: DiscordServer, bot: Started, corpus: Path, pages: PageServer
) -> None:
    link = pages.serve("/plant", (PAGES / "news.html").read_bytes())
    async with bot():
        before = await answered(server, PLANT_QUESTION)
        card = await add(server, link=f"هذه هي: <{link}>")
        assert card.is_ephemeral
        assert ADDED in card.text
        # The page says that it is another host's.
        assert f"[{PLANT}]({link}) · 127" in card.text
        assert "صحيفة الميناء" not in card.text
        assert "عدد الفقرات: 5" in card.text
        assert "حُذف من روابط التنقّل: 11" in card.text
        assert "أُضيف 1، وتغيّر 0، وأُزيل 0" in card.text
        answer = await answered(server, PLANT_QUESTION)
        assert PLANT in answer
        assert added_files(corpus) == ["2026-03-14-افتتاح-محطة-تحلية-في-خليج-المرجان.md"]

        again = (await add(server, link=f"[{PLANT}]({link})")).text
        assert NOT_ADDED in again
        assert f"في التغطية مقالة هذا الرابط من قبل: [{PLANT}]" in again

        assert REMOVED in await remove(server, "تحلية")
        assert await answered(server, PLANT_QUESTION) == before
        assert PLANT not in before
        who = f"\u2068<@{server.world.user(MODERATOR).id}>\u2069"
        await server.until(lambda: len(audited(server)) == 2, what="two lines in the audit")
        assert f"أُضيفت إلى التغطية بأمر من {who}: «{PLANT}»" in audited(server)[0]
        assert f"أُزيلت من التغطية بأمر من {who}: «{PLANT}»" in audited(server)[1]
        assert RESTORED in await restore(server, "تحلية")
        assert PLANT in await answered(server, PLANT_QUESTION)


async def test_a_text_is_added_and_outlives_a_restart(server: DiscordServer, bot: Started) -> None:
    async with bot():
        card = (await add(server, **TEXT)).text
        assert ADDED in card
        assert f"[{TITLE}](https://news.example/museum) · إذاعة الساحل · 1 يونيو 2026" in card
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        again = (await add(server, **TEXT | {"link": "", "title": "عنوان آخر"})).text
        assert f"في التغطية هذا النصّ من قبل: [{TITLE}]" in again
    async with bot():
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        assert "عدد المقالات: 4" in await status(server)
        assert REMOVED in await remove(server, "متحف")
        assert "لم يتغيّر في التغطية شيء" in await reload(server)
        assert "عدد المقالات: 3" in await status(server)


async def test_what_was_typed_is_given_back_until_it_is_right(server: DiscordServer, bot: Started) -> None:
    async with bot():
        card = await add(server, **TEXT | {"day": "الثلاثاء", "link": ""})
        assert "اكتب اليوم هكذا: \u20662026-11-24\u2069. لم أفهم «الثلاثاء»." in card.text
        [file] = card.message.files.values()
        assert TEXT["text"] in file.decode()
        pressed = await server.press_button(card, "عدّل وأعد المحاولة", MODERATOR)
        await server.until(lambda: pressed.modal, what="the form again")
        assert pressed.modal is not None
        fields = [label["component"] for label in pressed.modal["components"]]
        given = {field["custom_id"]: field.get("value", "") for field in fields}
        assert given == {**TEXT, "day": "الثلاثاء", "link": ""}
        sent = await server.submit_modal(pressed, given | {"day": "2026-06-01"})
        assert ADDED in (await outcome_card(server, sent)).text


_NO_ARTICLES: list[tuple[Mapping[str, str], str]] = [
    ({}, "اكتب رابطاً، أو عنواناً ونصّاً."),
    ({"text": "نصّ بلا عنوان."}, "لا بدّ للنصّ من عنوان."),
    ({"title": "عنوان بلا نصّ"}, "اكتب رابطاً، أو عنواناً ونصّاً."),
    ({"link": "gopher://x.example"}, "لا يمكن استعمال الرابط"),
    ({"link": "http://127.0.0.1:1/x"}, "إلى عنوان داخل شبكة"),
    ({**TEXT, "link": "http://169.254.169.254/latest"}, "إلى عنوان داخل شبكة"),
    ({**TEXT, "link": "javascript:alert(1)"}, "لا يمكن استعمال الرابط"),
    ({**TEXT, "text": "شاهد أيضاً: افتتاح الجسر"}, "لم يبقَ من النصّ ما يُقتبس"),
]


async def test_what_is_no_article_is_refused_with_its_reason(server: DiscordServer, bot: Started, corpus: Path) -> None:
    async with bot(CORPUS_ALLOW_PRIVATE="false"):
        for typed, words in _NO_ARTICLES:
            card = (await add(server, **typed)).text
            assert NOT_ADDED in card
            assert words in card
        assert added_files(corpus) == []
        assert audited(server) == []


async def test_a_page_without_an_article_is_refused_with_its_reason(
    server: DiscordServer, bot: Started, corpus: Path, pages: PageServer
) -> None:
    reasons = {
        pages.serve("/wall", (PAGES / "paywalled.html").read_bytes()): "الصفحة للمشتركين",
        pages.serve("/gone", b"", status=404): "لم يعطِ الخادم صفحة، بل الرمز 404.",
        pages.serve("/front", FRONT.encode()): "قد لا تكون في الصفحة مقالة كاملة: عناوين تقود إلى مقالات أخرى",
        pages.serve("/few", FEW.encode()): "قد لا تكون في الصفحة مقالة كاملة: نصّ قليل الكلمات",
        pages.serve("/none", b"<html><body></body></html>"): "لا نصّ للمقالة بعد العنوان",
    }
    async with bot():
        for link, words in reasons.items():
            card = (await add(server, link=link)).text
            assert NOT_ADDED in card
            assert words in card
        assert added_files(corpus) == []
        assert audited(server) == []


async def test_a_gate_that_refuses_leaves_everything_as_it_was(
    server: DiscordServer, bot: Started, corpus: Path
) -> None:
    golden = f"- question: {QUESTION}\n  article: library\n- question: {MUSEUM_QUESTION}\n  refuse: true\n"
    (corpus / "questions.yaml").write_text(golden, encoding="utf-8")
    async with bot():
        card = await add(server, **TEXT)
        assert NOT_ADDED in card.text
        assert "أسئلة الفحص التي لم تنجح: 1 من 2" in card.text
        assert TAKEN_OUT in card.text
        assert TEXT["text"] in next(iter(card.message.files.values())).decode()
        assert added_files(corpus) == []
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        assert QUOTED in await answered(server, QUESTION)
        assert "عدد المقالات: 3" in await status(server)
        await server.until(lambda: audited(server), what="a line in the audit")
        assert f"لم تنجح إضافة «{TITLE}»" in audited(server)[0]


async def test_an_addition_brings_nothing_back_that_was_rolled_back(server: DiscordServer, bot: Started) -> None:
    async with bot():
        assert ADDED in (await add(server, **TEXT)).text
        asked = await server.run_command("corpus rollback", author=MODERATOR, channel="عام")
        assert "عدتُ إلى تغطية سابقة" in (await server.wait_for_reply(asked)).text
        other = TEXT | {"title": "سوق السمك يفتح أبوابه", "text": "افتتح سوق السمك أبوابه.", "link": ""}
        assert "تراجعتم عن آخر تغطية" in (await add(server, **other)).text
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        # Taken away, it does not return with the others.
        assert REMOVED in await remove(server, "متحف")
        assert ADDED in (await add(server, **other)).text
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        assert "عدد المقالات: 4" in await status(server)


async def test_an_article_of_the_folder_is_removed_stays_out_and_comes_back(
    server: DiscordServer, bot: Started, corpus: Path
) -> None:
    golden = f"- question: {QUESTION}\n  article: library\n- question: {TRAM_QUESTION}\n  article: tram\n"
    (corpus / "questions.yaml").write_text(golden, encoding="utf-8")
    async with bot():
        assert "ليس في التغطية مقالة «\u2068../x\u2069»" in await remove(server, "../x")
        assert await offered(server, "corpus restore", "", MODERATOR) == []
        # No golden question that wants it holds it back.
        told = await remove(server, "مكتبة المنارة")
        assert REMOVED in told
        assert LIBRARY in told
        assert QUOTED not in await answered(server, QUESTION)
        text = await status(server)
        assert "عدد المقالات: 2" in text
        assert "عدد المقالات التي أزالها المشرفون: 1" in text
        who = f"\u2068<@{server.world.user(MODERATOR).id}>\u2069"
        [line] = await server.until(lambda: audited(server), what="a line in the audit")
        assert f"أُزيلت من التغطية بأمر من {who}: «{LIBRARY}»" in line
        # What the source says of it meanwhile, and another article with its link, do not bring it back.
        file = corpus / "library.md"
        file.write_text(file.read_text("utf-8").replace("أربعين ألف", "خمسين ألف"), "utf-8")
        copy = file.read_text("utf-8").replace(LIBRARY, "المكتبة العامة في المنارة").replace("https://", "http://www.")
        (corpus / "copy.md").write_text(copy, "utf-8")
        (corpus / "museum.md").write_text(MUSEUM, "utf-8")
        assert "متحف" in await reload(server)
        assert "عدد المقالات: 3" in await status(server)
        assert "المكتبة العامة" not in await answered(server, QUESTION)
        listed = await server.run_command("sources", author="سارة", channel="عام")
        assert "المكتبة العامة" not in (await server.wait_for_reply(listed)).text
    async with bot():
        assert QUOTED not in await answered(server, QUESTION)
        asked = await server.run_command("corpus remove", {"title": LIBRARY}, author=MODERATOR, channel="عام")
        assert f"أُزيلت «{LIBRARY}» من قبل" in (await outcome_card(server, asked)).text
        told = await restore(server, "مكتبة")
        assert RESTORED in told
        assert LIBRARY in told
        assert QUOTED in await answered(server, QUESTION)
        assert "أزالها المشرفون" not in await status(server)
        assert f"رجعت إلى التغطية بأمر من {who}: «{LIBRARY}»" in audited(server)[-1]


async def test_a_rollback_brings_nothing_back_that_was_removed(
    server: DiscordServer, bot: Started, corpus: Path
) -> None:
    async with bot():
        (corpus / "museum.md").write_text(MUSEUM, "utf-8")
        await reload(server)
        assert REMOVED in await remove(server, "<http://www.news.example/library/>")
        asked = await server.run_command("corpus rollback", author=MODERATOR, channel="عام")
        assert f"في التغطية السابقة مقالة أُزيلت بعدها: «{LIBRARY}»" in (await server.wait_for_reply(asked)).text
        assert QUOTED not in await answered(server, QUESTION)
        (corpus / "museum.md").unlink()
        await reload(server)
        asked = await server.run_command("corpus rollback", author=MODERATOR, channel="عام")
        assert "عدتُ إلى تغطية سابقة" in (await server.wait_for_reply(asked)).text
        assert QUOTED not in await answered(server, QUESTION)
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)


@pytest.mark.slow
async def test_a_removal_that_a_kill_interrupted_is_finished(
    server: DiscordServer, bot: Started, tmp_path: Path
) -> None:
    halts = Halts(tmp_path / "halts")
    async with bot(**halts.settings) as program:
        halts.set("checking")
        asked = await server.run_command("corpus remove", {"title": LIBRARY}, author=MODERATOR, channel="عام")
        await eventually(lambda: halts.is_reached("checking"), "a halt between the list and the gates")
        program.signal(signal.SIGKILL)
        await program.exit_code()
    halts.release("checking")
    assert not any(REMOVED in reply.text for reply in server.interaction_replies(asked))
    async with bot(**halts.settings):
        await server.until(lambda: [line for line in audited(server) if "أُزيل" in line], what="an audit of the removal")
        assert QUOTED not in await answered(server, QUESTION)
        assert "عدد المقالات: 2" in await status(server)


async def test_a_feed_that_lists_an_article_again_does_not_bring_it_back(
    server: DiscordServer, bot: Started, corpus: Path, pages: PageServer
) -> None:
    listed = ("افتتاح الحديقة", "خبر كاذب")
    feed = pages.serve("/feed", rss(pages.link("/news/"), *listed))
    async with bot(corpus=f"{corpus},{feed}", CORPUS_REFRESH="off"):
        assert "عدد المقالات: 5" in await status(server)
        # Away, it holds no removal up.
        pages.serve("/feed", b"", status=500)
        assert REMOVED in await remove(server, "كاذب")
        pages.serve("/feed", rss(pages.link("/news/"), *listed, "سوق جديد").replace(b"GMT", b"+0000"))
        assert "خبر كاذب" not in await reload(server)
        assert "عدد المقالات: 5" in await status(server)
        await add(server, link="", title="نصّ آخر", text="قال المجلس إن السوق القديم يُغلق غداً.")
        assert "عدد المقالات: 6" in await status(server)
    async with bot(corpus=f"{corpus},{feed}", CORPUS_REFRESH="off"):
        assert "خبر كاذب" not in await reload(server)
        assert "عدد المقالات: 6" in await status(server)
        assert RESTORED in await restore(server, "كاذب")
        assert "عدد المقالات: 7" in await status(server)


async def test_who_is_no_moderator_any_more_when_the_form_is_sent_adds_nothing(
    server: DiscordServer, bot: Started, corpus: Path
) -> None:
    async with bot():
        await server.give_role(OTHER, "مشرفون")
        form = await opened(server, OTHER)
        await server.take_role(OTHER, "مشرفون")
        sent = await server.submit_modal(form, TEXT)
        assert "هذا الأمر للمشرفين" in (await server.wait_for_reply(sent)).text
        assert added_files(corpus) == []


async def test_two_moderators_add_one_article_once(
    server: DiscordServer, bot: Started, corpus: Path, pages: PageServer
) -> None:
    link = pages.serve("/plant", (PAGES / "news.html").read_bytes())
    await server.give_role(OTHER, "مشرفون")
    async with bot():
        forms = [await opened(server), await opened(server, OTHER)]
        sent = [await server.submit_modal(form, {"link": link}) for form in forms]

        def ended(words: str) -> bool:
            # The other may show first that it waits.
            return any(words in reply.text for one in sent for reply in server.interaction_replies(one))

        await server.until(lambda: ended(ADDED), what="the article added")
        await server.until(lambda: ended("في التغطية مقالة هذا الرابط من قبل"), what="the article known")
        assert len(added_files(corpus)) == 1


async def test_a_form_that_another_process_opened_is_taken(server: DiscordServer, bot: Started) -> None:
    async with bot():
        form = await opened(server)
        refused = await add(server, **TEXT | {"day": "?"})
    async with bot():
        assert ADDED in (await outcome_card(server, await server.submit_modal(form, TEXT))).text
        pressed = await server.press_button(refused, "عدّل وأعد المحاولة", MODERATOR)
        assert "أُعيد تشغيلي منذ ذلك الحين" in (await server.wait_for_reply(pressed)).text


@pytest.mark.slow
@pytest.mark.parametrize("is_refused", [False, True])
async def test_an_addition_that_a_kill_interrupted_is_finished_or_told(
    server: DiscordServer, bot: Started, corpus: Path, tmp_path: Path, is_refused: bool
) -> None:
    halts = Halts(tmp_path / "halts")
    async with bot(**halts.settings) as program:
        halts.set("checking")
        sent = await server.submit_modal(await opened(server), TEXT)
        await eventually(lambda: halts.is_reached("checking"), "a halt between the file and the gates")
        assert len(added_files(corpus)) == 2
        if is_refused:
            (corpus / "questions.yaml").write_text(f"- question: {MUSEUM_QUESTION}\n  refuse: true\n", "utf-8")
        program.signal(signal.SIGKILL)
        await program.exit_code()
    halts.release("checking")
    assert not any(ADDED in reply.text for reply in server.interaction_replies(sent))
    async with bot(**halts.settings):
        # The reload of the start, which reads the folder too, has a line of its own.
        [line] = await server.until(
            lambda: [line for line in audited(server) if TITLE in line], what="a line of the addition in the audit"
        )
        assert ("لم تنجح إضافة" in line) == is_refused
        await eventually(lambda: len(added_files(corpus)) == (0 if is_refused else 1), "a settled addition")
        assert (MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)) != is_refused


async def test_an_addition_stands_beside_an_archive_also_while_that_is_away(
    server: DiscordServer, site: WebServer, tmp_path: Path
) -> None:
    settings = archived(site, tmp_path / "cache")
    site.answers = [reply(200, ARCHIVE), reply(403)]
    async with started(server, log=tmp_path / "log", **settings):
        assert QUOTED in await answered(server, QUESTION)
        assert ADDED in (await add(server, **TEXT)).text
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        assert "عدد المقالات: 4" in await status(server)
    await server.until(lambda: not server.gateway.connected, what="a closed gateway")
    async with started(server, log=tmp_path / "log", **settings):
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        site.answers = [reply(200, ARCHIVE)]
        assert REMOVED in await remove(server, "متحف")
        assert "عدد المقالات: 3" in await status(server)
        assert QUOTED in await answered(server, QUESTION)
