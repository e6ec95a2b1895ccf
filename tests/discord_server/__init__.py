"""Play Discord to an unmodified bot: its REST API and its gateway, over real loopback sockets.

    async with DiscordServer() as server:
        ...start the bot with server.environment (DISCORD_TOKEN, DISCORD_API_URL, DISCORD_GATEWAY_URL)...
        await server.wait_ready()
        question = await server.post_message("عام", "سارة", "<@bot> متى بدأ الحصار؟")
        reply = await server.wait_for_reply(question)
        assert "…" in reply.text and not reply.pinged
        assert server.violations == []

People and places are given as an object of the world, an id, or a name. The default world holds the guild
«إسناد» with the channels «عام», «الإشراف» and «أسئلة» (forum), the threads «سلسلة» and «منشور», and the members
«سارة» (plain), «ناصر» (Manage Server) and «ليلى» (role «باحثون»). In the guild «جوار», with the channel «ساحة» and
the member «سارة», the bot is not. In content, `<@bot>` stands for the bot's mention.

What a test does as a person:
    post_message(channel, author, content, *, reply_to=None, ping=True, files=(), embeds=()) -> Message
    forward_message(message, channel, author) -> Message          (a file, also as an option, is an Upload(name, bytes))
    edit_message(message, content) -> Message                     unfurl(message) -> Message (a change without an edit)
    delete_message(message) -> None                               delete_messages([message, …]) -> None (at once)
    run_command(name, options=None, *, author, channel, locale="en-US", force=False) -> Interaction
    run_context_menu(name, target, *, author, channel, locale="en-US", force=False) -> Interaction
    autocomplete(name, options, focused, *, author, channel, locale="en-US") -> list[choice]
    press_button(message, custom_id, label or emoji, author) -> Interaction
    select(message, custom_id, values, author) -> Interaction     submit_modal(interaction, values) -> Interaction
    react(message, emoji, author, *, added=True) -> None
    refuse_direct_messages(person, *, refused=True) -> None
    install(person) -> None (for themselves: commands of integration type 1 then go wherever they are)
    direct_channel(person) -> Channel (with the bot)              private_channel(person, person, …) -> Channel (without
                                                                  the bot; both without await)

What a test sees, as a `Seen` (content, components, buttons, text, pinged, reply_to, is_ephemeral, is_thinking,
edits, reactions; `text` and `buttons` reach into layouts of components v2; a button has label, emoji, custom_id…):
    wait_ready()                                 wait_for_command(name) -> the registered command
    wait_for_reply(message or interaction, *, index=0) -> Seen
    wait_for_message(channel, *, after=None) -> Seen  (the bot's next message there)
    wait_for_edit(seen) -> Seen                  no_reply(message or interaction, within=0.0)
    until(find, what="…")                        (waits until find() is true; asked again after each change here)
    messages(channel) -> list[Seen]              interaction_replies(interaction) -> list[Seen]
    typing_in(channel) -> how often              (these three without await)

What a test changes:
    allow(channel, permission, who=bot) / deny(...)               give_role(person, role) / take_role(...)
    invite_bot(guild) / remove_bot(guild)        (to or from world.add_guild(name, with_bot=False, owner=…))
    world.team = [TeamMember(user, …), …], world.add_private_thread(channel, name, *members), world.add_webhook(name)
    lock_thread(thread, locked=True), archive_thread(thread, archived=True)
    clock.advance(seconds)  (of interactions; it stands still)
    faults.add(method, path, fault, times=1), faults.clear(); a fault is Fault(...), or one of
        faults.rate_limited(retry_after, is_global=False, via=True), .status(status, code, message, applied=False),
        .html(status=429), .cut(applied=False); `path` follows /api/v10 and may hold `*`
    hold = faults.hold(method, path, times=1)    hold.count (of requests that wait at it), hold.release()
    gateway.close(code), .cut(), .reconnect(), .invalidate(resumable=...), .malformed(text),
        .silence(acknowledge_heartbeats=False), .refuse(times=1, status=503), .swallowed_resumes = n,
        .repeated_events = n (how many messages and interactions a resume sends again)

What a test asserts on: violations, requests (every REST exchange: method, path, route, body, status, answer, code),
gateway.identifies, gateway.resumes, gateway.close_codes, commands.creations, commands.of_place(guild_id), world.

By hand: `python -m tests.discord_server [--port N] [--run-bot]`.

Only what the bot uses is played: what else it sends is a violation, and calls for a part of Discord more.
"""

from tests.discord_server.draft import Upload
from tests.discord_server.entities import Channel, Guild, Member, Role, TeamMember, User
from tests.discord_server.faults import Fault
from tests.discord_server.interactions import Interaction
from tests.discord_server.invocation import CommandUnavailable
from tests.discord_server.message import Message
from tests.discord_server.permissions import Permission
from tests.discord_server.seen import Seen
from tests.discord_server.server import DiscordServer
from tests.discord_server.world import World

__all__ = [
    "Channel",
    "CommandUnavailable",
    "DiscordServer",
    "Fault",
    "Guild",
    "Interaction",
    "Member",
    "Message",
    "Permission",
    "Role",
    "Seen",
    "TeamMember",
    "Upload",
    "User",
    "World",
]
