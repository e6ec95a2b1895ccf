"""What is about to be added: from a form, a file or a message, kept until a moderator confirms or mends it."""

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import discord
from cachetools import LRUCache

from bot.articles import Article, typed_links
from bot.articles.corpus import most_bytes
from bot.articles.readers.markdown import markdown_blocks
from bot.chat.cards.card import Attachment, Button, Card
from bot.chat.chat_errors import ReplyError
from bot.chat.moderation.addition_form import AdditionWords, FormId, FormKind
from bot.chat.permissions import find_public_guild
from bot.texts import Texts

# Chosen: moderators mend what was refused at once, or not at all. A file may have four million letters.
_MOST_CHARACTERS, _MOST_KEPT = 1 << 23, 64
_FILE = "typed.txt"

_TAKEN = frozenset({".txt", ".md", ".html", ".htm", ".docx"})
# By what is to be done in place of attaching one.
_NOT_TAKEN = {
    "pdf": {".pdf"},
    "document": {".doc", ".docm", ".dot", ".dotx", ".odt", ".pages", ".rtf", ".wpd", ".wps"},
    "picture": {".avif", ".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"},
}
# What Discord writes for mentions, commands, emoji and times, and signs of its Markdown that no other has.
_OF_DISCORD = re.compile(r"<(?:@[!&]?|#|/[^:<>]*:|a?:\w+:|t:|id:)[^<>\s]*>|\|\||^-# ", re.MULTILINE)
_MASKED_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)")
# Chosen: words that somebody writes beside a link to an article are fewer, and a text to be quoted has more.
_BESIDE_LINK, _LONGEST_TITLE = 15, 300


@dataclass(frozen=True, slots=True)
class Draft:
    """Words to be added; `shown` is the article that they were read from, of which no field shows the author.

    `corrects` is the key of the added article whose place they take.
    """

    words: AdditionWords = field(default_factory=AdditionWords)
    shown: Article | None = None
    corrects: str = ""

    def mended(self, words: AdditionWords) -> "Draft":
        """Return it with what a form was sent with; a text that was too long for the form stays."""
        return replace(self, words=replace(words, text=self.words.text) if self.words.is_long else words)


class Drafts:
    """Drafts that were refused or are to be confirmed, until that happens or the process ends."""

    def __init__(self) -> None:
        least = _MOST_CHARACTERS // _MOST_KEPT
        self._kept = LRUCache[str, Draft](_MOST_CHARACTERS, lambda draft: max(least, len(draft.words.text)))

    def offer(self, card: Card, draft: Draft, texts: Texts, *, is_to_confirm: bool = False) -> Card:
        """Add buttons to a card: one that opens the form with a draft in it, and one that adds it as it is.

        Of a text that was typed there is a file.
        """
        # Long enough that no button ever opens what another moderator typed.
        key = secrets.token_hex(8)
        self._kept[key] = draft
        again = Button(str(FormId(FormKind.DRAFT, key)), texts("addition.again"), "✏️")
        row = (Button(str(FormId(FormKind.CONFIRMED, key)), texts("addition.confirm"), "✅"), again)
        file = Attachment(_FILE, draft.words.in_a_file) if draft.words.text and draft.shown is None else None
        return replace(card, rows=(row if is_to_confirm else (again,),), attachment=file or card.attachment)

    def find(self, key: str) -> Draft:
        """Return the draft of a key; raise ReplyError where it is forgotten."""
        if (draft := self._kept.get(key)) is None:
            raise ReplyError("addition.forgotten")
        return draft


def check_file(file: discord.Attachment) -> None:
    """Raise ReplyError for a file that gives no article, by its name and size, with what to do instead."""
    if not _is_taken(file):
        suffix = PurePosixPath(file.filename).suffix.lower()
        kind = next((kind for kind, suffixes in _NOT_TAKEN.items() if suffix in suffixes), "unknown")
        raise ReplyError(f"addition.file.{kind}")
    if file.size > (most := most_bytes(file.filename)):
        raise ReplyError("addition.file.too_large", most=most >> 20)


def _is_taken(file: discord.Attachment) -> bool:
    return PurePosixPath(file.filename).suffix.lower() in _TAKEN


def read_message(
    message: discord.Message, find_channel: Callable[[int], object]
) -> tuple[AdditionWords, discord.Attachment | None]:
    """Return what a message, or the one that it forwards, gives to be added, and the file that has the text.

    Its author or channel, and its link, are the source where everybody may read it there. Raise ReplyError where it
    gives nothing.
    """
    snapshot, reference = next(iter(message.message_snapshots), None), message.reference
    shown, link, outlet = snapshot or message, message.jump_url, message.author.display_name
    place: object = message.channel
    if snapshot is not None and reference is not None:
        place, link, outlet = find_channel(reference.channel_id), reference.jump_url, ""
        if isinstance(place, discord.Thread | discord.abc.GuildChannel):
            outlet = f"{place.name} · {place.guild.name}"
    is_public = find_public_guild(place) is not None
    source = AdditionWords(
        link=link if is_public else "",
        outlet=outlet if is_public or snapshot is None else "",
        day=shown.created_at.date().isoformat(),
    )
    words = _words(shown.content, shown.embeds, source)
    files = sorted(shown.attachments, key=lambda one: not _is_taken(one))
    if files and (_is_taken(files[0]) or words == source):
        check_file(files[0])
        return words, files[0]
    if words == source:
        raise ReplyError("addition.empty_message")
    return words, None


def _words(content: str, embeds: Iterable[discord.Embed], source: AdditionWords) -> AdditionWords:
    """Return the words of a message: of one that leads to an article, the link alone."""
    links = typed_links(content)
    rest = _OF_DISCORD.sub("", _MASKED_LINK.sub("", content))
    for link in links:
        rest = rest.replace(link, "").replace(link.removeprefix("https://"), "")
    if links and len(rest.split()) < _BESIDE_LINK:
        return AdditionWords(link=" ".join(links))
    preview = next((one for one in embeds if one.url or one.description), None)
    if not rest.strip() and preview is not None:
        if preview.url:
            return AdditionWords(link=preview.url)
        return replace(source, title=(preview.title or "")[:_LONGEST_TITLE], text=preview.description or "")
    # People end a paragraph with a line.
    blocks = [block for line in rest.split("\n") for block in markdown_blocks(line)]
    title = blocks[0].text if len(blocks) > 1 and len(blocks[0].text) <= _LONGEST_TITLE else ""
    parts = [f"## {block.text}" if block.heading else block.text for block in blocks[1 if title else 0 :]]
    return replace(source, link=links[0] if len(links) == 1 else source.link, title=title, text="\n\n".join(parts))
