"""Names of commands: Arabic by default, since Discord has no Arabic locale, with English and French translations."""

from typing import TypedDict

import discord
from discord import app_commands

from bot.texts import Texts

_ARABIC = "ar"
_LANGUAGES = {discord.Locale.american_english: "en", discord.Locale.british_english: "en", discord.Locale.french: "fr"}


class Named(TypedDict):
    """The name and the description of a command, by parameter."""

    name: app_commands.locale_str | str
    description: app_commands.locale_str


class CommandTranslations(app_commands.Translator):
    """Translates names and descriptions of commands."""

    def __init__(self, texts: Texts) -> None:
        """Translate with the texts of a language, which know those of the others."""
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

    def option_names(self, *options: str) -> dict[str, app_commands.locale_str]:
        """Return the names of options by parameter."""
        return {option: self.localized(f"command.names.{option}") for option in options}

    def option_descriptions(self, *options: str) -> dict[str, app_commands.locale_str]:
        """Return the descriptions of options by parameter."""
        return {option: self.localized(f"command.options.{option}") for option in options}

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 (discord.py's signature)
    ) -> str | None:
        """Return the text of the locale's language; None leaves a string as it is."""
        key, language = string.extras.get("key"), _LANGUAGES.get(locale)
        return self._texts.in_language(language)(key) if key and language else None
