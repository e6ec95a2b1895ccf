"""Do what people do with the bot: call commands, press buttons, fill in forms."""

from collections.abc import Mapping
from typing import Any

from tests.discord_server.command_kinds import CommandKind
from tests.discord_server.component_kinds import MENUS, ComponentKind, every_component
from tests.discord_server.entities import Channel, Member, User
from tests.discord_server.interactions import Interaction, InteractionKind
from tests.discord_server.invocation import CommandUnavailable, Invocation
from tests.discord_server.message import Message
from tests.discord_server.payloads.interactions import interaction_payload
from tests.discord_server.payloads.messages import message_payload
from tests.discord_server.payloads.people import partial_member_payload, user_payload
from tests.discord_server.permissions import Permission
from tests.discord_server.platform import Platform
from tests.discord_server.seen import Seen, message_of
from tests.discord_server.world import Where, Who

Json = dict[str, Any]

# Discord's client has no Arabic, so nobody's interactions ever say that they speak it.
DEFAULT_LOCALE = "en-US"
_AUTOCOMPLETE_TIMEOUT = 5.0


class Acting:
    """Let tests act on the bot as the people of the world."""

    platform: Platform

    async def run_command(  # noqa: PLR0913 - a call names who, where and what
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        author: Who,
        channel: Where,
        locale: str = DEFAULT_LOCALE,
        force: bool = False,
    ) -> Interaction:
        """Call a slash command; words after the first name subcommands.

        Raises:
            CommandUnavailable: the person's client would not send it; `force` lifts all but the registration.
        """
        invocation = self._invocation(author, channel, force=force)
        data = invocation.slash(name, options or {})
        return self._send(self._new(InteractionKind.COMMAND, invocation.author, invocation.channel, data), locale)

    async def run_context_menu(  # noqa: PLR0913 - a call names who, where and what
        self,
        name: str,
        target: Message | Seen | User | Member,
        *,
        author: Who,
        channel: Where,
        locale: str = DEFAULT_LOCALE,
        force: bool = False,
    ) -> Interaction:
        """Call a command from the context menu of a message or a person."""
        invocation = self._invocation(author, channel, force=force)
        if isinstance(target, User | Member):
            user = self.platform.world.user(target)
            resolved = self._resolved_user(user, invocation.channel)
            data = invocation.menu(name, CommandKind.USER, user.id, resolved)
        else:
            message = message_of(target)
            # The target of a menu reaches the bot whole, with or without the message content intent.
            shown = message_payload(message, self.platform.world, has_content=True)
            resolved = {"messages": {str(message.id): shown}}
            data = invocation.menu(name, CommandKind.MESSAGE, message.id, resolved)
        return self._send(self._new(InteractionKind.COMMAND, invocation.author, invocation.channel, data), locale)

    async def autocomplete(
        self, name: str, options: Mapping[str, Any], focused: str, *, author: Who, channel: Where
    ) -> list[Json]:
        """Type into an option and return the choices that the bot offers."""
        invocation = self._invocation(author, channel, force=False)
        data = invocation.slash(name, options, focused)
        interaction = self._new(InteractionKind.AUTOCOMPLETE, invocation.author, invocation.channel, data)
        self._send(interaction)
        what = f"choices for {focused!r} of /{name}"
        await self.platform.changes.until(lambda: interaction.callback, _AUTOCOMPLETE_TIMEOUT, what)
        return interaction.choices

    async def press_button(self, message: Message | Seen, button: str, author: Who) -> Interaction:
        """Press a button, named by its custom id, its label or its emoji."""
        pressed = self._component(message, button, frozenset({ComponentKind.BUTTON}))
        return self._touch(message, author, _touched(pressed))

    async def select(self, message: Message | Seen, custom_id: str, values: list[str], author: Who) -> Interaction:
        """Choose values in a menu."""
        menu = self._component(message, custom_id, MENUS)
        return self._touch(message, author, _touched(menu) | {"values": values})

    async def submit_modal(self, interaction: Interaction, values: Mapping[str, str]) -> Interaction:
        """Fill in the form with which the bot answered an interaction, by custom id, and send it."""
        if interaction.modal is None:
            raise CommandUnavailable("the bot did not open a form")
        components = [_filled(component, values) for component in interaction.modal["components"]]
        data = {"custom_id": interaction.modal["custom_id"], "components": components}
        sent = self._new(InteractionKind.MODAL, interaction.user, interaction.channel, data)
        # A form under a button still belongs to the message of the button.
        sent.message, sent.trigger = interaction.message, interaction
        return self._send(sent)

    def _invocation(self, author: Who, channel: Where, *, force: bool) -> Invocation:
        world = self.platform.world
        return Invocation(world, self.platform.commands, world.user(author), world.channel(channel), force=force)

    def _new(self, kind: InteractionKind, user: User, channel: Channel, data: Json) -> Interaction:
        reception = self.platform.reception
        identifier = self.platform.world.snowflakes.next()
        interaction = Interaction(identifier, kind, channel, user, data, opened_at=reception.clock.now())
        reception.interactions.add(interaction)
        return interaction

    def _send(self, interaction: Interaction, locale: str = DEFAULT_LOCALE) -> Interaction:
        payload = interaction_payload(interaction, self.platform.world, locale)
        self.platform.announcer.interaction_created(interaction.channel.guild_id, payload)
        return interaction

    def _touch(self, message: Message | Seen, author: Who, data: Json) -> Interaction:
        touched = message_of(message)
        user = self.platform.world.user(author)
        channel = self.platform.world.channels[touched.channel_id]
        if touched.deleted:
            raise CommandUnavailable("the message is gone")
        if not self._sees(user, touched, channel):
            raise CommandUnavailable(f"{user.display_name} does not see this message")
        interaction = self._new(InteractionKind.COMPONENT, user, channel, data)
        interaction.message = touched
        return self._send(interaction)

    def _sees(self, user: User, message: Message, channel: Channel) -> bool:
        if message.is_ephemeral and message.origin is not None:
            return message.origin.user_id == user.id
        return bool(self.platform.world.permissions(channel, user) & Permission.VIEW_CHANNEL)

    @staticmethod
    def _component(message: Message | Seen, name: str, kinds: frozenset[int]) -> Json:
        for component in every_component(message_of(message).components):
            names = {component.get("custom_id"), component.get("label"), component.get("emoji", {}).get("name")}
            if component["type"] in kinds and component.get("custom_id") and name in names:
                if component.get("disabled"):
                    raise CommandUnavailable(f"{name!r} is disabled")
                return component
        raise CommandUnavailable(f"the message has no {name!r}")

    def _resolved_user(self, user: User, channel: Channel) -> Json:
        resolved: Json = {"users": {str(user.id): user_payload(user)}}
        member = self.platform.world.member(channel, user)
        if member is not None:
            resolved["members"] = {str(user.id): partial_member_payload(member) | {"permissions": "0"}}
        return resolved


def _touched(component: Json) -> Json:
    return {"component_type": component["type"], "custom_id": component["custom_id"], "id": component["id"]}


def _filled(component: Json, values: Mapping[str, str]) -> Json:
    filled: Json = {"type": component["type"], "id": component.get("id", 0)}
    if "custom_id" in component:
        return filled | {"custom_id": component["custom_id"], "value": values.get(component["custom_id"], "")}
    if "component" in component:
        return filled | {"component": _filled(component["component"], values)}
    return filled | {"components": [_filled(inner, values) for inner in component.get("components", [])]}
