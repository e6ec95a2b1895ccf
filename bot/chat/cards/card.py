"""A card: what the bot shows in Discord, as plain data, its layout, its pages, and how it is read back.

Layouts of components v2 carry them, not embeds: quotes are set apart by lines, buttons belong to the card, the text is
as large as a message's, and it shows also where embeds are forbidden or switched off.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import chain, pairwise
from typing import TypeVar

import discord
from discord import ui

from bot.arabic import LINE_ISOLATE_SIZE, is_right_to_left, isolate_line, strip_line_isolates, strong_directions
from bot.chat.cards.button_ids import ButtonKind, StaleButtonError, parse_button_id
from bot.chat.cards.card_text import size
from bot.texts import Texts

ANSWER = discord.Colour(0x1B7F5C)
REFUSAL = discord.Colour(0xC58B2A)
NOTICE = discord.Colour(0x5B6B7A)

_SIGNS = ("⏮️", "◀️", "▶️", "⏭️")
# Chosen: of fewer pages the ends are near.
_LEAST_TO_JUMP = 5
# The room of a footnote with its mark.
FOOTNOTE = 60

Item = TypeVar("Item")

_SMALL_PRINT, TITLE = "-# ", "### "
_QUOTED, CODE_FENCE = "> ", "```"

# All texts of a layout together, in UTF-16 units, Discord's strictest measure.
MESSAGE_LIMIT = 4000
# What a card is filled up to: the rest isolates fifty lines, more than any card but a long report has.
TEXT_LIMIT = MESSAGE_LIMIT - 50 * LINE_ISOLATE_SIZE

# What a line begins with to be a quote, small print, a heading or an item of a list: nothing may stand before it.
_MARKUP = re.compile(rf"(?:{_QUOTED})?(?:{_SMALL_PRINT}|#{{1,3}} |[-*] |\d+\. )?")
_QUOTE_BEFORE_SMALL_PRINT = re.compile(rf"^{_QUOTED}.*\n(?={_SMALL_PRINT})", re.MULTILINE)
_INNERMOST_ISOLATE = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_UNREAD = re.compile(r"\]\([^()\[\]]*\)|<[^<>]*>|`[^`]*`")


def small_print(line: str) -> str:
    return f"{_SMALL_PRINT}{line}"


@dataclass(frozen=True, slots=True)
class Button:
    """A button; `custom_id` holds all that its press needs, so that it works after a restart as before."""

    custom_id: str
    label: str | None = None
    emoji: str | None = None
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a menu: what choosing it tells, its label, and what stands in small print below that."""

    value: str
    label: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of up to 25 entries, of which one is chosen; its id works after a restart as that of a button does."""

    custom_id: str
    placeholder: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text that is sent as a file; names of small Latin letters are left unchanged by Discord."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A coloured frame of text blocks, separated by lines, with a menu and buttons; and the texts above the frame."""

    blocks: tuple[str, ...]
    colour: discord.Colour = NOTICE
    above: tuple[str, ...] = ()
    title: str | None = None
    footnote: str | None = None
    rows: tuple[tuple[Button, ...], ...] = ()
    menu: Menu | None = None
    attachment: Attachment | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts in reading order."""
        title = (f"{TITLE}{self.title}",) if self.title else ()
        footnote = (small_print(self.footnote),) if self.footnote else ()
        return (*self.above, *title, *chain.from_iterable(map(_displays, self.blocks)), *footnote)

    @property
    def sent_texts(self) -> tuple[str, ...]:
        """All texts as they are sent: each line is isolated in its direction."""
        return tuple(_isolate_lines(self.texts))

    def layout(self) -> ui.LayoutView:
        """Lay the card out for sending; discord.py keeps no state of it, since presses are handled by their ids."""
        displays = map(ui.TextDisplay[ui.LayoutView], self.sent_texts)
        view = ui.LayoutView(timeout=None)
        for _ in self.above:
            view.add_item(next(displays))
        frame: ui.Container[ui.LayoutView] = ui.Container(accent_colour=self.colour)
        if self.title:
            frame.add_item(next(displays))
        for number, block in enumerate(self.blocks):
            if number:
                frame.add_item(ui.Separator())
            for _ in _displays(block):
                frame.add_item(next(displays))
        if self.footnote:
            frame.add_item(next(displays))
        if menu := self.menu:
            options = [discord.SelectOption(**asdict(choice)) for choice in menu.choices]
            select = ui.Select[ui.LayoutView](custom_id=menu.custom_id, placeholder=menu.placeholder, options=options)
            frame.add_item(ui.ActionRow(select))
        for row in self.rows:
            buttons = (
                ui.Button[ui.LayoutView](
                    custom_id=one.custom_id, label=one.label, emoji=one.emoji, disabled=one.is_disabled
                )
                for one in row
            )
            frame.add_item(ui.ActionRow(*buttons))
        view.add_item(frame)
        if self.attachment:
            view.add_item(ui.File(f"attachment://{self.attachment.name}"))
        view.stop()
        return view

    def files(self) -> list[discord.File]:
        """Make the files of the card, anew for each attempt to send them."""
        attachment = self.attachment
        return [discord.File(BytesIO(attachment.text.encode()), attachment.name)] if attachment else []


def _displays(block: str) -> list[str]:
    """Part a block before the small print behind a quote, which not every client takes for small print there."""
    starts = [0, *(match.end() for match in _QUOTE_BEFORE_SMALL_PRINT.finditer(block)), len(block) + 1]
    return [block[start : end - 1] for start, end in pairwise(starts)]


def notice(text: str, title: str | None = None) -> Card:
    """Make a card of a text of our own."""
    return Card((text,), title=title)


def room_beside(*texts: str, title: str | None = None, footnote: str | None = None) -> int:
    """Return how much of a card a title, some texts and a footnote leave to its other texts."""
    return TEXT_LIMIT - sum(map(size, Card(texts, title=title, footnote=footnote).texts))


def layout_texts(components: Sequence[discord.Component]) -> list[str]:
    """Return the texts of a message's layout, in reading order, without the isolates of their lines."""
    texts: list[str] = []
    for component in components:
        if isinstance(component, discord.TextDisplay):
            texts.append(strip_line_isolates(component.content))
        elif isinstance(component, discord.Container):
            texts += layout_texts(component.children)
    return texts


