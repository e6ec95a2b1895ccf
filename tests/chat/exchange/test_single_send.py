"""What comes of a send, and whether an earlier one is found."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, cast

import discord
import pytest

from bot.chat.cards.card import notice
from bot.chat.exchange.delivery import EarlierTry, Sending, send_once
from tests.chat.doubles import http_error

SINCE = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())
CARD = notice("وصلت مقالة:", title="مقالات جديدة")


class Place:
    """A channel that has some messages, and takes or refuses one more."""

    def __init__(self, *found: Any, failure: Exception | None = None, unreadable: Exception | None = None) -> None:
        self.sent: list[Any] = []
        self._found, self._failure, self._unreadable = found, failure, unreadable

    def get_partial_messageable(self, _: int) -> "Place":
        return self

    @property
    def user(self) -> str:
        return "bot"

    async def send(self, **options: Any) -> None:
        if self._failure:
            raise self._failure
        self.sent.append(options["nonce"])

    async def history(self, *, after: datetime, **_: Any) -> AsyncIterator[Any]:
        assert after < datetime.fromtimestamp(SINCE, UTC)
        if self._unreadable:
            raise self._unreadable
        for one in self._found:
            yield one


class Shown:
    def __init__(self, author: str, *texts: str) -> None:
        self.author = author
        payload = [{"type": 10, "id": number, "content": text} for number, text in enumerate(texts, 1)]
        self.components = [discord.components.TextDisplay(one) for one in payload]  # type: ignore[arg-type]


async def send(place: Place, *, again: bool = True) -> Sending:
    earlier = EarlierTry(SINCE, CARD.texts) if again else None
    return await send_once(cast("discord.Client", place), 5, CARD, "news7", earlier)


async def test_a_first_try_is_sent_unseen() -> None:
    place = Place(Shown("bot", *CARD.texts))
    assert await send(place, again=False) is Sending.DONE
    assert place.sent == ["news7"]


async def test_a_card_that_is_there_is_not_sent_again() -> None:
    place = Place(Shown("bot", "### مقالات جديدة", "أخرى"), Shown("bot", *CARD.texts))
    assert await send(place) is Sending.DONE
    assert place.sent == []


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(Shown("bot", "### مقالات جديدة", "أخرى"), Shown("somebody", *CARD.texts)),
        Place(unreadable=http_error(403, 50001, discord.Forbidden)),
    ],
    ids=["nothing", "others", "unreadable"],
)
async def test_what_is_not_there_is_sent(place: Place) -> None:
    assert await send(place) is Sending.DONE
    assert place.sent == ["news7"]


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (http_error(403, 50013, discord.Forbidden), Sending.REFUSED),
        (http_error(404, 10003, discord.NotFound), Sending.REFUSED),
        (http_error(500), Sending.UNCLEAR),
        (http_error(401), Sending.UNCLEAR),
        (discord.RateLimited(60.0), Sending.UNCLEAR),
        (RuntimeError("Session is closed"), Sending.UNCLEAR),
    ],
)
async def test_only_what_discord_refused_is_known_not_to_be_there(failure: Exception, outcome: Sending) -> None:
    assert await send(Place(failure=failure)) is outcome


async def test_a_channel_that_cannot_be_read_back_now_is_left_for_later() -> None:
    place = Place(unreadable=http_error(500))
    assert await send(place) is Sending.UNCLEAR
    assert place.sent == []
