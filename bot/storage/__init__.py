"""Arrays in memory and in files: ragged rows, strings, spools that grow, and files of arrays that are mapped."""

from bot.storage.array_file import ArrayFile, DamagedFileError, map_arrays, release_memory
from bot.storage.arrays import Arrays, MemorySink, PartSink, Sink, under, within
from bot.storage.merge import Merge, MergedStrings, interleave, merge_texts, narrowest
from bot.storage.ragged import Numbers, Ragged, ends, spread
from bot.storage.spools import ArraySpool, Spool
from bot.storage.strings import StringTable, TextSpool, TextTable, encode
from bot.storage.unfinished_files import left_over, open_held

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
    "interleave",
    "left_over",
    "map_arrays",
    "merge_texts",
    "narrowest",
    "open_held",
    "release_memory",
    "spread",
    "under",
    "within",
]
