"""Moderators add what others wrote, forwarded, attached or linked to, by the menu of a message."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.articles.html.test_page import PAGES
from tests.articles.page_server import PageServer
from tests.chat.samples import ARABIC
from tests.discord_server import CommandUnavailable, DiscordServer, Interaction, Message, Permission, Seen, Upload
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED
from tests.e2e.moderating import MODERATION, MODERATOR, answered, outcome_card
from tests.e2e.test_added_files import confirm, held
from tests.e2e.test_additions import ADDED, PLANT, TEXT, TITLE, Started, added_files, bot, pages

__all__ = ["bot", "pages"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

MENU = ARABIC("command.menu.add")
WRITTEN = f"**{TITLE}**\n{TEXT['text']} <@bot>"


async def chosen(server: DiscordServer, message: Message | Seen, author: str = MODERATOR) -> Interaction:
    return await server.run_context_menu(MENU, message, author=author, channel="عام")


async def form_of(server: DiscordServer, message: Message | Seen) -> tuple[Interaction, Mapping[str, str]]:
    """Choose the menu of a message, and return the form that opens and what it holds."""
    opened = await chosen(server, message)
    await server.until(lambda: opened.modal, what="the form")
    return opened, held(opened)


def jump_link(server: DiscordServer, message: Message) -> str:
    guild = server.world.channels[message.channel_id].guild_id
    return f"https://discord.com/channels/{guild}/{message.channel_id}/{message.id}"


async def test_a_message_is_added_with_its_author_and_link(server: DiscordServer, bot: Started) -> None:
    async with bot():
        written = await server.post_message("عام", "سارة", WRITTEN)
        form, fields = await form_of(server, written)
        day = written.created_at.date().isoformat()
        link = jump_link(server, written)
        assert fields == {"link": link, "title": TITLE, "text": TEXT["text"], "outlet": "سارة", "day": day}
        card = (await outcome_card(server, await server.submit_modal(form, fields))).text
        assert ADDED in card
        assert f"[{TITLE}]({link}) · سارة" in card
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)


async def test_a_forwarded_message_has_its_channel_as_the_source(server: DiscordServer, bot: Started) -> None:
    async with bot():
        written = await server.post_message("سلسلة", "ناصر", WRITTEN)
        _, fields = await form_of(server, await server.forward_message(written, "عام", "سارة"))
        assert fields["link"] == jump_link(server, written)
        assert (fields["title"], fields["text"], fields["outlet"]) == (TITLE, TEXT["text"], "سلسلة · إسناد")
        # Of what not everybody may read, nothing is named.
        hidden = await server.post_message(MODERATION, "ناصر", WRITTEN)
        [guild] = [one for one in server.world.guilds.values() if one.name == "إسناد"]
        await server.deny(MODERATION, Permission.VIEW_CHANNEL, guild.roles[guild.id])
        _, fields = await form_of(server, await server.forward_message(hidden, "عام", "سارة"))
        assert (fields["link"], fields["outlet"], fields["text"]) == ("", "", TEXT["text"])
        elsewhere = await server.post_message("ساحة", "سارة", WRITTEN)
        _, fields = await form_of(server, await server.forward_message(elsewhere, "عام", "سارة"))
        assert (fields["link"], fields["outlet"]) == ("", "")


async def test_a_message_that_leads_to_an_article_gives_its_link(
    server: DiscordServer, bot: Started, pages: PageServer
) -> None:
    link = pages.serve("/plant", (PAGES / "news.html").read_bytes())
    preview = {"type": "link", "url": link, "title": PLANT, "description": "مطلع الخبر."}
    nothing = {"title": "", "text": "", "outlet": "", "day": ""}
    async with bot():
        for content in (link, f"<{link}>", f"[{PLANT}]({link})", f"انظروا هذا الخبر <@bot>: {link} 👀"):
            _, fields = await form_of(server, await server.post_message("عام", "سارة", content, embeds=[preview]))
            assert fields == {"link": link, **nothing}
        embedded = await server.post_message("عام", server.world.add_webhook("وكالة الساحل"), "", embeds=[preview])
        form, fields = await form_of(server, embedded)
        assert fields == {"link": link, **nothing}
        assert PLANT in (await outcome_card(server, await server.submit_modal(form, fields))).text
        beside = await server.post_message("عام", "سارة", f"{WRITTEN} ويتّسع المتحف لمئتي زائر في اليوم. {link}")
        _, fields = await form_of(server, beside)
        assert (fields["link"], fields["title"]) == (link, TITLE)
        assert link not in fields["text"]
        two = await server.post_message("عام", "سارة", f"{link} https://news.example/other")
        form, fields = await form_of(server, two)
        sent = await server.submit_modal(form, fields)
        assert "أكثر من رابط" in (await outcome_card(server, sent)).text


async def test_the_file_of_a_message_is_read_and_confirmed(server: DiscordServer, bot: Started) -> None:
    picture, file = Upload("x.png", b"\x89PNG"), Upload("museum.md", MUSEUM.replace("outlet: ", "author: ").encode())
    async with bot():
        written = await server.post_message("سلسلة", "ناصر", "المقالة كاملة", files=[picture, file])
        forwarded = await server.forward_message(written, "عام", "سارة")
        read = await outcome_card(server, await chosen(server, forwarded))
        assert "قرأتُ هذا من الملف «\u2068museum.md\u2069»" in read.text
        assert ADDED in (await confirm(server, read)).text
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)


async def test_what_has_nothing_to_add_is_told(server: DiscordServer, bot: Started, corpus: Path) -> None:
    async with bot():
        asked = await server.post_message("عام", "سارة", "<@bot> متى افتتحت المكتبة العامة؟")
        card = await server.wait_for_reply(asked)
        assert ARABIC("addition.empty_message") in (await server.wait_for_reply(await chosen(server, card))).text
        scan = await server.post_message("عام", "سارة", "", files=[Upload("scan.pdf", b"%PDF-1.7")])
        assert "لا أقرأ ملفات PDF" in (await server.wait_for_reply(await chosen(server, scan))).text
        assert added_files(corpus) == []


async def test_only_moderators_add_messages(server: DiscordServer, bot: Started) -> None:
    async with bot():
        written = await server.post_message("عام", "سارة", WRITTEN)
        with pytest.raises(CommandUnavailable):
            await chosen(server, written, "سارة")
        forced = await server.run_context_menu(MENU, written, author="سارة", channel="عام", force=True)
        assert "هذا الأمر للمشرفين" in (await server.wait_for_reply(forced)).text
        assert forced.modal is None
