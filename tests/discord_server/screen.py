"""Print the bot's cards and forms as they come, and know what of them can be used."""

from collections.abc import Callable, Iterator, Mapping

from bot.chat.cards.card_text import unescape_markdown
from tests.discord_server.interactions import Interaction
from tests.discord_server.seen import Seen, see
from tests.discord_server.server import DiscordServer
from tests.discord_server.terminal_texts import TEXTS
from tests.discord_server.typed_calls import TypedForm

_RULE = "─" * 40


class Screen:
    """Be what a terminal shows of the bot; `form` is the one that opened last."""

    def __init__(self, server: DiscordServer, write: Callable[[str], None], language: str) -> None:
        self.form: TypedForm | None = None
        self._server = server
        self._write = write
        self._language = language
        self._texts = TEXTS[language]
        self._cards: dict[int, Seen] = {}
        self._awaited: list[Interaction] = []

    def expect(self, interaction: Interaction) -> None:
        """Show the form with which the bot may answer an interaction."""
        self._awaited.append(interaction)

    async def follow(self) -> None:
        """Print the bot's messages as they come and change, and its forms, for as long as the server runs."""
        while True:
            news: Seen | TypedForm = await self._server.platform.changes.until(self._news, None, "news")
            if isinstance(news, TypedForm):
                self._awaited.remove(news.interaction)
                self.form = news
                self._write("\n".join(news.lines(self._texts)))
            else:
                # The card that changed last stands last.
                self._cards.pop(news.id, None)
                self._cards[news.id] = news
                self._write(rendered(news, self._language))

    @property
    def latest(self) -> Seen:
        """Return the card that came or changed last.

        Raises:
            LookupError: there is none yet.
        """
        if not self._cards:
            raise LookupError("no answer yet")
        return list(self._cards.values())[-1]

    def card_with_button(self, number: int) -> Seen:
        """Return the last card that has so many buttons: a private one does not hide those of the answer before it.

        Raises:
            LookupError: no card has as many.
        """
        count = len(self.latest.buttons)
        there = [card for card in self._cards.values() if not card.message.deleted]
        card = next((card for card in reversed(there) if number <= len(card.buttons)), None)
        if card is None:
            raise LookupError(self._texts["no_button"].format(count=count, number=number))
        if card is not self.latest:
            button = card.buttons[number - 1]
            shown = button.label or button.emoji
            self._write(self._texts["earlier_card"].format(number=number, count=count, button=shown))
        return card

    def _news(self) -> Seen | TypedForm | None:
        for interaction in self._awaited:
            if interaction.modal is not None:
                return TypedForm(interaction)
        world = self._server.world
        for message in world.messages.values():
            shown = self._cards.get(message.id)
            is_new = shown is None or message.edits != shown.edits
            if message.author_id == world.bot.id and not message.deleted and is_new:
                return see(message, world)
        return None


def rendered(seen: Seen, language: str = "ar") -> str:
    """Return a message as the lines that a terminal of a language prints."""
    return "\n".join(_lines(seen, TEXTS[language]))


def _lines(seen: Seen, texts: Mapping[str, str]) -> Iterator[str]:
    yield f"{_RULE}\n{seen.author} {_marks(seen, texts)}".rstrip()
    if seen.content:
        yield seen.content
    else:
        # Discord drops the backslash before a mark.
        yield unescape_markdown(seen.text)
    for number, button in enumerate(seen.buttons, start=1):
        target = f" → {button.url}" if button.url else f" (:press {number})"
        shown = " ".join(filter(None, (button.emoji, button.label)))
        disabled = f" ({texts['disabled']})" if button.is_disabled else ""
        yield f"[{number}] {shown}{disabled}{target}"
    if seen.reactions:
        yield " ".join(f"{emoji} {count}" for emoji, count in seen.reactions.items())


def _marks(seen: Seen, texts: Mapping[str, str]) -> str:
    pinged = [*seen.pinged.users, *seen.pinged.roles, *(["@everyone"] if seen.pinged.everyone else [])]
    marks = [
        f"#{seen.channel}" if seen.channel else "",
        texts["private"] if seen.is_ephemeral else "",
        texts["thinking"] if seen.is_thinking else "",
        texts["edited"].format(count=seen.edits) if seen.edits else "",
        texts["pings"].format(names=texts["comma"].join(pinged)) if pinged else "",
    ]
    return " · ".join(filter(None, marks))
