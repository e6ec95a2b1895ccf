"""Arrays in memory and in files: ragged rows, strings, spools that grow, and files of arrays that are mapped."""

from bot.storage.array_file import ArrayFile, DamagedFileError, give_back, map_arrays
from bot.storage.array_spool import ArraySpool
from bot.storage.arrays import Arrays, under, within
from bot.storage.holds import left_over, open_held
from bot.storage.merged_strings import MergedStrings, merge_texts
from bot.storage.merging import Merge, interleave, narrowest
from bot.storage.ragged import Numbers, Ragged, ends, spread
from bot.storage.sink import MemorySink, PartSink, Sink
from bot.storage.spool import Spool
from bot.storage.string_table import StringTable
from bot.storage.text_table import TextSpool, TextTable, encode

__all__ = [
    "ArrayFile",
    "ArraySpool",
    "Arrays",
    "DamagedFileError",
    "MemorySink",
    "Merge",
    "MergedStrings",
    "Numbers",
    "PartSink",
    "Ragged",
    "Sink",
    "Spool",
    "StringTable",
    "TextSpool",
    "TextTable",
    "encode",
    "ends",
    "give_back",
    "interleave",
    "left_over",
    "map_arrays",
    "merge_texts",
    "narrowest",
    "open_held",
    "spread",
    "under",
    "within",
]
