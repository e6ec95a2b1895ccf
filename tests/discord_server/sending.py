"""Send what somebody does with the bot, as that person's client does."""

from typing import Any

from tests.discord_server.entities import Channel, User
from tests.discord_server.installations import Owners
from tests.discord_server.interactions import Interaction, InteractionKind
from tests.discord_server.invocation import CommandUnavailable
from tests.discord_server.message import Message
from tests.discord_server.payloads.interactions import interaction_payload
from tests.discord_server.permissions import Permission
from tests.discord_server.platform import Platform
from tests.discord_server.seen import Seen, message_of

Json = dict[str, Any]

# Discord's client has no Arabic, so nobody's interactions ever say that they speak it.
DEFAULT_LOCALE = "en-US"


class Sending:
    """Begin interactions and hand them to the bot."""

    platform: Platform

    def _new(self, kind: InteractionKind, user: User, channel: Channel, data: Json, owners: Owners) -> Interaction:
        reception = self.platform.reception
        identifier = self.platform.world.snowflakes.next()
        interaction = Interaction(identifier, kind, channel, user, data, reception.clock.now(), owners)
        reception.interactions.add(interaction)
        return interaction

    def _send(self, interaction: Interaction, locale: str = DEFAULT_LOCALE) -> Interaction:
        payload = interaction_payload(interaction, self.platform.world, locale)
        self.platform.announcer.interaction_created(interaction.channel.guild_id, payload)
        return interaction

    def _visible(self, shown: Message | Seen, user: User) -> Message:
        message = message_of(shown)
        channel = self.platform.world.channels[message.channel_id]
        if message.deleted:
            raise CommandUnavailable("the message is gone")
        sees = bool(self.platform.world.permissions(channel, user) & Permission.VIEW_CHANNEL)
        if message.is_ephemeral and message.origin is not None:
            sees = message.origin.user_id == user.id
        if not sees:
            raise CommandUnavailable(f"{user.display_name} does not see this message")
        return message
