"""Finds the one folder that everything in an archive may stand in."""

from pathlib import PurePosixPath

_RESOURCE_FORKS = "__MACOSX"  # beside what a Mac was asked to pack


class TopFolder:
    """Watches members go by and remembers whether they share a top folder."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._is_shared = True

    def see(self, path: PurePosixPath, *, is_folder: bool) -> None:
        """Take note of one member."""
        if not path.parts or path.parts[0].startswith(".") or path.parts[0] == _RESOURCE_FORKS:
            return
        if len(path.parts) == 1 and not is_folder:
            self._is_shared = False
        elif len(self._names) <= 1:
            self._names.add(path.parts[0])

    def strip(self, folder: PurePosixPath) -> list[PurePosixPath]:
        """Return the path of a folder that counts from the top folder; none where there is not one."""
        return [PurePosixPath(name) / folder for name in self._names] if self._is_alone() else []

    def _is_alone(self) -> bool:
        return self._is_shared and len(self._names) == 1
