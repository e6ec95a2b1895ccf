"""The form in which a moderator types an article to be added: its fields, its ids, what was typed into it."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

import discord
from cachetools import LRUCache
from discord import ui

from bot.arabic import date_range
from bot.articles import typed_links
from bot.chat.cards.card import Attachment, Button, Card
from bot.errors import TextError
from bot.texts import Texts

# Like those of buttons, ids hold all that is needed after a restart; other versions are recognised and refused.
_VERSION = "1"
FORM_ID, _AGAIN = f"f{_VERSION}:addition", f"f{_VERSION}:again:"
_ANY_VERSION = re.compile(r"f\d+:.*", re.DOTALL)

# Discord's own for a field of a form.
_LONGEST_TEXT = 4000
# Chosen: the longest title of 10,138 news articles has 106 characters, and the words of a day fewer than forty.
_LENGTHS = {"link": 2000, "title": 300, "text": _LONGEST_TEXT, "outlet": 100, "day": 40}
# Chosen: moderators mend what was refused at once, or not at all.
_MOST_KEPT = 64
_FILE = "typed.txt"


@dataclass(frozen=True, slots=True)
class AdditionWords:
    """What was typed into the form, stripped of white space around it; empty where nothing was."""

    link: str = ""
    title: str = ""
    text: str = ""
    outlet: str = ""
    day: str = ""

    @classmethod
    def of_submission(cls, data: Mapping[str, Any]) -> "AdditionWords":
        """Read the data of a submitted form; fields that it does not know are passed over."""
        typed = dict(_values(data.get("components") or ()))
        known = {field.name: typed.get(field.name, "") for field in fields(cls)}
        return cls(**{name: value.strip()[: _LENGTHS[name]] for name, value in known.items()})

    def as_meant(self, today: date) -> "AdditionWords":
        """Return them with the link alone and a day in words, «أمس», in digits; raise TextError where links are two."""
        links = typed_links(self.link)
        if len(links) > 1:
            raise TextError("addition.several_links")
        first, last = date_range(self.day, today) or (None, None)
        day = first.isoformat() if first and first == last else self.day
        return replace(self, link=next(iter(links), self.link), day=day)

    @property
    def in_a_file(self) -> str:
        """All that was typed, to be copied from a text file."""
        short = [value for name, value in asdict(self).items() if value and name != "text"]
        # They may hold halves of letters.
        return "\n\n".join(filter(None, ("\n".join(short), self.text))).encode("utf-8", "replace").decode() + "\n"


def _values(components: Any) -> Iterator[tuple[str, str]]:
    for component in components:
        if isinstance(value := component.get("value"), str):
            yield str(component.get("custom_id")), value
        yield from _values(component.get("components") or ())
        if inner := component.get("component"):
            yield from _values((inner,))


def addition_form(words: AdditionWords, texts: Texts) -> ui.Modal:
    """Make the form, filled with words; discord.py keeps no state of it, since its id says all."""
    form = ui.Modal(title=texts("addition.form"), custom_id=FORM_ID)
    for name, value in asdict(words).items():
        is_long = name == "text"
        field: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if is_long else discord.TextStyle.short,
            default=value or None,
            required=False,
            max_length=_LENGTHS[name],
        )
        label = texts(f"addition.field.{name}")
        form.add_item(ui.Label(text=label, description=texts(f"addition.about.{name}"), component=field))
    form.stop()
    return form


class Drafts:
    """What moderators typed into forms that were refused, until they mend it or the process ends."""

    def __init__(self) -> None:
        self._kept: LRUCache[str, AdditionWords] = LRUCache(_MOST_KEPT)

    def give_back(self, card: Card, words: AdditionWords, texts: Texts) -> Card:
        """Add a button to a card that opens the form with the words in it, and a file of a text that was typed."""
        # Long enough that no button ever opens what another moderator typed.
        key = secrets.token_hex(8)
        self._kept[key] = words
        again = Button(f"{_AGAIN}{key}", texts("addition.again"), "✏️")
        file = Attachment(_FILE, words.in_a_file) if words.text else None
        return Card(card.blocks, card.colour, title=card.title, rows=((again,),), attachment=file)

    def find(self, identity: str) -> AdditionWords | None:
        """Return the words of the button with an id, None where they are forgotten."""
        return self._kept.get(identity.removeprefix(_AGAIN))


def is_form_id(identity: str) -> bool:
    """Whether an id belongs to a form, or to a button that opens a form, in any version."""
    return _ANY_VERSION.fullmatch(identity) is not None


def opens_form(identity: str) -> bool:
    """Whether an id belongs to a button that opens a form, in this version."""
    return identity.startswith(_AGAIN)
