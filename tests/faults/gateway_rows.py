"""Faults of the gateway: connections that end, sessions that are forgotten, frames that are none."""

from collections.abc import Callable

from tests.discord_server.gateway.gateway import Gateway
from tests.e2e.coverage import write_corpus
from tests.e2e.prepared import MODULE
from tests.e2e.program import Program
from tests.faults.fault import Area, Outcome, Play, outcome
from tests.faults.scene import PREPARED, Scene
from tests.patience import slowness

GATEWAY = Area("gateway")
_REFUSED = 78
_DEEPER = "tests/e2e/test_gateway_faults.py"
_START = "tests/e2e/test_start_and_stop.py"

RESUMED = (1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
# What each says, and words of the sentence about it.
_FINAL = {
    4004: ("token", "رمز البوت"),
    4010: ("shard", "DISCORD_SHARD_COUNT"),
    4011: ("sharding required", "DISCORD_SHARD_COUNT"),
    4012: ("version", "لم يعد ديسكورد يقبل"),
    4013: ("intents", "صلاحيات الاستقبال"),
    4014: ("intents not granted", "صلاحيات الاستقبال"),
}


def between(act: Callable[[Gateway], None]) -> Play:
    """Ask while the session is away."""

    async def play(scene: Scene) -> Outcome:
        act(scene.server.gateway)
        return await outcome(scene, await scene.ask())

    return play


def first(act: Callable[[Gateway], None]) -> Play:
    """Ask once the session that follows has begun: what came before it is read back by another row."""

    async def play(scene: Scene) -> Outcome:
        before = scene.count_sessions()
        act(scene.server.gateway)
        await scene.server.until(lambda: scene.count_sessions() > before or None, what="another session")
        return await outcome(scene, await scene.ask())

    return play


def closing(code: int) -> Play:
    return between(lambda gateway: gateway.close(code))


def final(code: int) -> Play:
    """Close for good; the program must end by itself, and not try again."""

    async def play(scene: Scene) -> Outcome:
        await scene.start()
        scene.server.gateway.close(code)
        return await ended(scene, scene.program, _FINAL[code][1])

    return play


async def ended(scene: Scene, program: Program, sentence: str) -> Outcome:
    assert await program.exit_code() == _REFUSED, program.log
    assert program.log.count(sentence) == 1
    assert "Traceback" not in program.log
    assert len(scene.server.gateway.identifies) <= 1
    return Outcome.ENDED


for _code in RESUMED:
    GATEWAY.row(f"close {_code}", "a mention meanwhile", Outcome.WAITED)(closing(_code))


GATEWAY.row("connection cut (1006)", "a mention while it is cut", Outcome.WAITED)(
    between(lambda gateway: gateway.cut())
)


GATEWAY.row("op 7, reconnect", "a mention behind it", Outcome.WAITED, _DEEPER)(
    between(lambda gateway: gateway.reconnect())
)


GATEWAY.row("op 9 true", "a mention behind it", Outcome.WAITED)(
    between(lambda gateway: gateway.invalidate(resumable=True))
)


GATEWAY.row(
    "op 9 false", "a mention before the new session", Outcome.WAITED, "tests/e2e/test_missed_questions.py", is_slow=True
)(between(lambda gateway: gateway.invalidate(resumable=False)))


@GATEWAY.row("events sent twice", "a mention and a command before a resume", Outcome.AT_ONCE, _DEEPER)
async def repeated(scene: Scene) -> Outcome:
    asked, called = await scene.ask(), await scene.command()
    seen = await outcome(scene, asked, called)
    scene.server.gateway.repeated_events = 20
    scene.server.gateway.close(4000)
    try:
        await scene.server.until(lambda: scene.count_sessions() > scene.sessions or None, what="a resume")
        await scene.next_is_answered()
    finally:
        scene.server.gateway.repeated_events = 0
    return seen


GATEWAY.row("malformed frame", "a mention once there is a session again", Outcome.WAITED, _DEEPER)(
    first(lambda gateway: gateway.malformed())
)


@GATEWAY.row(
    "resume swallowed, heartbeats acknowledged",
    "a mention meanwhile",
    Outcome.WAITED,
    "tests/ops/test_watchdog.py",
    is_apart=True,
    is_slow=True,
)
async def swallowed(scene: Scene) -> Outcome:
    # A session is given up soon, and the next one has the same time to begin.
    await scene.start(PREPARED_RECOVERY=str(5 * slowness()))
    gateway = scene.server.gateway
    gateway.swallowed_resumes = 1000
    gateway.close(4000)
    asked = await scene.ask()
    try:
        return await outcome(scene, asked)
    finally:
        gateway.swallowed_resumes = 0


@GATEWAY.row("first connection fails", "a start", Outcome.WAITED, _DEEPER, is_apart=True)
async def refused_at_first(scene: Scene) -> Outcome:
    scene.server.gateway.refuse(times=1)
    scene.waits += 1
    await scene.start()
    return await outcome(scene, await scene.ask())


for _code, (_what, _) in _FINAL.items():
    GATEWAY.row(
        *(f"close {_code}, {_what}", "a running program", Outcome.ENDED, _START),
        is_apart=True,
        is_slow=_code not in {4004, 4014},
    )(final(_code))


@GATEWAY.row("401 at login", "a start", Outcome.ENDED, _START, is_apart=True)
async def wrong_token(scene: Scene) -> Outcome:
    settings = {**PREPARED, "DISCORD_TOKEN": "MTA.wrong.token"}
    log = scene.home / "log"
    program = await Program.start(scene.server, write_corpus(scene.corpus), log, module=MODULE, **settings)
    seen = await ended(scene, program, "رفض ديسكورد رمز البوت")
    scene.server.violations.clear()
    return seen
