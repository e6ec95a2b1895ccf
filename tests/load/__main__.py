"""Put the program under load: `python -m tests.load [--rate N] [--seconds S] [--corpus PATH] …`.

Discord itself lets a bot make 50 requests a second, which this run does not, so as to find where the program's own
limits are. The limits for members and channels are off. With --storm they are on, fifty members ask at once in one
channel, Discord limits all requests for a while, and the program is ended and started again: every question must be
answered once, or its asker told.
"""

import asyncio
import json
import sys
from pathlib import Path

from bot.console.ask import read_questions
from bot.settings import DATA
from tests.load.load import Load, storm
from tests.load.report import as_text
from tests.load.run import run
from tests.load.without_records import MODULE
from tests.scenarios import scenario_parser

QUESTIONS = (
    "كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟",
    "من أسس شركة بالانتير؟",
    "ما هي منصة إميغريشن أو إس؟",
    "كم عدد المهاجرين الذين تريد الإدارة ترحيلهم؟",
    "ما عاصمة فرنسا؟",
)


def main() -> None:
    """Read the arguments, run, and print the figures."""
    parser = scenario_parser("load", __doc__)
    parser.add_argument("--members", type=int, default=200, help="who ask in turn (default: 200)")
    parser.add_argument("--channels", type=int, default=16, help="in which they ask, in four servers (default: 16)")
    parser.add_argument("--rate", type=float, default=100, help="questions a second (default: 100)")
    parser.add_argument("--seconds", type=float, default=20, help="how long (default: 20)")
    parser.add_argument("--commands", type=int, default=5, metavar="N", help="every Nth by /ask (default: 5)")
    parser.add_argument("--corpus", type=Path, default=DATA / "corpus", help="articles (default: corpus/)")
    parser.add_argument("--questions", help="a file of questions, one a line (default: a few about corpus/)")
    parser.add_argument("--reload-every", type=float, metavar="S", help="seconds between reloads (default: none)")
    parser.add_argument("--reconnect-every", type=float, metavar="S", help="seconds between cuts (default: none)")
    parser.add_argument("--storm", action="store_true", help="fifty at once, a global limit and a restart, with limits")
    parser.add_argument("--without-records", action="store_true", help="keep nothing, to see what that costs")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    questions = read_questions(given.questions) if given.questions else QUESTIONS
    load = Load(questions, given.rate, given.seconds, given.commands, given.reload_every, given.reconnect_every)
    load = storm(questions) if given.storm else load
    module, crowd = MODULE if given.without_records else "bot", {"members": given.members, "channels": given.channels}
    told = asyncio.run(run(load, given.corpus, **crowd, limits=given.storm, module=module))
    sys.stdout.write((json.dumps(told) if given.json else as_text(told)) + "\n")


if __name__ == "__main__":
    main()
