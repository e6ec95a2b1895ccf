"""Take the bot's answers to interactions, within the deadlines and once each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tests.discord_server.board import Board
from tests.discord_server.changes import Changes
from tests.discord_server.draft import Draft, Upload
from tests.discord_server.errors import ApiError, Problem, invalid_form, unknown
from tests.discord_server.installations import is_foreign, is_hushed
from tests.discord_server.interactions import Callback, Interaction, InteractionKind, Interactions
from tests.discord_server.message import Message, MessageFlag
from tests.discord_server.world import World

Json = dict[str, Any]

_UPDATES = frozenset({Callback.DEFERRED_UPDATE, Callback.UPDATE})
_ORIGINAL = "@original"
_FOREIGN_FOLLOW_UPS = 5
# In seconds.
_ACKNOWLEDGED_WITHIN = 3.0
_TOKEN_LIVES = 15 * 60.0


def _still() -> float:
    return 0.0


class Clock:
    """Measure the age of interactions: it stands still until it is pushed, or goes by another clock.

    On a busy machine three seconds pass between two steps of a bot that is in no way slow.
    """

    def __init__(self, follows: Callable[[], float] = _still) -> None:
        self._follows = follows
        self._pushed = 0.0

    def now(self) -> float:
        """Return the present in seconds."""
        return self._follows() + self._pushed

    def advance(self, seconds: float) -> None:
        """Make everything that is open `seconds` older."""
        self._pushed += seconds


class Reception:
    """Let the bot answer interactions by callback and follow up by token."""

    def __init__(self, board: Board, world: World, changes: Changes, clock: Clock) -> None:
        self.clock = clock
        self.interactions = Interactions()
        self._board = board
        self._world = world
        self._changes = changes

    def acknowledge(self, interaction_id: int, token: str, body: Json, uploads: Sequence[Upload]) -> Interaction:
        """Take the callback of an interaction.

        Raises:
            ApiError: it is unknown or too old (10062), answered already (40060), or answered in a wrong way.
        """
        interaction = self.interactions.by_id(interaction_id)
        if interaction is None or interaction.token != token:
            raise unknown("interaction", 10062)
        if interaction.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if self._age(interaction) > _ACKNOWLEDGED_WITHIN:
            raise unknown("interaction", 10062)
        callback = _allowed_callback(interaction, body)
        self._carry_out(interaction, callback, body.get("data") or {}, uploads)
        interaction.callback = callback
        self._changes.announce()
        return interaction

    def _carry_out(self, interaction: Interaction, callback: Callback, data: Json, uploads: Sequence[Upload]) -> None:
        if callback is Callback.MESSAGE:
            interaction.original = self._post(interaction, Draft.from_body(data, uploads))
        elif callback is Callback.DEFERRED_MESSAGE:
            flags = (int(data.get("flags") or 0) & MessageFlag.EPHEMERAL) | MessageFlag.LOADING
            interaction.original = self._post(interaction, Draft(flags=flags))
        elif callback in _UPDATES:
            interaction.original = interaction.message
            if callback is Callback.UPDATE and interaction.message is not None:
                self._board.revise(interaction.message, data, uploads)
        elif callback is Callback.CHOICES:
            interaction.choices = data.get("choices") or []
        elif callback is Callback.MODAL:
            interaction.modal = data

    def follow_up(self, token: str, body: Json, uploads: Sequence[Upload]) -> Message:
        """Post a further answer; after a deferral the first one takes the place of «thinking»."""
        interaction = self.open_interaction(token)
        draft = Draft.from_body(body, uploads)
        original = interaction.original
        if original is not None and original.is_loading and not original.deleted:
            self._board.edit(original, draft)
            return original
        if is_foreign(interaction.owners) and len(interaction.followups) >= _FOREIGN_FOLLOW_UPS:
            reason = "This interaction has hit the maximum number of follow up messages"
            raise ApiError(400, 40094, reason, broken_rule=True)
        message = self._post(interaction, draft)
        interaction.followups.append(message)
        return message

    def edit(self, token: str, name: str, body: Json, uploads: Sequence[Upload]) -> Message:
        """Change an answer."""
        message = self.find(token, name)
        self._board.revise(message, body, uploads)
        return message

    def delete(self, token: str, name: str) -> None:
        """Take an answer away."""
        self._board.delete(self.find(token, name))

    def find(self, token: str, name: str) -> Message:
        """Return an answer by its id, or the first one as `@original`."""
        interaction = self.open_interaction(token)
        candidates = [interaction.original] if name == _ORIGINAL else interaction.replies
        for message in candidates:
            if message is not None and not message.deleted and name in {_ORIGINAL, str(message.id)}:
                return message
        raise unknown("Message", 10008)

    def open_interaction(self, token: str) -> Interaction:
        """Return the answered interaction of a token that is still valid."""
        interaction = self.interactions.by_token(token)
        if interaction is None or interaction.callback is None:
            raise unknown("Webhook", 10015)
        if self._age(interaction) > _TOKEN_LIVES:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _post(self, interaction: Interaction, draft: Draft) -> Message:
        if is_hushed(interaction.owners, interaction.channel, interaction.user, self._world):
            draft = replace(draft, flags=draft.flags | MessageFlag.EPHEMERAL)
        # What answers a press refers to the message that was pressed, as a reply does.
        pressed = interaction.message if interaction.kind is InteractionKind.COMPONENT else None
        return self._board.post(interaction.channel, self._world.bot, draft, replied=pressed, origin=interaction.origin)

    def _age(self, interaction: Interaction) -> float:
        return self.clock.now() - interaction.opened_at


def _allowed_callback(interaction: Interaction, body: Json) -> Callback:
    kind = body.get("type")
    allowed = {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL}
    if interaction.kind is InteractionKind.AUTOCOMPLETE:
        allowed = {Callback.CHOICES}
    elif interaction.message is not None:
        allowed |= _UPDATES
    if interaction.kind is InteractionKind.MODAL:
        allowed -= {Callback.MODAL}
    if kind not in allowed:
        choices = ", ".join(str(int(one)) for one in sorted(allowed))
        raise invalid_form([Problem("type", "BASE_TYPE_CHOICES", f"Value must be one of {{{choices}}}.")])
    return Callback(kind)
