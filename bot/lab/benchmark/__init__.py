"""The benchmark: speed and memory of the bot's index and of whole answers, against rank-bm25 and its peers."""

from bot.lab.benchmark.answer_run import AnswerRun
from bot.lab.benchmark.cluster_run import (
    PREFIX,
    Agreement,
    ClusterFigures,
    ClusterRun,
    PublishingFigures,
    compare_records,
)
from bot.lab.benchmark.compare import ComparedEngine, FailedError, Skipped, compare_engines, measure_bot, svg
from bot.lab.benchmark.corpora import stretch, synthesise
from bot.lab.benchmark.engines import ENGINES, OURS, STOCK, TOP
from bot.lab.benchmark.materials import QUERY_TOKENS, Materials, MaterialsError, prepare
from bot.lab.benchmark.measurements import BotMeasurement, Machine, this_machine

__all__ = [
    "ENGINES",
    "OURS",
    "PREFIX",
    "QUERY_TOKENS",
    "STOCK",
    "TOP",
    "Agreement",
    "AnswerRun",
    "BotMeasurement",
    "ClusterFigures",
    "ClusterRun",
    "ComparedEngine",
    "FailedError",
    "Machine",
    "Materials",
    "MaterialsError",
    "PublishingFigures",
    "Skipped",
    "compare_engines",
    "compare_records",
    "measure_bot",
    "prepare",
    "stretch",
    "svg",
    "synthesise",
    "this_machine",
]
