"""An edition on the cluster: one index, what its mapping says of it, and what it was built from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Publication:
    """An index that holds a whole edition.

    `state` is the state of the source, which JSON can hold; `withdrawn` says who went back from it and when, None where
    nobody did; `served` is when it began to serve last, None where it never has.
    """

    name: str
    fingerprint: str
    articles: int
    state: Mapping[str, Any]
    created: datetime
    served: datetime | None = None
    withdrawn: Mapping[str, Any] | None = None
