"""How fast the bot's index and whole answers are, and what memory they take, against rank-bm25 and its peers."""

from bot.benchmark.comparing import Compared, Skipped, compare_engines
from bot.benchmark.engines import ENGINES, OURS, STOCK
from bot.benchmark.figures import Answering
from bot.benchmark.finding import TOP
from bot.benchmark.machine import Machine, this_machine
from bot.benchmark.materials import QUERY_TOKENS, Materials, MaterialsError, prepare
from bot.benchmark.plot import svg
from bot.benchmark.stretching import stretch
from bot.benchmark.synthetic import synthesise
from bot.benchmark.whole_bot import measure_bot

__all__ = [
    "ENGINES",
    "OURS",
    "QUERY_TOKENS",
    "STOCK",
    "TOP",
    "Answering",
    "Compared",
    "Machine",
    "Materials",
    "MaterialsError",
    "Skipped",
    "compare_engines",
    "measure_bot",
    "prepare",
    "stretch",
    "svg",
    "synthesise",
    "this_machine",
]
