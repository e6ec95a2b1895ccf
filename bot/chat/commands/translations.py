"""Names of commands: Arabic by default, since Discord has no Arabic locale, with English and French translations."""

from collections.abc import Awaitable, Callable
from typing import TypedDict, TypeVar

import discord
from discord import app_commands

from bot.texts import Texts

T = TypeVar("T")

_ARABIC = "ar"
_LANGUAGES = {discord.Locale.american_english: "en", discord.Locale.british_english: "en", discord.Locale.french: "fr"}


class Named(TypedDict):
    """The name and the description of a command, by parameter."""

    name: app_commands.locale_str | str
    description: app_commands.locale_str


class CommandTranslations(app_commands.Translator):
    """Translates names and descriptions of commands."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._default = texts.in_language(_ARABIC)
        self.languages = texts.in_each_language
        """The texts of the languages in which commands are shown."""

    def localized(self, key: str) -> app_commands.locale_str:
        """Return the default text of a key, with the key for its translation."""
        return app_commands.locale_str(self._default(key), key=key)

    def named(self, name: str, description: str) -> Named:
        """Return the name of a command, and its description by key."""
        return {"name": self.localized(f"command.names.{name}"), "description": self.localized(description)}

    def options(self, *usual: str, **described: str) -> Callable[[T], T]:
        """Name and describe options of a command: the usual ones, and those described by keys of their own."""
        keys = {option: f"command.options.{option}" for option in usual} | described
        rename = app_commands.rename(**{option: self.localized(f"command.names.{option}") for option in keys})
        describe = app_commands.describe(**{option: self.localized(key) for option, key in keys.items()})
        return lambda command: rename(describe(command))

    def command(
        self, name: str, description: str, run: Callable[[discord.Interaction], Awaitable[None]]
    ) -> app_commands.Command[app_commands.Group, ..., None]:
        """Make a command without options."""

        @app_commands.command(**self.named(name, description))
        async def command(interaction: discord.Interaction) -> None:
            await run(interaction)

        return command

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 (discord.py's signature)
    ) -> str | None:
        """Return the text of the locale's language; None leaves a string as it is."""
        key, language = string.extras.get("key"), _LANGUAGES.get(locale)
        return self._texts.in_language(language)(key) if key and language else None
