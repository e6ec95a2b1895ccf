"""Places where the bot may not write, see or read, and questions that are gone."""

from collections.abc import Awaitable, Callable

from tests.discord_server import Permission
from tests.discord_server.faults import Faults
from tests.faults.fault import Area, Outcome, Play, outcome
from tests.faults.scene import Scene

PLACE = Area("place")
_DEEPER = "tests/e2e/test_manners.py"

Shut = Callable[[Scene], Awaitable[None]]


def denied(permission: Permission) -> Shut:
    """Take a permission in the channel from the bot."""

    async def shut(scene: Scene) -> None:
        await scene.server.deny(scene.channel, permission)

    return shut


async def without_messages(scene: Scene) -> None:
    await scene.server.deny(scene.channel, Permission.SEND_MESSAGES)
    await scene.server.refuse_direct_messages(scene.member)


def before(shut: Shut) -> Play:
    """Shut the place, then ask by a mention."""

    async def play(scene: Scene) -> Outcome:
        await shut(scene)
        return await outcome(scene, await scene.ask())

    return play


def meanwhile(shut: Shut) -> Play:
    """Shut the place while the answer is on its way."""

    async def play(scene: Scene) -> Outcome:
        asked, hold = await scene.ask_held()
        await shut(scene)
        hold.release()
        return await outcome(scene, asked)

    return play


def refused(status: int, code: int, must_be_silent: bool = False) -> Play:
    """Let Discord refuse the answer to a mention."""

    async def play(scene: Scene) -> Outcome:
        scene.server.faults.add("POST", scene.messages, Faults.status(status, code))
        asked = await scene.ask()
        await scene.server.until(lambda: not scene.server.faults.to_come or None, what="a refusal")
        if not must_be_silent:
            return await outcome(scene, asked)
        await scene.next_is_answered()
        assert not scene.replies(asked)
        return Outcome.NOTHING

    return play


def deleted(*, is_told: bool) -> Play:
    """Delete the question while its answer is on its way."""

    async def play(scene: Scene) -> Outcome:
        asked, hold = await scene.ask_held()
        if is_told:
            await scene.server.delete_message(asked)
            hold.release()
            await scene.server.until(lambda: _was_deleted(scene) or None, what="a deletion")
            assert not scene.replies(asked)
            return Outcome.NOTHING
        asked.deleted = True
        hold.release()
        return await outcome(scene, asked)

    return play


PLACE.row("50013, no Send Messages", "before a mention", Outcome.DIRECTLY, _DEEPER)(
    before(denied(Permission.SEND_MESSAGES))
)


PLACE.row("50001, View Channel lost", "while the answer is on its way", Outcome.DIRECTLY, _DEEPER)(
    meanwhile(denied(Permission.VIEW_CHANNEL))
)


@PLACE.row("no View Channel", "before a mention, which the bot does not hear of", Outcome.NOTHING, _DEEPER)
async def unseen(scene: Scene) -> Outcome:
    await scene.server.deny(scene.channel, Permission.VIEW_CHANNEL)
    asked = await scene.ask()
    await scene.next_is_answered()
    assert not scene.replies(asked)
    return Outcome.NOTHING


PLACE.row(
    "160002, no Read Message History",
    "before a mention; the answer repeats the question",
    Outcome.AT_ONCE,
    "tests/e2e/test_follow_ups.py",
)(before(denied(Permission.READ_MESSAGE_HISTORY)))


@PLACE.row("50083, locked thread", "before a mention in it", Outcome.DIRECTLY, "tests/e2e/test_threads.py")
async def locked(scene: Scene) -> Outcome:
    thread = scene.server.world.add_thread(scene.channel, "سلسلة مقفلة", scene.member)
    await scene.server.lock_thread(thread)
    return await outcome(scene, await scene.ask(where=thread))


PLACE.row("50083, thread locked meanwhile", "the answer is refused", Outcome.DIRECTLY, _DEEPER)(refused(400, 50083))


PLACE.row("403 without a known code", "the answer is refused", Outcome.DIRECTLY)(refused(403, 0))


@PLACE.row("50007, no direct messages either", "before a mention", Outcome.SIGN)
async def shut_out(scene: Scene) -> Outcome:
    await without_messages(scene)
    await scene.sign(await scene.ask())
    return Outcome.SIGN


@PLACE.row("50007, nor reactions", "before a mention", Outcome.NOTHING)
async def shut_out_without_reactions(scene: Scene) -> Outcome:
    await without_messages(scene)
    await scene.server.deny(scene.channel, Permission.ADD_REACTIONS)
    asked = await scene.ask()
    reactions = f"{scene.messages}/{asked.id}/reactions"
    await scene.server.until(lambda: scene.server.requests[-1].path.startswith(reactions) or None, what="a try")
    await scene.next_is_answered()
    assert not scene.replies(asked)
    return Outcome.NOTHING


PLACE.row("10003, channel gone", "the answer is refused", Outcome.NOTHING)(refused(404, 10003, must_be_silent=True))


@PLACE.row("50013 to typing", "while the answer is on its way", Outcome.AT_ONCE)
async def typing_refused(scene: Scene) -> Outcome:
    scene.server.faults.add("POST", f"/channels/{scene.channel.id}/typing", Faults.status(403, 50013))
    hold = scene.server.faults.hold("POST", scene.messages)
    asked = await scene.ask()
    await scene.server.until(lambda: not scene.server.faults.to_come or None, what="typing and an answer")
    hold.release()
    return await outcome(scene, asked)


PLACE.row(
    "question deleted, the bot told",
    "while the answer is on its way: the answer goes too",
    Outcome.NOTHING,
    "tests/e2e/test_conversations.py",
)(deleted(is_told=True))


PLACE.row("question deleted, the bot not told", "while the answer is on its way", Outcome.AT_ONCE)(
    deleted(is_told=False)
)


def _was_deleted(scene: Scene) -> bool:
    return any(one.method == "DELETE" and one.path.startswith(f"{scene.messages}/") for one in scene.server.requests)
