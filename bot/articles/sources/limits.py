"""How much a source may cost before a fetch is given up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch: bytes that are downloaded, bytes and files that are unpacked, seconds in all.

    `processor_seconds` are of the thread that fetches: a hundred thousand articles of a gigabyte take it 25.
    A request that fails for a passing reason is made `tries` times, with a pause in seconds that doubles each time.
    """

    download_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 1000 * 1024 * 1024
    files: int = 100_000
    seconds: float = 300.0
    processor_seconds: float = 100.0
    silence: float = 30.0
    tries: int = 4
    pause: float = 1.0
