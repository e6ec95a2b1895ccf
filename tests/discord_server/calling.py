"""Call commands, press buttons, choose in menus and fill in forms, as people and their clients do."""

from collections.abc import Mapping
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.entities import Channel, User
from tests.discord_server.installations import Owners, place_owners
from tests.discord_server.interactions import Interaction, InteractionKind
from tests.discord_server.invocation import CommandUnavailable, Invocation
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import interaction_payload, message_payload
from tests.discord_server.permissions import Permission
from tests.discord_server.platform import Platform
from tests.discord_server.seen import Seen, message_of
from tests.discord_server.world import Where, Who
from tests.patience import PATIENCE

Json = dict[str, Any]

# Discord's client has no Arabic, so nobody's interactions ever say that they speak it.
DEFAULT_LOCALE = "en-US"
_AUTOCOMPLETE_TIMEOUT = 5.0


class Calling:
    """Let tests use commands, menus, buttons and forms as the people of the world."""

    platform: Platform

    async def install(self, person: Who) -> None:
        """Let a person install the application for themselves, to use it wherever they are."""
        self.platform.world.installed_by.add(self.platform.world.user(person).id)

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
            CommandUnavailable: the person's client would not send it; `force` lifts all but the registration
                and the installation.
        """
        invocation = await self._invocation(author, channel, force=force)
        data = invocation.slash(name, options or {})
        return self._send(self._invoked(InteractionKind.COMMAND, invocation, data), locale)

    async def run_context_menu(  # noqa: PLR0913 - a call names who, where and what
        self,
        name: str,
        target: Message | Seen,
        *,
        author: Who,
        channel: Where,
        locale: str = DEFAULT_LOCALE,
        force: bool = False,
    ) -> Interaction:
        """Call a command from the context menu of a message."""
        invocation = await self._invocation(author, channel, force=force)
        message = self._visible(target, invocation.author)
        # The target of a menu reaches the bot whole, without the message content intent too.
        shown = message_payload(message, self.platform.world, has_content=True)
        data = invocation.menu(name, message.id, {"messages": {str(message.id): shown}})
        return self._send(self._invoked(InteractionKind.COMMAND, invocation, data), locale)

    async def autocomplete(  # noqa: PLR0913 - a call names who, where and what
        self,
        name: str,
        options: Mapping[str, Any],
        focused: str,
        *,
        author: Who,
        channel: Where,
        locale: str = DEFAULT_LOCALE,
    ) -> list[Json]:
        """Type into an option, which may still be empty, and return the choices that the bot offers."""
        invocation = await self._invocation(author, channel, force=False)
        data = invocation.slash(name, options, focused)
        interaction = self._invoked(InteractionKind.AUTOCOMPLETE, invocation, data)
        self._send(interaction, locale)
        what = f"choices for {focused!r} of /{name}"
        await self.platform.changes.until(lambda: interaction.callback, _AUTOCOMPLETE_TIMEOUT, what)
        return interaction.choices

    async def _invocation(self, author: Who, channel: Where, *, force: bool) -> Invocation:
        # A bot registers its commands a moment after it is ready, and a client shows none before.
        await self.platform.changes.until(lambda: self.platform.commands.are_registered, PATIENCE, "any command")
        world, files = self.platform.world, self.platform.files
        return Invocation(world, self.platform.commands, files, world.user(author), world.channel(channel), force=force)

    def _invoked(self, kind: InteractionKind, invocation: Invocation, data: Json) -> Interaction:
        return self._new(kind, invocation.author, invocation.channel, data, invocation.owners)

    async def press_button(self, message: Message | Seen, button: str, author: Who) -> Interaction:
        """Press a button, named by its custom id, its label or its emoji."""
        pressed = self._component(message, button, ComponentKind.BUTTON)
        return self._touch(message, author, _touched(pressed))

    async def select(self, message: Message | Seen, custom_id: str, values: list[str], author: Who) -> Interaction:
        """Choose values in a menu."""
        menu = self._component(message, custom_id, ComponentKind.TEXT_MENU)
        return self._touch(message, author, _touched(menu) | {"values": values})

    async def submit_modal(self, interaction: Interaction, values: Mapping[str, str]) -> Interaction:
        """Fill in the form with which the bot answered an interaction, by custom id, and send it."""
        if interaction.modal is None:
            raise CommandUnavailable("the bot did not open a form")
        components = [_filled(component, values) for component in interaction.modal["components"]]
        data = {"custom_id": interaction.modal["custom_id"], "components": components}
        sent = self._new(InteractionKind.MODAL, interaction.user, interaction.channel, data, interaction.owners)
        # A form under a button still belongs to the message of the button.
        sent.message, sent.trigger = interaction.message, interaction
        return self._send(sent)

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

    def _touch(self, message: Message | Seen, author: Who, data: Json) -> Interaction:
        user = self.platform.world.user(author)
        touched = self._visible(message, user)
        channel = self.platform.world.channels[touched.channel_id]
        # A message belongs to the installation that brought it about, whoever presses its buttons.
        owners = touched.origin.owners if touched.origin else place_owners(channel, self.platform.world)
        interaction = self._new(InteractionKind.COMPONENT, user, channel, data, owners)
        interaction.message = touched
        return self._send(interaction)

    @staticmethod
    def _component(message: Message | Seen, name: str, kind: ComponentKind) -> Json:
        for component in every_component(message_of(message).components):
            names = {component.get("custom_id"), component.get("label"), component.get("emoji", {}).get("name")}
            if component["type"] == kind and component.get("custom_id") and name in names:
                if component.get("disabled"):
                    raise CommandUnavailable(f"{name!r} is disabled")
                return component
        raise CommandUnavailable(f"the message has no {name!r}")


def _touched(component: Json) -> Json:
    return {"component_type": component["type"], "custom_id": component["custom_id"], "id": component["id"]}


def _filled(component: Json, values: Mapping[str, str]) -> Json:
    filled: Json = {"type": component["type"], "id": component.get("id", 0)}
    if "custom_id" in component:
        value = values.get(component["custom_id"], "")
        # The client sends nothing before this is right.
        if len(value) > (component.get("max_length") or len(value)) or not (
            value or not component.get("required", True)
        ):
            raise CommandUnavailable(f"{component['custom_id']} cannot be filled in like this")
        return filled | {"custom_id": component["custom_id"], "value": value}
    if "component" in component:
        return filled | {"component": _filled(component["component"], values)}
    return filled | {"components": [_filled(inner, values) for inner in component.get("components", [])]}