def button_payloads(components: Sequence[discord.Component], wanted: ButtonKind) -> Iterator[str]:
    for button in _buttons(components):
        try:
            kind, payload = parse_button_id(button.custom_id or "")
        except StaleButtonError:
            continue
        if kind is wanted:
            yield payload


def card_texts(message: discord.Message | None, texts: Texts) -> Texts:
    """Return the texts of the language of a card's buttons, or else its title; the bot's own where neither says it."""
    if message is None:
        return texts
    shown = {button.label for button in _buttons(message.components)}
    shown.update(text.removeprefix(TITLE) for text in layout_texts(message.components) if text.startswith(TITLE))
    return next((own for own in texts.in_each_language if not shown.isdisjoint(own.entries.values())), texts)


def shown_card(message: discord.Message) -> Card:
    """Return the card that a message shows, without a file; title and footnote stand in its first and last block."""
    frames = [item for item in message.components if isinstance(item, discord.Container)]
    blocks, rows, menu = [list[str]()], list[tuple[Button, ...]](), None
    for item in (item for frame in frames for item in frame.children):
        if isinstance(item, discord.SeparatorComponent):
            blocks.append([])
        elif isinstance(item, discord.TextDisplay):
            blocks[-1] += layout_texts([item])
        elif isinstance(item, discord.ActionRow) and isinstance(first := item.children[0], discord.SelectMenu):
            choices = (Choice(one.value, one.label, one.description) for one in first.options)
            menu = Menu(first.custom_id, first.placeholder or "", tuple(choices))
        elif isinstance(item, discord.ActionRow):
            rows.append(
                tuple(
                    Button(one.custom_id or "", one.label, str(one.emoji) if one.emoji else None, one.disabled)
                    for one in _buttons([item])
                )
            )
    above = layout_texts([item for item in message.components if isinstance(item, discord.TextDisplay)])
    colour = next((frame.accent_colour for frame in frames if frame.accent_colour), NOTICE)
    texts = tuple("\n".join(block) for block in blocks if block)
    return Card(texts, colour, above=tuple(above), rows=tuple(rows), menu=menu)


