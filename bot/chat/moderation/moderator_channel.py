"""The moderators' channel, written to through whatever client is connected."""

from bot.chat.cards import Card
from bot.chat.discord_errors import new_reference
from bot.chat.exchange import NO_PINGS, FindClient, deliver


class ModeratorChannel:
    """Sends cards to the channel with this id; without one, or a client, nothing."""

    def __init__(self, channel_id: int | None, find_client: FindClient) -> None:
        self.id = channel_id
        self._find_client = find_client

    @property
    def is_seen(self) -> bool:
        """Whether the client sees the channel: of several processes that share a bot's servers, one does."""
        client = self._find_client()
        return self.id is not None and client is not None and client.get_channel(self.id) is not None

    async def send(self, card: Card) -> None:
        """Send a card; raise what Discord raises."""
        client, nonce = self._find_client(), new_reference()
        if self.id is None or client is None:
            return
        send = client.get_partial_messageable(self.id).send
        await deliver(lambda: send(view=card.layout(), nonce=nonce, allowed_mentions=NO_PINGS))
