"""A played Discord, the program on it, and the corpus that it reads."""

from dataclasses import dataclass
from pathlib import Path

from tests.discord_server import DiscordServer
from tests.e2e.program import Program


@dataclass(frozen=True, slots=True)
class Stage:
    """What a test acts on."""

    server: DiscordServer
    program: Program
    corpus: Path
