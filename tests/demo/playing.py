"""Play the script to the running bot, and keep what its members see."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.cards.playing import names_of, playing_bot, press
from tests.cards.scene import Json
from tests.demo.script import SCRIPT, Turn
from tests.discord_server import DiscordServer, Message, Seen
from tests.discord_server.component_kinds import displayed_texts
from tests.discord_server.payloads.messages import message_payload
from tests.e2e.program import ROOT

CORPUS = ROOT / "corpus"
_PLACE = "عام"
_QUOTE = "> "
_SENDING = ("POST", "/channels/*/messages")


class ClaimError(Exception):
    """A reply does not bear out what the demonstration says of it; the text names what it lacks."""


@dataclass(frozen=True, slots=True)
class PlayedTurn:
    """Be a turn with its messages as Discord's API gives them, the bot's reply last, and that reply as it is seen."""

    turn: Turn
    messages: tuple[Json, ...]
    seen: Seen


@dataclass(frozen=True, slots=True)
class Conversation:
    """Be the turns in their order, and the names of users and channels in them by id."""

    turns: tuple[PlayedTurn, ...]
    names: dict[str, str]
    bot: str
    place: str = _PLACE


async def play(script: Sequence[Turn] = SCRIPT, corpus: Path = CORPUS) -> Conversation:
    """Start the bot on a corpus, and let members type and press.

    Raises:
        ClaimError: a reply is not what the script says of it.
    """
    async with playing_bot(corpus) as server:
        turns = await _played(script, corpus, server)
        return Conversation(turns, names_of(server), server.world.bot.display_name)


async def _played(script: Sequence[Turn], corpus: Path, server: DiscordServer) -> tuple[PlayedTurn, ...]:
    turns: list[PlayedTurn] = []
    for turn in script:
        last = turns[-1].seen if turns else None
        asked: Message | None = None
        if turn.is_press and last is not None:
            seen = await press(server, last, turn.text, turn.author)
        else:
            asked, seen = await _asked(turn, last, server)
        if lacks := lacks_of(turn, seen, corpus):
            raise ClaimError(f"{turn.meaning} lacks: {'; '.join(lacks)}. It is: {seen.text}")
        told = [message_payload(one, server.world, has_content=True) for one in (asked, seen.message) if one]
        turns.append(PlayedTurn(turn, tuple(told), seen))
    return tuple(turns)


def lacks_of(turn: Turn, shown: Seen, corpus: Path) -> list[str]:
    """Name what a reply lacks of what the script says of it."""
    quotes, articles = quotes_of(shown), [file.read_text(encoding="utf-8") for file in corpus.glob("*.md")]
    texts = [*displayed_texts(shown.components), *(button.label for button in shown.buttons)]
    conditions = {
        "to be seen by those it is for": shown.is_ephemeral is turn.is_press,
        "a quote, or to quote nothing": bool(quotes) is turn.is_quoted,
        "every quote verbatim": all(any(quote in article for article in articles) for quote in quotes),
        **{words: any(words in text for text in texts) for words in turn.shows},
    }
    return [lack for lack, is_there in conditions.items() if not is_there]


def quotes_of(shown: Seen) -> list[str]:
    """Return what a reply quotes, without the signs of bold words."""
    return [line.removeprefix(_QUOTE) for line in shown.text.splitlines() if line.startswith(_QUOTE)]


async def _asked(turn: Turn, last: Seen | None, server: DiscordServer) -> tuple[Message, Seen]:
    """Ask over a slow line: the reply is kept until the bot has shown that it is typing."""
    before = server.typing_in(_PLACE)
    hold = server.faults.hold(*_SENDING)
    asked = await server.post_message(_PLACE, turn.author, turn.text, reply_to=last if turn.in_reply else None)
    await server.until(lambda: server.typing_in(_PLACE) > before or None, what="the typing indicator")
    hold.release()
    return asked, await server.wait_for_reply(asked)
