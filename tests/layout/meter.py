"""What the house measures, against the bounds in bounds.toml: lines by room, and what a traced message enters."""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from bot.answering import Answerer, Knowledge, Risk
from bot.articles import BoilerplatePhrases
from bot.chat.cards.answer_card import outcome_card
from bot.edition import build_edition
from bot.settings import CONFIG
from bot.texts import Texts

ROOT = CONFIG.parent
BOUNDS = Path(__file__).parent / "bounds.toml"
HALL = "hall"
# Chosen: what falls by less need not be written down; in a small room 2 % would be a line or two.
SLACK, FEW_LINES = 0.02, 20
MESSAGES = {
    "question": "متى تأسست شركة بالانتير؟",
    "refusal": "متى تأسست شركة المنارة للسفن الطائرة؟",
    "claim": "هل صحيح أن قيمة العقد 50 مليون دولار؟",
}
TREES = {"bot": "*.py", "tests": "*.py", "config": "*.t*", "docs": "*.md"}
Figures = dict[str, dict[str, int]]


def lines_by_room() -> Figures:
    """Count lines by the first folder under each tree, those of files beside the folders as the hall."""
    counted: Figures = {}
    for tree, pattern in TREES.items():
        rooms: Counter[str] = Counter()
        for file in (ROOT / tree).rglob(pattern):
            inner = file.relative_to(ROOT / tree).parts
            rooms[inner[0] if len(inner) > 1 else HALL] += len(file.read_text(encoding="utf-8").splitlines())
        counted[tree] = dict(sorted(rooms.items()))
    return counted


def entered(act: Callable[[], Any]) -> dict[str, int]:
    """Count the functions of bot/, and their files, that this thread enters; comprehensions are part of theirs."""
    codes: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            codes.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    # Python 3.12 has no frames of list comprehensions any more, and a generator's may end elsewhere.
    home = f"{ROOT / 'bot'}/"
    named = [code for code in codes if code.co_filename.startswith(home) and not re.fullmatch(r"<\w+>", code.co_name)]
    return {"functions": len(named), "files": len({code.co_filename for code in named})}


def traced() -> Figures:
    """Count what each message enters from its text to its card, over the articles that come with the project."""
    knowledge = Knowledge.read(CONFIG, Risk.NORMAL)
    answerer, texts = Answerer(knowledge), Texts.read_all(CONFIG / "texts", "ar")
    edition = build_edition(BoilerplatePhrases.read(CONFIG / "marks.toml"), knowledge.analyser, ROOT / "corpus")

    def serve(message: str) -> None:
        outcome, _ = answerer.answer_with_more(answerer.analyse(message), edition)
        outcome_card(outcome, texts, edition.as_of)

    # Twice: the first fills the caches, whatever ran before.
    for message in MESSAGES.values():
        serve(message)
    return {name: entered(partial(serve, message)) for name, message in MESSAGES.items()}


def read_bounds() -> Figures:
    """Read the bounds."""
    return tomllib.loads(BOUNDS.read_text(encoding="utf-8"))


def breaches(figures: Figures, bounds: Figures) -> list[str]:
    """Say which figures are above their bounds, or so far below them that the bounds have to follow, or have none."""
    found = []
    for area in sorted({*figures, *bounds}):
        now, most = figures.get(area, {}), bounds.get(area, {})
        for name in sorted({*now, *most}):
            if name not in now or name not in most:
                found.append(f"{area} {name}: {now.get(name)}, and {most.get(name)} is written down")
            elif now[name] > most[name]:
                found.append(f"{area} {name}: {now[name]} is above {most[name]}; raise it only with a reason beside it")
            elif most[name] - now[name] > max(SLACK * most[name], FEW_LINES if area in TREES else 0):
                found.append(f"{area} {name}: {now[name]} is far below {most[name]}: python -m tests.layout --lower")
    return found


def lower(figures: Figures, written: str) -> str:
    """Write bounds down to figures that fell; the others stay, with what is said beside them."""
    area, lines = "", []
    for line in written.splitlines(keepends=True):
        head = re.match(r"\[(\w+)\]", line)
        area = head[1] if head else area
        name, _, rest = line.partition(" = ")
        most = re.match(r"\d+", rest)
        now = figures.get(area, {}).get(name)
        is_below = most and now is not None and now < int(most[0])
        lines.append(f"{name} = {now}{rest.removeprefix(most[0])}" if most and is_below else line)
    return "".join(lines)
