"""Asking for answers with buttons, and pressing them."""

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Seen
from tests.discord_server.component_kinds import displayed_texts
from tests.discord_server.errors import Exchange
from tests.discord_server.seen import without_line_isolates
from tests.e2e.coverage import QUESTION


async def ask(server: DiscordServer, place: str = "عام", question: str = QUESTION) -> Seen:
    """Ask in a channel, or with the name of a person directly, and return the answer."""
    channel = server.direct_channel(place) if place == "سارة" else server.world.channel(place)
    return await server.wait_for_reply(await server.post_message(channel, "سارة", f"<@bot> {question}"))


async def call(server: DiscordServer, place: str = "عام", question: str = QUESTION) -> Seen:
    """Ask with a command and return the answer."""
    channel = server.direct_channel(place) if place == "سارة" else server.world.channel(place)
    return await server.wait_for_reply(
        await server.run_command("ask", {"question": question}, author="سارة", channel=channel)
    )


async def press(server: DiscordServer, shown: Seen, button: str, author: str = "سارة") -> Seen:
    """Press a button and return what the one who pressed is told."""
    pressed = await server.press_button(shown, button, author)

    def told() -> Seen | None:
        # A press that leaves its message as it is has that as its first answer.
        replies = [reply for reply in server.interaction_replies(pressed) if reply.id != shown.id]
        return next((reply for reply in replies if not reply.is_thinking), None)

    reply = await server.until(told, what=f"what {author} is told")
    assert reply.is_ephemeral
    assert not reply.pinged
    return reply


def lose_question(server: DiscordServer, answer: Seen) -> None:
    """Let the question of an answer be gone without the bot's hearing of it."""
    server.world.messages[answer.reply_to or 0].deleted = True


def requests_since(server: DiscordServer, count: int) -> list[Exchange]:
    """The requests behind the first so many, but for what goes on beside a start: commands, and reading back."""
    beside = {("GET", "/channels/{channel_id}/messages")}
    return [
        request
        for request in server.requests[count:]
        if not request.route.startswith("/applications/") and (request.method, request.route) not in beside
    ]


async def delete(server: DiscordServer, shown: Seen, author: str = "سارة") -> None:
    """Delete an answer that others see, and confirm it."""
    sure = await press(server, shown, "🗑️", author)
    assert sure.text == ARABIC("button.delete_sure")
    await server.press_button(sure, ARABIC("button.delete"), author)
    await server.until(lambda: shown.message.deleted and sure.message.deleted, what="the deletion")


def labels(shown: Seen) -> list[str]:
    """The buttons under a message, by label or emoji."""
    return [button.label or button.emoji or "" for button in shown.buttons]


def written(shown: Seen) -> str:
    """What a layout says, with the signs that make words bold."""
    return without_line_isolates("\n".join(displayed_texts(shown.components)))
