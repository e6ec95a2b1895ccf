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
    places_before,
    strip_prefix,
)
from bot.storage.strings import Memory, Phrases, StringTable, TextMap, Texts, TextTable, encode
from bot.storage.unfinished_files import (
    alone_with,
    atomic_write,
    hard_link,
    lock_if_abandoned,
    open_locked,
    remove_abandoned,
)
