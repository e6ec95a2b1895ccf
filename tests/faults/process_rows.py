"""Processes that are stopped, killed or started beside each other."""

import signal
from collections.abc import Awaitable, Callable

from tests.discord_server import Interaction, Message
from tests.discord_server.faults import Faults
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED
from tests.e2e.program import Program
from tests.faults.fault import Area, Outcome, outcome
from tests.faults.scene import Scene
from tests.patience import eventually

PROCESS = Area("process", is_apart=True)
_MISSED = "tests/e2e/test_missed_questions.py"
_INTERRUPTED = "tests/e2e/test_interrupted_replies.py"
_OVERLAP = "tests/e2e/test_overlapping_workers.py"


def sigterm_with_one_waiting(
    ask: Callable[[Scene], Awaitable[Message | Interaction]],
) -> Callable[[Scene], Awaitable[Outcome]]:
    """Stop the program while a question that cannot be read back waits for its turn."""

    async def play(scene: Scene) -> Outcome:
        await scene.start(LIMIT_MEMBER_PER_MINUTE="1")
        await ask(scene)
        await scene.reply(scene.asked[0])
        await ask(scene)
        waiting = scene.asked[1]
        # It waits as soon as it is marked, or deferred.
        await scene.server.until(
            lambda: getattr(waiting, "reactions", None) or getattr(waiting, "original", None), what="a wait"
        )
        assert await scene.program.stop() == 0, scene.program.log
        return await outcome(scene, waiting)

    return play


async def ask_directly(scene: Scene) -> Message:
    return await scene.ask(where=scene.direct)


async def ask_by_command(scene: Scene) -> Interaction:
    return await scene.command()


@PROCESS.row(
    "SIGTERM while answering",
    "a mention whose answer is on its way",
    Outcome.AT_ONCE,
    "tests/e2e/test_start_and_stop.py",
)
async def sigterm_while_answering(scene: Scene) -> Outcome:
    await scene.start()
    asked, hold = await scene.ask_held()
    await _stopping(scene.program)
    hold.release()
    seen = await outcome(scene, asked)
    assert await scene.program.exit_code() == 0, scene.program.log
    return seen


@PROCESS.row(
    "SIGTERM with twelve in line",
    "mentions in one channel that Discord is slow to take",
    Outcome.READ_BACK,
    _MISSED,
    is_slow=True,
)
async def sigterm_with_a_line(scene: Scene) -> Outcome:
    await scene.start()
    # Discord is slow for longer than a process that stops may take.
    hold = scene.server.faults.hold("POST", scene.messages, times=100)
    asked = [await scene.ask() for _ in range(12)]
    await scene.server.until(lambda: hold.count or None, what="answers on their way")
    assert await scene.program.stop() == 0, scene.program.log
    hold.release()
    assert sum(not scene.replies(one) for one in asked) > 5
    await scene.start()
    unanswered = [one for one in asked if not scene.replies(one)]
    seen = await outcome(scene, *unanswered, restarted=True)
    assert all(QUOTED in one.text for question in asked for one in scene.replies(question))
    return seen


PROCESS.row("SIGTERM, one waits directly", "a direct message over the member's limit", Outcome.TOLD, _MISSED)(
    sigterm_with_one_waiting(ask_directly)
)


PROCESS.row("SIGTERM, a command waits", "a command over the member's limit", Outcome.TOLD, _MISSED)(
    sigterm_with_one_waiting(ask_by_command)
)


@PROCESS.row(
    "SIGTERM, commands are slow",
    "five commands whose answers Discord is slow to take",
    Outcome.TOLD,
    _INTERRUPTED,
    is_slow=True,
)
async def sigterm_with_slow_commands(scene: Scene) -> Outcome:
    await scene.start()
    hold = scene.server.faults.hold("PATCH", "/webhooks/*")
    asked = [await scene.command() for _ in range(5)]
    await scene.server.until(lambda: (hold.count and all(one.original for one in asked)) or None, what="commands open")
    assert await scene.program.stop() == 0, scene.program.log
    return await outcome(scene, *asked)


@PROCESS.row("kill -9 before the answer", "a mention; another start", Outcome.READ_BACK)
async def killed_before_the_answer(scene: Scene) -> Outcome:
    await scene.start()
    scene.server.faults.add("POST", scene.messages, Faults.cut(), times=1000)
    asked = await scene.ask()
    await scene.server.until(lambda: scene.server.faults.to_come < 1000 or None, what="an answer on its way")
    await _kill(scene)
    await scene.start()
    return await outcome(scene, asked, restarted=True)