def _buttons(components: Sequence[discord.Component]) -> Iterator[discord.Button]:
    for component in components:
        if isinstance(component, discord.Container | discord.ActionRow):
            yield from _buttons(component.children)
        elif isinstance(component, discord.Button):
            yield component


def _isolate_lines(texts: Sequence[str]) -> Iterator[str]:
    """Isolate the lines of a card behind their markup, in the order that they are sent in.

    Where there is no room for all isolates, the first lines have them. A quote runs as its own letters do; all other
    lines run as the language of the card, but for a sentence to who writes in another language.
    """
    # Most of the card's own lines begin in its language; other people's words are quoted, or isolated.
    lines = [line for text in texts for line in text.split("\n")]
    begin = [next(iter(strong_directions(_own_words(line))), "") for line in lines if not line.startswith(_QUOTED)]
    own = [direction for direction in begin if direction]
    from_right = own.count("L") * 2 < len(own) if own else is_right_to_left("\n".join(lines))
    room = MESSAGE_LIMIT - sum(map(size, texts))

    def isolated(line: str) -> str:
        nonlocal room
        markup = _MARKUP.match(line)
        start = markup.end() if markup else 0
        if room < LINE_ISOLATE_SIZE or not line[start:].strip():
            return line
        room -= LINE_ISOLATE_SIZE
        return line[:start] + isolate_line(line[start:], from_right=_runs_from_right(line, card_does=from_right))

    for text in texts:
        # What is to be copied has nothing in it that nobody sees.
        yield text if text.startswith(CODE_FENCE) else "\n".join(map(isolated, text.split("\n")))


def _runs_from_right(line: str, *, card_does: bool) -> bool:
    if line.startswith(_QUOTED):
        return is_right_to_left(line)
    own = strong_directions(_own_words(line))
    is_foreign = bool(own) and all((direction == "L") == card_does for direction in own)
    return card_does != is_foreign


def _own_words(line: str) -> str:
    """Return a line without addresses, mentions, code and what is isolated in it."""
    line = _UNREAD.sub("", line)
    while (outer := _INNERMOST_ISOLATE.sub("", line)) != line:
        line = outer
    return line


def page_items(things: Sequence[Item], page: int, most: int) -> tuple[list[Item], int, int]:
    """Return the items of a page, its number and the number of pages; a page beyond the last is the last.

    Articles are read here, in one batch.
    """
    pages = -(-len(things) // most)
    page = min(page, pages - 1)
    return list(things[page * most : (page + 1) * most]), page, pages


def page_footnote(page: int, pages: int, texts: Texts) -> str | None:
    """Name the page and the number of pages; None where there is one."""
    return texts("pages.page", number=page + 1, count=pages) if pages > 1 else None


def page_rows(page: int, pages: int, custom_id: Callable[[str], str], texts: Texts) -> tuple[tuple[Button, ...], ...]:
    """Make the row of buttons to the neighbours and, of many pages, the ends, ordered by the direction of the language.

    `custom_id` takes the number of a page. Ids must differ, so that of a jump begins with a zero.
    """
    if pages < 2:  # noqa: PLR2004 (one page needs no turning)
        return ()
    end, is_first, is_last = pages - 1, page == 0, page == pages - 1
    back = [("00", is_first), (f"{max(page - 1, 0)}", is_first)]
    leads = [*back, (f"{min(page + 1, end)}", is_last), (f"0{end}", is_last)]
    if texts.language == "ar":
        leads.reverse()
    row = tuple(
        Button(custom_id(number), emoji=sign, is_disabled=is_there)
        for sign, (number, is_there) in zip(_SIGNS, leads, strict=True)
    )
    return (row if pages >= _LEAST_TO_JUMP else row[1:-1],)


def paginate(sizes: Sequence[int], room: int, most: int) -> list[range]:
    """Split items of these sizes into pages of as many as fit a room, one to `most` each."""
    pages: list[range] = []
    start, left = 0, room
    for number, taken in enumerate(sizes):
        if number > start and (taken > left or number - start == most):
            pages.append(range(start, number))
            start, left = number, room
        left -= taken
    return [*pages, range(start, len(sizes))]
