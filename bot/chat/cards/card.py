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
    """A text that comes along as a file; its name is of small Latin letters, which Discord leaves alone."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """Blocks of text set apart by lines, in a frame of a colour; what stands above the frame, and buttons in it."""

    blocks: tuple[str, ...]
    colour: discord.Colour = NOTICE
    above: tuple[str, ...] = ()
    title: str | None = None
    footnote: str | None = None
    rows: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts as Discord gets them, in the order in which they are read."""
        title = (f"### {self.title}",) if self.title else ()
        footnote = (f"-# {self.footnote}",) if self.footnote else ()
        return (*self.above, *title, *self.blocks, *footnote)

    def layout(self) -> ui.LayoutView:
        """Lay the card out for sending; its presses are told apart by their ids alone, so nothing is kept of it."""
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
        """Make the files that go with the layout, anew for each try at sending them."""
        attachment = self.attachment
        return [discord.File(BytesIO(attachment.text.encode()), attachment.name)] if attachment else []


def notice(text: str, title: str | None = None) -> Card:
    """Make a card of a sentence of ours."""
    return Card((text,), title=title)


def layout_texts(components: Sequence[discord.Component]) -> list[str]:
    """Return the texts that a message's layout shows, in the order in which they are read."""
    texts: list[str] = []
    for component in components:
        if isinstance(component, discord.TextDisplay):
            texts.append(component.content)
        elif isinstance(component, discord.Container):
            texts += layout_texts(component.children)
    return texts


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    return ui.Button(custom_id=button.custom_id, label=button.label, emoji=button.emoji, disabled=button.is_disabled)
