"""What commands are called: Arabic by default, since Discord has no Arabic locale, and English for English readers."""

import discord
from discord import app_commands

from bot.settings import CONFIG
from bot.texts import Texts

_ENGLISH = {discord.Locale.american_english, discord.Locale.british_english}


class CommandTranslations(app_commands.Translator):
    """Gives the words of each command in the default language and in English."""

    def __init__(self) -> None:
        self._default = Texts.read(CONFIG / "texts", "ar")
        self._english = Texts.read(CONFIG / "texts", "en")

    def localized(self, key: str) -> app_commands.locale_str:
        """Return the default words of a key, which remember where their translations are."""
        return app_commands.locale_str(self._default(key), key=key)

    def option_names(self, *options: str) -> dict[str, app_commands.locale_str]:
        """Return the names of options, by what the code calls them."""
        return {option: self.localized(f"command.names.{option}") for option in options}

    def option_descriptions(self, *options: str) -> dict[str, app_commands.locale_str]:
        """Return what to write into options, by what the code calls them."""
        return {option: self.localized(f"command.options.{option}") for option in options}

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 (discord.py's signature)
    ) -> str | None:
        """Return the English words where English is asked for; what is no key of ours stays as it is."""
        key = string.extras.get("key")
        return self._english(key) if key and locale in _ENGLISH else None
