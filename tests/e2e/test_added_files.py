"""Moderators add articles as files, and what is none is told with what to do instead; nobody else does."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.articles.html.test_page import PAGES
from tests.articles.word_documents import docx, hostile_documents, paragraph
from tests.chat.samples import ARABIC
from tests.discord_server import CommandUnavailable, DiscordServer, Interaction, Seen, Upload
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED
from tests.e2e.moderating import MODERATOR, answered, outcome_card, status
from tests.e2e.test_additions import (
    ADDED,
    NOT_ADDED,
    OTHER,
    PLANT,
    PLANT_QUESTION,
    REMOVED,
    TEXT,
    TITLE,
    Started,
    added_files,
    audited,
    bot,
    remove,
)

__all__ = ["bot"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

CONFIRM, MEND = ARABIC("addition.confirm"), ARABIC("addition.again")
BODY = TEXT["text"].split("\n\n")


async def attach(server: DiscordServer, file: Upload, author: str = MODERATOR) -> Seen:
    """Attach a file to the command, and wait for what was read of it."""
    asked = await server.run_command("corpus add", {"file": file}, author=author, channel="عام")
    return await server.wait_for_reply(asked)


async def confirm(server: DiscordServer, card: Seen, author: str = MODERATOR) -> Seen:
    return await outcome_card(server, await server.press_button(card, CONFIRM, author))


def held(form: Interaction) -> Mapping[str, str]:
    """Return what the fields of a form hold."""
    assert form.modal is not None
    fields = [label["component"] for label in form.modal["components"]]
    return {field["custom_id"]: field.get("value", "") for field in fields}


FORMS = {
    "museum.docx": docx(paragraph(TITLE, "a1"), *map(paragraph, BODY)),
    "museum.txt": "\r\n".join([TITLE, *BODY]).encode("cp1256"),
    "museum.md": MUSEUM.encode(),
    # What they hold is told by their text, not by their names.
    "matter.txt": MUSEUM.encode(),
    "plain.md": "\n\n".join([f"# {TITLE}", *BODY]).encode(),
    "bare.md": "\n\n".join([TITLE, *BODY]).encode(),
}


@pytest.mark.parametrize("name", FORMS)
async def test_a_file_is_read_shown_and_added_when_it_is_confirmed(
    server: DiscordServer, bot: Started, corpus: Path, name: str
) -> None:
    async with bot():
        read = await attach(server, Upload(name, FORMS[name]))
        assert read.is_ephemeral
        assert f"قرأتُ هذا من الملف «\u2068{name}\u2069»، ولم يُضَف بعد." in read.text
        assert TITLE in read.text
        assert "عدد الفقرات: " in read.text
        assert BODY[0][:40] in read.text
        assert added_files(corpus) == []
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        assert ADDED in (await confirm(server, read)).text
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)
        # A second press adds nothing.
        assert "من قبل" in (await confirm(server, read)).text
        assert "عدد المقالات: 4" in await status(server)
        assert REMOVED in await remove(server, "متحف")


async def test_a_page_in_a_file_is_read_as_that_of_a_link_and_none_of_its_scripts(
    server: DiscordServer, bot: Started
) -> None:
    script = "<script>document.title='خبيث'; fetch('http://127.0.0.1:1/x')</script><p onclick='x()'>"
    page = (PAGES / "news.html").read_text("utf-8").replace("<p>", f"{script}", 1)
    async with bot():
        read = await attach(server, Upload("page.HTML", page.encode()))
        assert PLANT in read.text
        assert "عدد الفقرات: 5" in read.text
        assert ADDED in (await confirm(server, read)).text
        answer = await answered(server, PLANT_QUESTION)
        assert PLANT in answer
        assert "fetch" not in answer


async def test_what_was_read_is_mended_in_the_form_before_it_is_added(server: DiscordServer, bot: Started) -> None:
    async with bot():
        read = await attach(server, Upload("museum.docx", FORMS["museum.docx"]))
        form = await server.press_button(read, MEND, MODERATOR)
        await server.until(lambda: form.modal, what="the form")
        assert held(form) == {"link": "", "title": TITLE, "text": TEXT["text"], "outlet": "", "day": ""}
        sent = await server.submit_modal(form, {**held(form), "outlet": "إذاعة الساحل", "day": "1 يونيو 2026"})
        assert f"{TITLE} · إذاعة الساحل · 1 يونيو 2026" in (await outcome_card(server, sent)).text


async def test_a_text_longer_than_any_form_is_added_whole(server: DiscordServer, bot: Started) -> None:
    lines = [f"قال المجلس إن الدكان رقم {number} في السوق القديم يُفتح غداً صباحاً." for number in range(200)]
    async with bot():
        read = await attach(server, Upload("market.txt", "\n".join(["السوق القديم يعود", *lines]).encode()))
        assert "عدد الفقرات: 200" in read.text
        form = await server.press_button(read, MEND, MODERATOR)
        await server.until(lambda: form.modal, what="the form")
        assert held(form) == {"link": "", "title": "السوق القديم يعود", "outlet": "", "day": ""}
        sent = await server.submit_modal(form, {**held(form), "day": "2026-06-01"})
        card = (await outcome_card(server, sent)).text
        assert ADDED in card
        assert "عدد الفقرات: 200" in card
        assert "الدكان رقم 187" in await answered(server, "متى يُفتح الدكان رقم 187 في السوق القديم؟")


MEGABYTE = 1 << 20
_NOT_TAKEN: list[tuple[Upload, str]] = [
    (Upload("x.pdf", b"%PDF-1.7"), "لا أقرأ ملفات PDF. انسخ نصّه"),
    (Upload("x.DOC", b"\xd0\xcf\x11\xe0"), "لا أقرأ هذه الصيغة من الوثائق."),
    (Upload("x.odt", b"PK"), "لا أقرأ هذه الصيغة من الوثائق."),
    (Upload("x.png", b"\x89PNG"), "لا أقرأ ما في الصور من نصّ."),
    (Upload("x.exe", b"MZ"), "لا أقرأ ملفات من هذا النوع."),
    (Upload("docx", b"PK"), "لا أقرأ ملفات من هذا النوع."),
    (Upload("x.docx", b"PK", told_size=20 * MEGABYTE), "الملف أكبر من الحدّ، وهو 16 ميغابايت."),
    (Upload("x.txt", b"x", told_size=5 * MEGABYTE), "الملف أكبر من الحدّ، وهو 4 ميغابايت."),
    (Upload("x.txt", b""), "ملف فارغ"),
    (Upload("x.txt", b"\x89PNG\r\n"), "ليس نصّاً بل بيانات ثنائية"),
    (Upload("x.txt", bytes(range(128, 256)) * 40), "UTF-8"),
    (Upload("x.txt", "عنوان بلا نصّ".encode()), "لا نصّ للمقالة بعد العنوان"),
    (Upload("x.md", "نصّ بلا عنوان.".encode()), "لا نصّ للمقالة بعد العنوان"),
    (Upload("x.md", b"---\ntitle: a: b\n---\n"), "بيانات الرأس (YAML) لا تُقرأ"),
    (Upload("x.html", "ملاحظات بلا وسوم".encode()), "ليس صفحة ويب محفوظة"),
    (Upload("x.html", (PAGES / "paywalled.html").read_bytes()), "الصفحة للمشتركين"),
    (Upload("secret.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "مقفلة بكلمة سرّ"),
    (Upload("x.docx", b"%PDF-1.7"), "ليست وثيقة Word سليمة"),
]


async def test_what_is_no_article_is_told_with_what_to_do(server: DiscordServer, bot: Started, corpus: Path) -> None:
    async with bot():
        for file, words in _NOT_TAKEN:
            card = await attach(server, file)
            assert words in card.text, file.filename
            assert card.buttons == []
        # What is not taken by its name or size is not fetched either.
        assert len(server.platform.files.sent) == len(_NOT_TAKEN) - 8
        assert added_files(corpus) == []
        assert audited(server) == []


async def test_no_hostile_document_is_added_or_stops_the_bot(server: DiscordServer, bot: Started, corpus: Path) -> None:
    async with bot():
        for data in hostile_documents(Path(__file__).as_uri(), f"{server.address}/x.dtd").values():
            card = await attach(server, Upload("x.docx", data))
            assert NOT_ADDED in card.text
        assert added_files(corpus) == []
        # Nothing that they name was fetched.
        assert not any("x.dtd" in request.path for request in server.requests)
        assert "عدد المقالات: 3" in await status(server)


async def test_a_file_that_discord_has_no_more_is_asked_for_again(server: DiscordServer, bot: Started) -> None:
    async with bot():
        server.platform.files.is_away = True
        assert "لم أستطع جلب الملف من Discord" in (await attach(server, Upload("x.txt", b"x"))).text


async def test_only_moderators_attach_and_confirm(server: DiscordServer, bot: Started, corpus: Path) -> None:
    file = Upload("museum.md", FORMS["museum.md"])
    async with bot():
        with pytest.raises(CommandUnavailable):
            await attach(server, file, OTHER)
        asked = await server.run_command("corpus add", {"file": file}, author=OTHER, channel="عام", force=True)
        assert "هذا الأمر للمشرفين" in (await server.wait_for_reply(asked)).text
        assert server.platform.files.sent == []
        await server.give_role(OTHER, "مشرفون")
        asked = await server.run_command("corpus add", {"file": file}, author=OTHER, channel="عام")
        read = await server.wait_for_reply(asked)
        await server.take_role(OTHER, "مشرفون")
        assert "هذا الأمر للمشرفين" in (await confirm(server, read, OTHER)).text
        assert added_files(corpus) == []
    async with bot():
        await server.give_role(OTHER, "مشرفون")
        assert "أُعيد تشغيلي منذ ذلك الحين" in (await confirm(server, read, OTHER)).text
