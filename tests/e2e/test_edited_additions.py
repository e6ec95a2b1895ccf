"""Moderators correct what they added: in its place, under the gates of a reload, and told of nobody as new."""

import signal
from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Interaction, Upload
from tests.e2e.coverage import MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION
from tests.e2e.moderating import MODERATOR, answered, outcome_card, status
from tests.e2e.prepared import Halts
from tests.e2e.test_added_files import attach, confirm, held
from tests.e2e.test_additions import LIBRARY, TEXT, TITLE, Started, add, added_files, audited, bot, offered, remove
from tests.patience import eventually

__all__ = ["bot"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

CORRECTED, NOT_CORRECTED = ARABIC("correction.done"), ARABIC("not_done.corrected")
NEW = TEXT["text"].replace("يوم الثلاثاء", "يوم الأربعاء")
MARKET = "سوق السمك القديم"
DAY_QUESTION = "متى افتتح متحف البحر أبوابه في الميناء القديم؟"


async def edit(server: DiscordServer, typed: str = TITLE, **options: Upload) -> Interaction:
    return await server.run_command("corpus edit", {"title": typed, **options}, author=MODERATOR, channel="عام")


async def form_of(server: DiscordServer, opened: Interaction) -> dict[str, str]:
    await server.until(lambda: opened.modal, what="the form")
    return dict(held(opened))


async def correct(server: DiscordServer, **changed: str) -> str:
    """Correct the article in the form, and return what the card says."""
    opened = await edit(server)
    fields = await form_of(server, opened)
    return (await outcome_card(server, await server.submit_modal(opened, fields | changed))).text


async def test_an_article_is_corrected_in_its_place(server: DiscordServer, bot: Started, corpus: Path) -> None:
    async with bot():
        added = await add(server, **TEXT)
        [file] = added_files(corpus)
        [key] = await offered(server, "corpus edit", "متحف", MODERATOR)
        assert f"{key}.md" == file
        pressed = await server.press_button(added, ARABIC("correction.form"), MODERATOR)
        fields = await form_of(server, pressed)
        assert fields == {**TEXT, "day": "2026-06-01"}
        card = (await outcome_card(server, await server.submit_modal(pressed, fields | {"text": NEW}))).text
        assert CORRECTED in card
        assert "يوم الثلاثاء" in card
        assert "يوم الأربعاء" in card
        assert "أُضيف 0، وتغيّر 1، وأُزيل 0" in card
        assert added_files(corpus) == [file]
        assert "يوم الأربعاء" in await answered(server, DAY_QUESTION)
        who = f"\u2068<@{server.world.user(MODERATOR).id}>\u2069"
        await server.until(lambda: len(audited(server)) == 2, what="two lines in the audit")
        assert f"صُحّحت في التغطية بأمر من {who}: «{TITLE}»" in audited(server)[1]
        assert ARABIC("correction.same") in await correct(server)
        # The day alone is a correction too.
        assert CORRECTED in await correct(server, day="2026-06-02")
        assert "2 يونيو 2026" in await answered(server, DAY_QUESTION)
    async with bot():
        assert "يوم الأربعاء" in await answered(server, DAY_QUESTION)
        assert "عدد المقالات: 4" in await status(server)


async def test_a_gate_that_refuses_puts_the_text_before_back(server: DiscordServer, bot: Started, corpus: Path) -> None:
    golden = f"- question: {QUESTION}\n  article: library\n- question: {MUSEUM_QUESTION}\n  refuse: true\n"
    (corpus / "questions.yaml").write_text(golden, encoding="utf-8")
    async with bot():
        await add(server, title=MARKET, text="يُغلق سوق السمك القديم أبوابه يوم الخميس المقبل حتى إشعار آخر.")
        [file] = added_files(corpus)
        opened = await edit(server, MARKET)
        fields = await form_of(server, opened)
        sent = await server.submit_modal(opened, fields | {"title": TITLE, "text": TEXT["text"]})
        card = (await outcome_card(server, sent)).text
        assert NOT_CORRECTED in card
        assert ARABIC("undone.corrected") in card
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        assert await offered(server, "corpus edit", "سوق", MODERATOR) == [file.removesuffix(".md")]
        assert added_files(corpus) == [file]
        assert any("لم يتمّ تصحيح" in line for line in audited(server))


async def test_what_moderators_did_not_add_is_told_to_be_corrected_at_its_source(
    server: DiscordServer, bot: Started
) -> None:
    async with bot():
        for typed in (LIBRARY, "https://news.example/library"):
            told = (await server.wait_for_reply(await edit(server, typed))).text
            assert f"«{LIBRARY}» جاءت من أحد مصادر التغطية، فتُصحَّح هناك" in told
        assert "ليس في التغطية مقالة" in (await server.wait_for_reply(await edit(server, "لا شيء"))).text
        await add(server, **TEXT)
        await remove(server, "متحف")
        assert "أُزيلت" in (await server.wait_for_reply(await edit(server))).text


async def test_a_long_text_is_given_out_as_a_file_and_corrected_by_one(
    server: DiscordServer, bot: Started, corpus: Path
) -> None:
    lines = [f"قال المجلس إن الدكان رقم {number} في السوق القديم يُفتح غداً صباحاً." for number in range(200)]
    text = "\n".join(["السوق القديم يعود", *lines]).encode()
    async with bot():
        await confirm(server, await attach(server, Upload("market.txt", text)))
        [file] = added_files(corpus)
        told = await server.wait_for_reply(await edit(server, "السوق القديم يعود"))
        assert ARABIC("correction.long").split(".")[0] in told.text
        [given] = told.message.files.values()
        # All but the text is changed in the form.
        form = await server.press_button(told, ARABIC("addition.again"), MODERATOR)
        fields = await form_of(server, form)
        assert "text" not in fields
        sent = await server.submit_modal(form, fields | {"outlet": "إذاعة الساحل"})
        assert CORRECTED in (await outcome_card(server, sent)).text
        changed = Upload("corrected.md", given.decode().replace("رقم 187", "رقم 1870").encode())
        read = await outcome_card(server, await edit(server, "السوق القديم يعود", file=changed))
        assert "ليحلّ محلّ «السوق القديم يعود»" in read.text
        assert "إذاعة الساحل" in read.text
        card = (await confirm(server, read)).text
        assert CORRECTED in card
        assert "1870" in card
        assert added_files(corpus) == [file]


@pytest.mark.slow
@pytest.mark.parametrize("is_refused", [False, True])
async def test_a_correction_that_a_kill_interrupted_is_finished_or_undone(
    server: DiscordServer, bot: Started, corpus: Path, tmp_path: Path, is_refused: bool
) -> None:
    halts = Halts(tmp_path / "halts")
    async with bot(**halts.settings) as program:
        await add(server, **TEXT)
        halts.set("checking")
        opened = await edit(server)
        await server.submit_modal(opened, await form_of(server, opened) | {"text": NEW})
        await eventually(lambda: halts.is_reached("checking"), "a halt between the file and the gates")
        if is_refused:
            (corpus / "questions.yaml").write_text(f"- question: {MUSEUM_QUESTION}\n  refuse: true\n", "utf-8")
        program.signal(signal.SIGKILL)
        await program.exit_code()
    halts.release("checking")
    async with bot(**halts.settings):
        await eventually(lambda: len(added_files(corpus)) == 1, "a settled correction")
        told = "لم يتمّ تصحيح" if is_refused else "صُحّحت في التغطية"
        await server.until(lambda: [line for line in audited(server) if told in line], what="how it ended, told")
        assert ("يوم الثلاثاء" in await answered(server, DAY_QUESTION)) == is_refused
