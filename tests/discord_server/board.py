"""Post, edit and delete messages, and tell the bot about them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from tests.discord_server.announcer import Announcer
from tests.discord_server.changes import Changes
from tests.discord_server.command_kinds import CommandKind
from tests.discord_server.draft import Draft, Upload
from tests.discord_server.entities import Channel, User
from tests.discord_server.errors import empty_message, invalid_form
from tests.discord_server.files import Files
from tests.discord_server.limits.components import reference_problems
from tests.discord_server.limits.messages import revision_problems
from tests.discord_server.mentions import Audience, Pings, resolve_pings
from tests.discord_server.message import Message, MessageFlag, MessageKind, Origin, Reference
from tests.discord_server.permissions import Permission
from tests.discord_server.world import World

Json = dict[str, Any]

_CHANGEABLE_FLAGS = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2
_POSTABLE_FLAGS = _CHANGEABLE_FLAGS | MessageFlag.EPHEMERAL | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.LOADING


class Board:
    """Keep the messages of the world up to date."""

    def __init__(self, world: World, announcer: Announcer, changes: Changes, files: Files) -> None:
        self._world = world
        self._files = files
        self._announcer = announcer
        self._changes = changes
        self._by_nonce: dict[tuple[int, int, str | int], Message] = {}
        # Called with every message that was written or changed.
        self.observers: list[Callable[[Message], None]] = []

    def twin(self, channel: Channel, author: User, nonce: str | int) -> Message | None:
        """Return the message that somebody wrote with the same nonce, while it is there."""
        message = self._by_nonce.get((channel.id, author.id, nonce))
        return None if message is None or message.deleted or message.is_ephemeral else message

    def forget_nonces(self) -> None:
        """Take every nonce for new again, as Discord does after some minutes."""
        self._by_nonce.clear()

    def post(
        self,
        channel: Channel,
        author: User,
        draft: Draft,
        *,
        replied: Message | None = None,
        origin: Origin | None = None,
    ) -> Message:
        """Add a message to a channel.

        Raises:
            ApiError: the message would show nothing, or a file that did not come along.
        """
        message = Message(self._world.snowflakes.next(), channel.id, author.id, nonce=draft.nonce, origin=origin)
        message.kind = _kind(replied, origin)
        if replied is not None:
            place = self._world.channels[replied.channel_id]
            message.reference = Reference(replied.id, place.id, place.guild_id, draft.forwarded is not None)
        message.flags = draft.flags & _POSTABLE_FLAGS
        if draft.forwarded is not None:
            message.kind, message.snapshots = MessageKind.DEFAULT, [draft.forwarded]
            message.flags |= MessageFlag.HAS_SNAPSHOT
        _require_files(message, draft)
        self._fill(message, draft)
        if message.is_empty and not message.is_loading:
            raise empty_message()
        message.pings = message.mentions = self._mentions(message, draft)
        self._world.messages[message.id] = message
        if draft.nonce is not None:
            self._by_nonce.setdefault((channel.id, author.id, draft.nonce), message)
        channel.last_message_id = message.id
        if not message.is_ephemeral:
            self._announcer.message_created(message)
        self._announce(message)
        return message

    def edit(self, message: Message, draft: Draft) -> None:
        """Change the parts of a message that the draft names; a new text mentions anew, but pings nobody.

        The first edit of a «thinking» message makes it a message like any other, pings included.

        Raises:
            ApiError: the message would show nothing, or a file that it has not.
        """
        was_loading = message.is_loading
        if self._would_be_empty(message, draft):
            raise empty_message()
        _require_files(message, draft)
        self._fill(message, draft)
        message.flags = (message.flags | (draft.flags & _CHANGEABLE_FLAGS)) & ~MessageFlag.LOADING
        if was_loading or draft.content is not None or draft.components is not None:
            message.mentions = self._mentions(message, draft)
        if was_loading:
            message.pings = message.mentions
        message.edited_at = datetime.now(UTC)
        message.edits += 1
        if not message.is_ephemeral:
            self._announcer.message_edited(message)
        self._announce(message)

    def revise(self, message: Message, body: Json, uploads: Sequence[Upload]) -> None:
        """Change a message as the body of a request asks.

        Raises:
            ApiError: the message as it stands does not take that, or would show nothing.
        """
        if problems := list(revision_problems(message, body)):
            raise invalid_form(problems)
        self.edit(message, Draft.from_body(body, uploads))

    def unfurl(self, message: Message, preview: Json) -> None:
        """Show the preview of a link below a message; that is no edit."""
        message.embeds = [*message.embeds, preview]
        self._announcer.message_edited(message)
        self._changes.announce()

    def delete_together(self, messages: list[Message]) -> None:
        """Take several messages of a guild's channel away at once."""
        for message in messages:
            message.deleted = True
        self._announcer.messages_deleted(messages)
        self._changes.announce()

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        if not message.is_ephemeral:
            self._announcer.message_deleted(message)
        self._changes.announce()

    def show_typing(self, channel: Channel) -> None:
        """Show that the bot is writing in a channel."""
        channel.typing_count += 1
        self._changes.announce()

    def react(self, message: Message, emoji: str, user: User, *, added: bool) -> None:
        """Add or take away somebody's reaction."""
        users = message.reactions.setdefault(emoji, [])
        if (user.id in users) is not added:
            (users.append if added else users.remove)(user.id)
        if not users:
            del message.reactions[emoji]
        self._announce(message)

    def _announce(self, message: Message) -> None:
        for observe in self.observers:
            observe(message)
        self._changes.announce()

    def _fill(self, message: Message, draft: Draft) -> None:
        message.content = message.content if draft.content is None else draft.content
        message.components = message.components if draft.components is None else draft.components
        if draft.kept_attachments is not None:
            message.attachments = _kept(message, draft)
            message.files = {a["filename"]: message.files[a["filename"]] for a in message.attachments}
        message.embeds = [*message.embeds, *draft.embeds]
        message.files |= {upload.filename: upload.content for upload in draft.uploads}
        message.attachments += [self._files.add(upload) for upload in draft.uploads]

    @staticmethod
    def _would_be_empty(message: Message, draft: Draft) -> bool:
        parts = [
            message.content if draft.content is None else draft.content,
            message.components if draft.components is None else draft.components,
            message.attachments if draft.kept_attachments is None else draft.kept_attachments,
            draft.uploads,
        ]
        return not any(parts)

    def _mentions(self, message: Message, draft: Draft) -> Pings:
        channel = self._world.channels[message.channel_id]
        audience = self._audience(channel, self._world.users[message.author_id])
        reference = message.reference
        replied = None if reference is None or reference.is_forward else self._world.messages.get(reference.message_id)
        # Nobody is pinged by a reply to what they wrote themselves.
        replied_author = None if replied is None or replied.author_id == message.author_id else replied.author_id
        return resolve_pings(message.text, draft.allowed_mentions, audience, replied_author)

    def _audience(self, channel: Channel, author: User) -> Audience:
        guild = self._world.guild_of(channel)
        people = frozenset(user.id for user in self._world.people_in(channel))
        if guild is None:
            return Audience(people)
        everyone = bool(self._world.permissions(channel, author) & Permission.MENTION_EVERYONE)
        roles = frozenset(r.id for r in guild.roles.values() if r.id != guild.id and (r.mentionable or everyone))
        return Audience(people, roles, everyone)


def _kept(message: Message, draft: Draft) -> list[Json]:
    """Return the attachments that a message keeps."""
    if draft.kept_attachments is None:
        return message.attachments
    return [attachment for attachment in message.attachments if int(attachment["id"]) in draft.kept_attachments]


def _require_files(message: Message, draft: Draft) -> None:
    names = {attachment["filename"] for attachment in _kept(message, draft)}
    names |= {upload.filename for upload in draft.uploads}
    components = message.components if draft.components is None else draft.components
    if problems := list(reference_problems(components, names)):
        raise invalid_form(problems)


def _kind(replied: Message | None, origin: Origin | None) -> MessageKind:
    if origin is not None and origin.command_type is not None:
        is_slash = origin.command_type == CommandKind.SLASH
        return MessageKind.CHAT_INPUT_COMMAND if is_slash else MessageKind.CONTEXT_MENU_COMMAND
    return MessageKind.DEFAULT if replied is None else MessageKind.REPLY
