"""A card: what the bot shows in Discord, as plain data, and its layout.

Layouts of components v2 carry them, not embeds: quotes are set apart by lines, buttons belong to the card, the text is
as large as a message's, and it shows also where embeds are forbidden or switched off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import discord
from discord import ui

ANSWER = discord.Colour(0x1B7F5C)
REFUSAL = discord.Colour(0xC58B2A)
NOTICE = discord.Colour(0x5B6B7A)

# All texts of a layout together.
TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Button:
    """A button; `custom_id` holds all that its press needs, so that it works after a restart as before."""

    custom_id: str
    label: str | None = None
    emoji: str | None = None
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text that is sent as a file; names of small Latin letters are left unchanged by Discord."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A coloured frame of text blocks, separated by lines, with buttons; and the texts above the frame."""

    blocks: tuple[str, ...]
    colour: discord.Colour = NOTICE
    above: tuple[str, ...] = ()
    title: str | None = None
    footnote: str | None = None
    rows: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts as they are sent, in reading order."""
        title = (f"### {self.title}",) if self.title else ()
        footnote = (f"-# {self.footnote}",) if self.footnote else ()
        return (*self.above, *title, *self.blocks, *footnote)

    def layout(self) -> ui.LayoutView:
        """Lay the card out for sending; discord.py keeps no state of it, since presses are handled by their ids."""
        frame: ui.Container[ui.LayoutView] = ui.Container(accent_colour=self.colour)
        if self.title:
            frame.add_item(ui.TextDisplay(f"### {self.title}"))
        for number, block in enumerate(self.blocks):
            if number:
                frame.add_item(ui.Separator())
            frame.add_item(ui.TextDisplay(block))
        if self.footnote:
            frame.add_item(ui.TextDisplay(f"-# {self.footnote}"))
        for row in self.rows:
            frame.add_item(ui.ActionRow(*map(_button, row)))
        view = ui.LayoutView(timeout=None)
        for text in self.above:
            view.add_item(ui.TextDisplay(text))
        view.add_item(frame)
        if self.attachment:
            view.add_item(ui.File(f"attachment://{self.attachment.name}"))
        view.stop()
        return view

    def files(self) -> list[discord.File]:
        """Make the files of the card, anew for each attempt to send them."""
        attachment = self.attachment
        return [discord.File(BytesIO(attachment.text.encode()), attachment.name)] if attachment else []


def notice(text: str, title: str | None = None) -> Card:
    """Make a card of a text of our own."""
    return Card((text,), title=title)


def layout_texts(components: Sequence[discord.Component]) -> list[str]:
    """Return the texts of a message's layout, in reading order."""
    texts: list[str] = []
    for component in components:
        if isinstance(component, discord.TextDisplay):
            texts.append(component.content)
        elif isinstance(component, discord.Container):
            texts += layout_texts(component.children)
    return texts


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    return ui.Button(custom_id=button.custom_id, label=button.label, emoji=button.emoji, disabled=button.is_disabled)