@PROCESS.row(
    "kill -9 behind the answer", "a mention whose answer Discord takes after the end; another start", Outcome.AT_ONCE
)
async def killed_behind_the_answer(scene: Scene) -> Outcome:
    await scene.start()
    asked, hold = await scene.ask_held()
    await _kill(scene)
    # Discord has taken the request of a process that is no more.
    hold.release()
    seen = await outcome(scene, asked)
    await scene.start()
    await scene.next_is_answered()
    return seen


@PROCESS.row(
    "kill -9 in a direct conversation",
    "a direct message; Discord lists no such conversations to a bot that starts",
    Outcome.READ_BACK,
    _INTERRUPTED,
)
async def killed_in_a_direct_conversation(scene: Scene) -> Outcome:
    await scene.start()
    scene.server.faults.add("POST", f"/channels/{scene.direct.id}/messages", Faults.cut(), times=1000)
    asked = await scene.ask(where=scene.direct)
    await scene.server.until(lambda: scene.server.faults.to_come < 1000 or None, what="an answer on its way")
    await eventually(lambda: any(scene.home.glob("cache/open-replies-*/*.json")), "a note")
    await _kill(scene)
    await scene.start()
    return await outcome(scene, asked, restarted=True)


@PROCESS.row("kill -9 before a command's answer", "a command; another start", Outcome.TOLD, _INTERRUPTED)
async def killed_behind_a_command(scene: Scene) -> Outcome:
    await scene.start()
    scene.server.faults.add("PATCH", "/webhooks/*", Faults.cut(), times=1000)
    asked = await scene.command()
    await scene.server.until(lambda: scene.server.faults.to_come < 1000 or None, what="an answer on its way")
    # What is noted of it is written in a moment.
    await eventually(lambda: any(scene.home.glob("cache/open-replies-*/*.json")), "a note")
    await _kill(scene)
    await scene.start()
    return await outcome(scene, asked, restarted=True)


@PROCESS.row("asked while away", "a mention between two processes", Outcome.READ_BACK, _MISSED)
async def asked_while_away(scene: Scene) -> Outcome:
    await scene.start()
    assert await scene.program.stop() == 0, scene.program.log
    asked = await scene.ask()
    await scene.start()
    return await outcome(scene, asked, restarted=True)


@PROCESS.row(
    "edited after a restart, the channel unreadable",
    "an edit of a question that the process before has answered: its answer is edited",
    Outcome.AT_ONCE,
    "tests/e2e/test_conversations.py",
)
async def edited_after_a_restart(scene: Scene) -> Outcome:
    await scene.start()
    asked = await scene.ask(TRAM_QUESTION)
    assert TRAM_QUOTED in (await scene.reply(asked)).text
    assert await scene.program.stop() == 0, scene.program.log
    # The process that starts cannot find the answer of the one before.
    scene.server.faults.add("GET", scene.messages, Faults.status(403, 50001), times=100)
    await scene.start()
    await scene.server.edit_message(asked, f"<@bot> {QUESTION}")
    await scene.server.until(lambda: any(QUOTED in one.text for one in scene.replies(asked)) or None, what="an edit")
    return await outcome(scene, asked)


@PROCESS.row(
    "two at once during a deploy",
    "a mention, a direct message and a command to both",
    Outcome.AT_ONCE,
    _OVERLAP,
    is_slow=True,
)
async def two_at_once(scene: Scene) -> Outcome:
    await scene.start()
    await scene.start()
    asked = [await scene.ask(), await scene.ask(where=scene.direct)]
    return await outcome(scene, *asked, await scene.command())


@PROCESS.row(
    "two at once, one stops", "a direct message and a command to both", Outcome.ELSEWHERE, _OVERLAP, is_slow=True
)
async def old_one_stops(scene: Scene) -> Outcome:
    old = await scene.start()
    await scene.start()
    _, hold = await scene.ask_held()
    await _stopping(old)
    seen = await outcome(scene, await scene.ask(where=scene.direct), await scene.command())
    hold.release()
    assert await old.exit_code() == 0, old.log
    assert seen is Outcome.AT_ONCE
    return Outcome.ELSEWHERE


async def _stopping(program: Program) -> None:
    program.signal()
    await eventually(lambda: "SIGTERM received" in program.log, "a signal that is heard")


async def _kill(scene: Scene) -> None:
    scene.program.signal(signal.SIGKILL)
    await scene.program.exit_code()
    await scene.server.until(lambda: not scene.server.gateway.connected or None, what="a closed gateway")
    scene.server.faults.clear()
