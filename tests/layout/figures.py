"""The files of `bot/` counted: how many, how long, how many a folder, and which names or imports break a rule."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

FACE = "__init__"
PREPOSITIONS = {"about", "above", "also", "among", "behind", "beside", "between", "from", "of", "on", "upon", "with"}
# Words that end as gerunds do, and are nouns of the field.
NOUNS = {"encoding", "ranking"}


@dataclass(frozen=True)
class Layout:
    """The Python files of a package, the faces of its folders apart."""

    root: Path

    @cached_property
    def files(self) -> list[Path]:
        """All files that are no face of a folder, in order."""
        return [file for file in sorted(self.root.rglob("*.py")) if file.stem != FACE]

    @cached_property
    def median_lines(self) -> float:
        """The median of the files' lines."""
        return median(len(file.read_text(encoding="utf-8").splitlines()) for file in self.files)

    @cached_property
    def folders(self) -> Counter[str]:
        """How many files each folder holds."""
        return Counter(file.parent.relative_to(self.root.parent).as_posix() for file in self.files)

    @cached_property
    def doubles(self) -> list[str]:
        """Names that stand in more than one folder."""
        return sorted(name for name, count in Counter(file.stem for file in self.files).items() if count > 1)

    @cached_property
    def misnamed(self) -> list[str]:
        """Names of files that are gerunds or prepositions."""
        names = {file.stem for file in self.files}
        return sorted(name for name in names if name in PREPOSITIONS or _is_gerund(name))

    @cached_property
    def circle(self) -> list[str]:
        """Modules that import each other in a circle when they are imported, none where there is no such circle."""
        modules = {_name(file, self.root): file for file in sorted(self.root.rglob("*.py"))}
        graph = {
            name: set(_imported(ast.parse(file.read_text(encoding="utf-8")), modules)) - {name}
            for name, file in modules.items()
        }
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            return list(error.args[1])
        return []

    @cached_property
    def deferred(self) -> list[str]:
        """Imports within functions, each as file and line: what a module needs stands at its head."""
        return sorted(
            {
                f"{file.relative_to(self.root)}:{statement.lineno}"
                for file in self.root.rglob("*.py")
                for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
                for statement in ast.walk(function)
                if isinstance(statement, ast.Import | ast.ImportFrom)
            }
        )


def _is_gerund(name: str) -> bool:
    last = name.rpartition("_")[2]
    return last.endswith("ing") and last not in NOUNS


def _name(file: Path, root: Path) -> str:
    parts = file.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == FACE else parts)


def _imported(module: ast.Module, modules: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules that one imports when it is imported itself: not within functions, not for types alone."""
    for statement in module.body:
        if isinstance(statement, ast.ImportFrom) and statement.module and statement.module in modules:
            for alias in statement.names:
                inner = f"{statement.module}.{alias.name}"
                is_module = inner in modules and not _binds(modules[statement.module], alias.name)
                yield inner if is_module else statement.module
        elif isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names if alias.name in modules)


def _binds(face: Path, name: str) -> bool:
    """Tell whether the face of a folder has a name of its own that a module in the folder has too."""
    return any(
        isinstance(statement, ast.ImportFrom) and any((alias.asname or alias.name) == name for alias in statement.names)
        for statement in ast.parse(face.read_text(encoding="utf-8")).body
    )
