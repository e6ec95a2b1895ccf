"""Blanks that a language puts beside its punctuation, at which no line may end: «Qui ? », «Réponse : »."""

import re

_SPACED = frozenset({"fr"})
_BESIDE_MARK = re.compile("(?<=«) | (?=[»?!;:%])")


def with_blanks(written: str, language: str) -> str:
    """Return a text whose blanks beside marks do not break, where its language has blanks there."""
    return _BESIDE_MARK.sub("\u00a0", written) if language in _SPACED else written
