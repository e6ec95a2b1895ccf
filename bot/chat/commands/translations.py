"""Names of commands: Arabic by default, since Discord has no Arabic locale, with English translations."""

import discord
from discord import app_commands

from bot.settings import CONFIG
from bot.texts import Texts

_ENGLISH = {discord.Locale.american_english, discord.Locale.british_english}


class CommandTranslations(app_commands.Translator):
    """Translates names and descriptions of commands."""

    def __init__(self) -> None:
        self._default = Texts.read(CONFIG / "texts", "ar")
        self._english = Texts.read(CONFIG / "texts", "en")

    @property
    def languages(self) -> tuple[Texts, ...]:
        """The texts of the languages in which commands are shown."""
        return self._default, self._english

    def localized(self, key: str) -> app_commands.locale_str:
        """Return the default text of a key, with the key for its translation."""
        return app_commands.locale_str(self._default(key), key=key)

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
        """Return the English text for English locales; None leaves other strings as they are."""
        key = string.extras.get("key")
        return self._english(key) if key and locale in _ENGLISH else None
