"""Faults of Discord's REST API, and of the network on the way to it."""

from tests.discord_server import Fault
from tests.discord_server.faults import Faults
from tests.faults.fault import Area, Outcome, Play, outcome
from tests.faults.scene import Scene

REST = Area("REST")
_CALLBACK, _RESPONSE = "/interactions/*/callback", "/webhooks/*"
_DEEPER = "tests/e2e/test_rest_faults.py"
_ANSWERS = "each answer, once"
PASSING = {
    "429 that names its wait": Faults.rate_limited(0.2),
    "429 for all requests": Faults.rate_limited(0.2, is_global=True),
    "429 without Via": Faults.rate_limited(0.2, via=False),
    "Cloudflare's ban page": Faults.html(429),
    "500": Faults.status(500),
    "502, a page": Faults.html(502),
    "503": Faults.status(503),
    "504": Faults.status(504),
    "connection cut": Faults.cut(),
    "connection cut, the request taken": Faults.cut(applied=True),
    "503, the request taken": Faults.status(503, applied=True),
}


def passing(fault: Fault) -> Play:
    """Strike a mention's answer, a command's callback and a command's answer once each."""

    async def play(scene: Scene) -> Outcome:
        scene.strike("POST", scene.messages, fault)
        asked = await scene.ask()
        commands = []
        for path in (_CALLBACK, _RESPONSE):
            scene.strike("*", path, fault)
            commands.append(await scene.command())
        seen = await outcome(scene, asked, *commands)
        assert scene.server.faults.to_come == 0
        return seen

    return play


def once(fault: Fault, path: str) -> Play:
    """Strike one request for a command."""

    async def play(scene: Scene) -> Outcome:
        scene.server.faults.add("*", path, fault)
        return await outcome(scene, await scene.command())

    return play


for _name, _fault in PASSING.items():
    REST.row(_name, _ANSWERS, Outcome.WAITED, _DEEPER)(passing(_fault))


@REST.row("429 of 90 s", "a mention's answer", Outcome.TOLD)
async def too_long(scene: Scene) -> Outcome:
    scene.server.faults.add("POST", scene.messages, Faults.rate_limited(90))
    return await outcome(scene, await scene.ask())


@REST.row("429 of 90 s to a command", "a command's answer", Outcome.TOLD, is_slow=True)
async def command_too_long(scene: Scene) -> Outcome:
    scene.server.faults.add("PATCH", _RESPONSE, Faults.rate_limited(90))
    return await outcome(scene, await scene.command())


@REST.row("outage longer than all tries", "six requests cut, one after the other", Outcome.WAITED, _DEEPER)
async def outage(scene: Scene) -> Outcome:
    """Let six tries fail: four with the answer, and two with the word that it failed."""
    scene.strike("POST", scene.messages, Faults.cut(), times=6)
    return await outcome(scene, await scene.ask())


@REST.row("10062, callback after 3 s", "a command; Discord itself says that nobody responded", Outcome.NOTHING)
async def late(scene: Scene) -> Outcome:
    hold = scene.server.faults.hold("POST", _CALLBACK)
    asked = await scene.command()
    await scene.server.until(lambda: hold.count or None, what="a callback on its way")
    scene.server.clock.advance(4)
    hold.release()
    await scene.server.until(lambda: scene.server.requests[-1].code == 10062 or None, what="a callback that is late")
    await scene.next_is_answered()
    assert not scene.replies(asked)
    return Outcome.NOTHING


@REST.row(
    "40060, callback of another process",
    "a command; the other's response stands",
    Outcome.NOTHING,
    "tests/e2e/test_overlapping_workers.py",
)
async def taken(scene: Scene) -> Outcome:
    scene.server.faults.add("POST", _CALLBACK, Faults.status(400, 40060))
    asked = await scene.command()
    await scene.server.until(lambda: not scene.server.faults.to_come or None, what="a callback that is refused")
    await scene.next_is_answered()
    assert not scene.server.interaction_replies(asked)
    return Outcome.NOTHING


REST.row("50027, token expired", "a command's answer after 15 minutes", Outcome.DIRECTLY)(
    once(Faults.status(401, 50027), "/webhooks/*/messages/@original")
)


REST.row("10015, webhook unknown", "a command's answer", Outcome.DIRECTLY)(
    once(Faults.status(404, 10015), "/webhooks/*/messages/@original")
)


@REST.row("stale command", "a command that the bot has no more", Outcome.TOLD, "tests/e2e/test_commands.py")
async def stale(scene: Scene) -> Outcome:
    command = await scene.server.wait_for_command("help")
    name, command["name"] = command["name"], "قديم"
    asked = await scene.server.run_command("قديم", author=scene.member, channel=scene.channel, force=True)
    seen = await outcome(scene, asked)
    [told] = scene.replies(asked)
    assert told.is_ephemeral
    await scene.server.wait_for_command(name)
    return seen
