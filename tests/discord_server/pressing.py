"""Press buttons, choose in menus and fill in forms, as people do."""

from collections.abc import Mapping
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.installations import place_owners
from tests.discord_server.interactions import Interaction, InteractionKind
from tests.discord_server.invocation import CommandUnavailable
from tests.discord_server.message import Message
from tests.discord_server.seen import Seen, message_of
from tests.discord_server.sending import Sending
from tests.discord_server.world import Who

Json = dict[str, Any]


class Pressing(Sending):
    """Let tests use what stands under a message as the people of the world."""

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
