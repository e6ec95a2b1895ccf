"""The form in which a moderator types or corrects an article: its fields, its ids, what was typed into it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

import discord
from discord import ui

from bot.arabic import date_range
from bot.articles import Article, typed_links
from bot.articles.html import full_day
from bot.errors import TextError
from bot.texts import Texts

# Other versions are recognised and refused.
_VERSION = "1"
_ANY_VERSION = re.compile(r"f\d+:.*", re.DOTALL)

# Discord's own for a field of a form.
LONGEST_TEXT = 4000
# Chosen: the longest title of 10,138 news articles has 106 characters, and the words of a day fewer than forty.
_LENGTHS = {"link": 2000, "title": 300, "text": LONGEST_TEXT, "outlet": 100, "day": 40}


class FormKind(StrEnum):
    """What a form, or a button beside one, is for."""

    ADDITION = "addition"  # of nothing yet
    DRAFT = "again"  # of a draft
    ADDED = "edit"  # of an article that was added before
    CONFIRMED = "add"  # a button that adds a draft as it is


@dataclass(frozen=True, slots=True)
class FormId:
    """The id of a form or of a button beside it: what it is for, and the key of the draft or article that it is of."""

    kind: FormKind
    key: str = ""

    def __str__(self) -> str:
        """Write it; like those of buttons it holds all that is needed after a restart."""
        return f"f{_VERSION}:{self.kind}:{self.key}".removesuffix(":")

    @classmethod
    def parse(cls, identity: str) -> "FormId | None":
        """Read an id; None for that of another version."""
        version, kind, *key = identity.split(":", 2)
        return cls(FormKind(kind), *key) if version == f"f{_VERSION}" and kind in {*FormKind} else None


NEW_FORM = FormId(FormKind.ADDITION)


@dataclass(frozen=True, slots=True)
class AdditionWords:
    """What stands in the form, stripped of white space around it; empty where nothing does.

    A text that was read from a file may be too long for the form, which is without it then.
    """

    link: str = ""
    title: str = ""
    text: str = ""
    outlet: str = ""
    day: str = ""

    @classmethod
    def of_submission(cls, data: Mapping[str, Any]) -> "AdditionWords":
        """Read the data of a submitted form; fields that it does not know are passed over."""
        typed = dict(_values(data.get("components") or ()))
        return cls(**{one.name: typed.get(one.name, "").strip()[: _LENGTHS[one.name]] for one in fields(cls)})

    @classmethod
    def of_article(cls, article: Article) -> "AdditionWords":
        """Write an article as somebody would type it: blank lines part paragraphs, ## begins a heading."""
        parts, section = list[str](), None
        for paragraph in article.paragraphs:
            if paragraph.section not in {section, None}:
                parts.append(f"## {paragraph.section}")
            section = paragraph.section
            parts.append(paragraph.text)
        day = article.published.isoformat() if article.published else ""
        return cls(article.url or "", article.title, "\n\n".join(parts), article.outlet or "", day)

    @property
    def is_long(self) -> bool:
        """Whether the text is too long for a form."""
        return len(self.text) > LONGEST_TEXT

    def as_meant(self, today: date) -> "AdditionWords":
        """Return them with the link alone and a day in words, «أمس», in digits; raise TextError where links are two."""
        links = typed_links(self.link)
        if len(links) > 1:
            raise TextError("addition.several_links")
        first, last = date_range(self.day, today) or (None, None)
        found = first if first and first == last else full_day(self.day)
        return replace(self, link=next(iter(links), self.link), day=found.isoformat() if found else self.day)

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


def addition_form(words: AdditionWords, texts: Texts, identity: FormId = NEW_FORM) -> ui.Modal:
    """Make the form, filled with words; discord.py keeps no state of it, since its id says all."""
    key = "correction.form" if identity.kind is FormKind.ADDED else "addition.form"
    form = ui.Modal(title=texts(key), custom_id=str(identity))
    for name, value in asdict(words).items():
        if name == "text" and words.is_long:
            continue
        is_long = name == "text"
        field: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if is_long else discord.TextStyle.short,
            default=value[: _LENGTHS[name]] or None,
            required=False,
            max_length=_LENGTHS[name],
        )
        label = texts(f"addition.field.{name}")
        form.add_item(ui.Label(text=label, description=texts(f"addition.about.{name}"), component=field))
    form.stop()
    return form


def is_form_id(identity: str) -> bool:
    """Whether an id belongs to a form, or to a button that opens a form, in any version."""
    return _ANY_VERSION.fullmatch(identity) is not None
