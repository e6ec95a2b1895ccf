"""Arrays in memory and in files: ragged rows, strings, builders, mapped files of arrays, and atomic writes."""

from bot.storage.array_builders import ArrayBuilder, IntegerBuilder, TextTableBuilder
from bot.storage.array_file import ArrayFile, DamagedFileError, map_arrays, release_memory
from bot.storage.arrays import (
    Arrays,
    ArrayWriter,
    IntArray,
    MemoryWriter,
    PrefixWriter,
    Ragged,
    add_prefix,
    gather_ranges,
    offsets,
    strip_prefix,
)
from bot.storage.strings import StringTable, TextTable, encode
from bot.storage.unfinished_files import (
    alone_with,
    atomic_write,
    hard_link,
    lock_if_abandoned,
    open_locked,
    remove_abandoned,
)

__all__ = [
    "ArrayBuilder",
    "ArrayFile",
    "ArrayWriter",
    "Arrays",
    "DamagedFileError",
    "IntArray",
    "IntegerBuilder",
    "MemoryWriter",
    "PrefixWriter",
    "Ragged",
    "StringTable",
    "TextTable",
    "TextTableBuilder",
    "add_prefix",
    "alone_with",
    "atomic_write",
    "encode",
    "gather_ranges",
    "hard_link",
    "lock_if_abandoned",
    "map_arrays",
    "offsets",
    "open_locked",
    "release_memory",
    "remove_abandoned",
    "strip_prefix",
]
