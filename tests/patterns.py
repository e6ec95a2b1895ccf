"""Every regular expression of the project, and the ways in which it is used."""

import ast
import importlib
import pkgutil
import re
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

import bot
from bot.answering import Knowledge, Risk
from bot.articles import BoilerplatePhrases
from bot.articles.boilerplate import recogniser
from bot.settings import CONFIG

WAYS = ("match", "fullmatch", "search", "sub", "split", "finditer", "findall")
# A program.
_RUN_BY_OTHERS = ("__main__",)
# What slows one of these slows the other: they go through all of a text.
_THROUGHOUT = {"sub": "finditer", "split": "finditer", "findall": "finditer"}


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern, where it stands, and the ways in which it is matched."""

    place: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]

    def works(self) -> Iterator[tuple[str, Callable[[str], object]]]:
        """Yield each way, and what it does with a text."""
        for way in sorted(self.ways):
            yield way, partial(self._match, getattr(self.pattern, way))

    def _match(self, way: Callable[[Any], Any], text: str) -> None:
        found = way(text if isinstance(self.pattern.pattern, str) else text.encode())
        if isinstance(found, Iterator):
            deque(found, maxlen=0)


def _modules() -> list[types.ModuleType]:
    names = (name for _, name, _ in pkgutil.walk_packages(bot.__path__, "bot."))
    return [importlib.import_module(name) for name in names if not name.endswith(_RUN_BY_OTHERS)]


@cache
def all_patterns() -> tuple[Used, ...]:
    """Return the patterns of all modules, of what config/ has, and of those that are written within functions."""
    found: dict[tuple[Any, int], Used] = {}
    modules = _modules()
    roots: list[tuple[str, object]] = [(module.__name__, vars(module)) for module in modules]
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    roots += [
        ("config.marks", recogniser(phrases)),
        ("config.knowledge", Knowledge.read(CONFIG, Risk.NORMAL)),
    ]
    uses, seen = _uses(modules), set[int]()
    for place, root in roots:
        for name, owner, pattern in _within(root, place, place, seen):
            attribute = name.rpartition(".")[2].partition("[")[0]
            ways = uses.get((owner if attribute.startswith("_") else "", attribute), frozenset())
            _add(found, Used(name, pattern, frozenset(_THROUGHOUT.get(way, way) for way in ways or WAYS)))
    for used in chain.from_iterable(map(_written, modules)):
        _add(found, used)
    return tuple(found.values())


def _add(found: dict[tuple[Any, int], Used], used: Used) -> None:
    key = (used.pattern.pattern, used.pattern.flags)
    known = found.get(key)
    found[key] = Used(known.place, used.pattern, known.ways | used.ways) if known else used


def _within(root: object, place: str, owner: str, seen: set[int]) -> Iterator[tuple[str, str, re.Pattern[Any]]]:
    """Find patterns in attributes of ours and in containers, and say in which module they are at home."""
    if isinstance(root, re.Pattern):
        yield place, owner, root
        return
    if id(root) in seen or isinstance(root, str | bytes | int | float | types.ModuleType):
        return
    seen.add(id(root))
    inner: Iterable[tuple[object, object]] = ()
    home = next((name for name in map(_module_of, (root, type(root))) if name.startswith("bot.")), None)
    if isinstance(root, Mapping):
        inner = root.items()
    elif isinstance(root, list | tuple | set | frozenset):
        inner = enumerate(root)
    elif home:
        names = chain(getattr(root, "__dict__", ()), *(getattr(kind, "__slots__", ()) for kind in type(root).__mro__))
        inner = [(name, getattr(root, name, None)) for name in names]
    for name, value in inner:
        sign = f".{name}" if isinstance(name, str) else f"[{name}]"
        yield from _within(value, place + sign, home or owner, seen)


def _module_of(one: object) -> str:
    return str(getattr(one, "__module__", ""))


def _uses(modules: Iterable[types.ModuleType]) -> dict[tuple[str, str], frozenset[str]]:
    """Say of each name by which methods of a pattern it is called; whatever else is done with it may be any of them.

    A private name is one of its module alone, others are those of all.
    """
    called: dict[tuple[str, str], set[str]] = {}

    def note(module: types.ModuleType, node: ast.AST, ways: Iterable[str]) -> None:
        name = _name(node)
        called.setdefault((module.__name__ if name.startswith("_") else "", name), set()).update(ways)

    for module in modules:
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        owners = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in (*WAYS, "pattern"):
                owners.add(id(node.value))
                note(module, node.value, [node.attr] if node.attr in WAYS else [])
        for node in ast.walk(tree):
            is_read = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
            if is_read and id(node) not in owners:
                note(module, node, WAYS)
    return {name: frozenset(ways) for name, ways in called.items()}


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _written(module: types.ModuleType) -> Iterator[Used]:
    """Find patterns that a call of `re` has in itself."""
    for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in WAYS
            and isinstance(node.args[0], ast.Constant)
        ):
            way = _THROUGHOUT.get(node.func.attr, node.func.attr)
            yield Used(f"{module.__name__}:{node.lineno}", re.compile(node.args[0].value), frozenset({way}))
