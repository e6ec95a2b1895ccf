"""The lists of config/ as maintainers write them: words, phrases, groups and lines, each with where it stands."""

import re
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bot.arabic import normal_words, normalise
from bot.settings import CONFIG

# Numbers, and texts that are no lists.
NO_LISTS = {"evidence", "dialects"}
NO_LIST = {"hint", "gloss", "letters", "ending", "pattern", "replies"}
# Files with one name or group a line, whose spellings may stand in another line as well.
GROUPED = {"names", "regions", "opposites", "thesaurus"}
# In these, each letter that is repeated counts once.
SQUEEZED = {"continuations", "courtesies", "small_talk"}
# The regions of a list that all members write like.
FOR_ALL = ("all", "standard")


class Listed(NamedTuple):
    """A list of a file, the keys that lead to it, and its words or phrases, folded."""

    file: str
    keys: tuple[str, ...]
    members: list[tuple[str, ...]]


class Line(NamedTuple):
    """A line of forms with their standard words: «شد شدت | شد = أوقف»; `later` are the forms behind the stroke."""

    forms: list[str]
    later: list[str]
    standard: list[str]


def tables(name: str) -> dict[str, Any]:
    return tomllib.loads((CONFIG / name).read_text(encoding="utf-8"))


def lists() -> Iterator[Listed]:
    """Yield every list of words or phrases, and every group of names or synonyms as one."""
    for file in sorted(CONFIG.glob("*.toml")):
        if file.stem in NO_LISTS:
            continue
        for keys, value in _leaves(tables(file.name)):
            is_grouped = file.stem in GROUPED or keys[0] == "synonyms"
            if NO_LIST.isdisjoint(keys) and " = " not in value:
                for text in re.split("[:\n]", value) if is_grouped else [value]:
                    yield Listed(file.stem, keys, _members(text, file.stem))


def regional_lists() -> Iterator[tuple[Listed, set[tuple[str, ...]]]]:
    """Yield each list of phrases of a region, with the phrases of the same kind that all regions have."""
    kinds = dict[tuple[str, str], dict[str, Listed]]()
    for listed in lists():
        if len(listed.keys) == 2 and listed.file in SQUEEZED | {"modes"}:
            kinds.setdefault((listed.file, listed.keys[0]), {})[listed.keys[1]] = listed
    for regions in kinds.values():
        common = {member for name in FOR_ALL if name in regions for member in regions[name].members}
        yield from ((listed, common) for name, listed in regions.items() if name not in (*FOR_ALL, "unnamed"))


def lines(text: str) -> list[Line]:
    """Read the lines of a list of forms with standard words, folded."""
    found = list[Line]()
    for line in filter(str.strip, text.splitlines()):
        forms, _, standard = line.partition(" =")
        before, _, after = forms.partition("|")
        found.append(Line(_forms(before), _forms(after), normalise(standard).split()))
    return found


def doubles(members: Iterable[Hashable]) -> list[Hashable]:
    """List the members that occur more than once."""
    return [member for member, count in Counter(members).items() if count > 1]


def phrases(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the region and the text of each phrase of a file."""
    for keys, value in _leaves(tables(f"{name}.toml")):
        if len(keys) == 2 and NO_LIST.isdisjoint(keys):
            yield from ((*keys, phrase.strip()) for phrase in re.split("[,\n]", value) if phrase.strip())


def frequencies(file: Path) -> dict[str, float]:
    """Return occurrences per million by stem."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {stem: float(frequency) for stem, frequency, *_ in rows}


def _leaves(table: Mapping[str, Any], keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*keys, key))
        elif isinstance(value, list):
            yield (*keys, key), ",".join(map(str, value))
        elif isinstance(value, str):
            yield (*keys, key), value


def _members(text: str, file: str) -> list[tuple[str, ...]]:
    if "," not in text:
        # The words of other languages are compared as they are written.
        return [(word.casefold() if file == "languages" else normalise(word),) for word in text.split()]
    squeeze = r"([^\W\d_])\1+" if file in SQUEEZED else r"(?!)()"
    found = (tuple(re.sub(squeeze, r"\1", word) for word in normal_words(part)) for part in re.split("[,\n]", text))
    return list(filter(None, found))


def _forms(text: str) -> list[str]:
    joined = (form.replace("-", "_") for form in normalise(text).split())
    return ["_".join(normal_words(form.replace("_", " "))) if "_" in form else form for form in joined]
