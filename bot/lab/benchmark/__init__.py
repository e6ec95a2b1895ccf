"""How fast the bot's index and whole answers are, and what memory they take, against rank-bm25 and its peers."""

from bot.lab.benchmark.compare import ComparedEngine, Skipped, compare_engines, measure_bot, svg
from bot.lab.benchmark.corpora import stretch, synthesise
from bot.lab.benchmark.engines import ENGINES, OURS, STOCK, TOP
from bot.lab.benchmark.materials import QUERY_TOKENS, Materials, MaterialsError, prepare
from bot.lab.benchmark.measurements import BotMeasurement, Machine, this_machine

__all__ = [
    "ENGINES",
    "OURS",
    "QUERY_TOKENS",
    "STOCK",
    "TOP",
    "BotMeasurement",
    "ComparedEngine",
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
