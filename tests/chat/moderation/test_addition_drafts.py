from contextlib import suppress
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import BoilerplatePhrases
from bot.articles.importing import import_text
from bot.articles.readers import read_markdown, write_markdown
from bot.chat.chat_errors import ReplyError
from bot.chat.moderation.addition_drafts import check_file, read_message
from bot.chat.moderation.addition_form import AdditionWords
from bot.settings import CONFIG
from tests.chat.hostile_text import PIECES
from tests.examples import examples

PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
LONG = "قال المجلس في بيان إن السوق القديم يُفتح أمام الزوار صباح السبت المقبل بعد عامين من الترميم."


def file(name: str, size: int = 1) -> discord.Attachment:
    return cast("discord.Attachment", SimpleNamespace(filename=name, size=size))


def message(content: str, *attachments: discord.Attachment, **embed: str) -> discord.Message:
    """Return a message in a conversation, whose link nobody else may open."""
    shown: dict[str, Any] = {
        "content": content,
        "embeds": [discord.Embed(**cast("Any", embed))] if embed else [],
        "attachments": list(attachments),
        "created_at": datetime(2026, 6, 1, tzinfo=UTC),
        "message_snapshots": [],
        "reference": None,
        "channel": None,
        "jump_url": "https://discord.com/channels/1/2/3",
        "author": SimpleNamespace(display_name="سارة"),
    }
    return cast("discord.Message", SimpleNamespace(**shown))


def words(content: str, **embed: str) -> AdditionWords:
    return read_message(message(content, **embed), lambda _: None)[0]


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        (f"# عنوان الخبر\n{LONG}", "عنوان الخبر", LONG),
        (f"عنوان الخبر\n\n{LONG}\n-# المصدر: البلدية", "عنوان الخبر", f"{LONG}\n\nالمصدر: البلدية"),
        (f"**عنوان** ||الخبر||\n{LONG}\n## الأجور\n> {LONG}", "عنوان الخبر", f"{LONG}\n\n## الأجور\n\n{LONG}"),
        (f"عنوان <:wave:123456> <@!12> <t:1:R>\n{LONG}", "عنوان", LONG),
        (LONG, "", LONG),
    ],
)
def test_the_lines_of_a_message_are_its_title_and_paragraphs(content: str, title: str, text: str) -> None:
    found = words(content)
    assert (found.title, found.text, found.link, found.day) == (title, text, "", "2026-06-01")


def test_an_embed_without_a_link_gives_its_text() -> None:
    found = words("", title="عنوان", description=LONG)
    assert (found.title, found.text, found.outlet) == ("عنوان", LONG, "سارة")


@pytest.mark.parametrize("name", ["a.docx", "a.TXT", "خبر.md", "a.b.html", "a.htm"])
def test_forms_of_articles_are_taken(name: str) -> None:
    check_file(file(name))


@pytest.mark.parametrize("name", ["", "docx", ".docx", "a.docx.exe", "a.jsonl", "a.mhtml", "a.zip"])
def test_everything_else_is_not(name: str) -> None:
    with pytest.raises(ReplyError, match=r"addition\.file\."):
        check_file(file(name))


def test_of_the_files_of_a_message_the_one_that_can_be_read_is() -> None:
    text = file("a.txt")
    assert read_message(message(LONG, file("a.png"), text), lambda _: None)[1] is text
    # A picture beside a text hinders nothing.
    assert read_message(message(LONG, file("a.png")), lambda _: None) == (words(LONG), None)
    with pytest.raises(ReplyError, match=r"addition\.file\.picture"):
        read_message(message("", file("a.png")), lambda _: None)


@examples(150)
@given(st.lists(st.sampled_from([*PIECES, LONG, "\n", "https://a.example/x", "[a](https://a.example)"]), max_size=8))
def test_whatever_a_message_says_gives_words_or_a_reason(pieces: list[str]) -> None:
    with suppress(ReplyError):
        found = words("".join(pieces))
        assert found.text or found.link


_SAID = [*PIECES, LONG, "## عنوان فرعي", "# خبر", "قال إن 5 > 3."]


@examples(200)
@given(st.lists(st.sampled_from(_SAID), min_size=1, max_size=9))
def test_an_article_opened_to_be_corrected_and_sent_as_it_is_stays_the_same(blocks: list[str]) -> None:
    fields = {"title": "عنوان", "outlet": "إذاعة الساحل", "published": "2026-06-01", "url": "https://a.example/x"}
    body = "\n\n".join([LONG, *blocks])
    stored = import_text("x", body, PHRASES, fields).article
    # As its file has it, which is read with every build.
    assert read_markdown("x", write_markdown(stored), PHRASES) == stored
    typed = AdditionWords.of_article(stored)
    fields = {"title": typed.title, "outlet": typed.outlet, "published": typed.day, "url": typed.link}
    assert import_text("x", typed.text, PHRASES, fields).article == stored
