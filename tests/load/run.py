"""The program and the played Discord of a run."""

import tempfile
import time
from pathlib import Path

from tests.discord_server import DiscordServer
from tests.discord_server.reception import Clock
from tests.e2e.program import Program
from tests.load.crowd import Crowd
from tests.load.gauges import Gauges
from tests.load.growing import GrowingCorpus
from tests.load.load import Load
from tests.load.report import Figures, figures
from tests.machine import free_port

_START = 300.0
# A check of every body costs this process more than all else that it does.
_CHECKED_EVERY = 50
_LIMITS = {"LIMIT_MEMBER_PER_MINUTE": "6", "LIMIT_CHANNEL_PER_MINUTE": "30"}


async def run(  # noqa: PLR0913 (what a run may be like)
    load: Load, corpus: Path, *, members: int, channels: int, limits: bool = False, module: str = "bot"
) -> Figures:
    """Start the program, or a module that prepares it, put the load on it, and take the figures.

    It has its usual limits, or none.
    """
    crowd = Crowd.of(members, channels)
    with tempfile.TemporaryDirectory() as directory:
        log, port, cache = Path(directory) / "log", free_port(), str(Path(directory) / "cache")
        growing = GrowingCorpus.copy(corpus, Path(directory) / "corpus")
        async with DiscordServer(crowd.world, checked_every=_CHECKED_EVERY, clock=Clock(time.monotonic)) as server:
            home = str(crowd.channel_of_all.guild_id)
            settings = {"PORT": str(port), "CORPUS_CACHE": cache, "DISCORD_HOME_GUILD_IDS": home}
            settings |= _LIMITS if limits else {}
            program = await Program.start(server, growing.path, log, module=module, **settings)
            starved_before = 0.0

            async def restart() -> None:
                nonlocal program, starved_before
                starved_before += starved_seconds(program.pid)
                await program.stop()
                program = await Program.start(server, growing.path, log, module=module, **settings)

            try:
                await server.wait_ready(_START)
                await server.wait_for_command("ask", _START)
                gauges = Gauges(f"http://127.0.0.1:{port}")
                async with gauges.watched():
                    begun, used, starved = time.monotonic(), time.process_time(), starved_seconds(program.pid)
                    tally = await load.put_on(server, crowd, growing, restart)
                    seconds, used = tally.last_reply - begun, time.process_time() - used
                    starved = (starved_before + starved_seconds(program.pid) - starved) / seconds
            finally:
                code = await program.stop()
            if code:
                raise RuntimeError(program.log)
            resumes, violations = len(server.gateway.resumes), len(server.violations)
    costs = {"seconds": seconds, "server_cpu": used, "starved": starved}
    return figures(tally, gauges, resumes=resumes, violations=violations, **costs)


def starved_seconds(process: int) -> float:
    """Return the seconds that the main thread of a process had work and no processor; 0 where Linux is not there.

    That is what a busy machine adds to all other figures.
    """
    try:
        _, waited, _ = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    return int(waited) / 1e9
