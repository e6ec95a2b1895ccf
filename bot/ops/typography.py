"""Characters that can be shown, and blanks beside punctuation at which no line may end: «Qui ? », «Réponse : »."""

import re

_SPACED = frozenset({"fr"})
_BESIDE_MARK = re.compile("(?<=«) | (?=[»?!;:%])")


def printable(text: str, kept: str = "") -> str:
    """Return a text with blanks for characters that cannot be shown, but for those that are kept."""
    return "".join(character if character.isprintable() or character in kept else " " for character in text)


def with_blanks(written: str, language: str) -> str:
    """Return a text whose blanks beside marks do not break, where its language has blanks there."""
    return _BESIDE_MARK.sub("\u00a0", written) if language in _SPACED else written
