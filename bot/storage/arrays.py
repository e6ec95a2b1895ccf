"""Arrays by name: what every part of an edition is made of, so that a file can hold it."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
"""Arrays of one part by their names; the parts of parts have a point between the names."""


def under(name: str, arrays: Arrays) -> dict[str, NDArray[Any]]:
    """Name the arrays of a part within the whole."""
    return {f"{name}.{own}": array for own, array in arrays.items()}


def within(arrays: Arrays, name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of a part, by its own names."""
    start = f"{name}."
    return {whole.removeprefix(start): array for whole, array in arrays.items() if whole.startswith(start)}
