"""Digests: what stands for a text of any length in the few letters that Discord keeps."""

import hashlib


def digest(text: str, size: int) -> bytes:
    """Return a text's digest of so many bytes, the same in every process."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()
