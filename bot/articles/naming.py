"""Makes names for article files that every system can store."""

import unicodedata

from bot.articles.article import Article

# Characters, not bytes: in the normal form that macOS keeps, an Arabic letter takes at most four bytes of the 255.
_LONGEST = 60
_BASIC_PLANE = 0xFFFF
_TATWEEL = "\u0640"
_NAMELESS = "article"
# Windows keeps these for devices, whatever the suffix; a name of ours without a day could be one.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10))}
)


def file_stem(article: Article) -> str:
    """Return the day and the words of the title, joined by hyphens: «2026-03-14-افتتاح-محطة-تحلية».

    Only letters and digits are left of the title: no separators, controls, marks of direction or signs that a file
    system forbids. Arabic letters stay, since every system in use stores them and a Latin slug would say nothing.
    """
    title = unicodedata.normalize("NFKC", article.title).casefold()
    kept = "".join(map(_sign, title))
    words = kept.split()
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    slug = "-".join(words)[:_LONGEST]
    stem = "-".join(filter(None, (article.published.isoformat() if article.published else "", slug)))
    return f"{_NAMELESS}-{stem}".rstrip("-") if not slug or stem in _DEVICES else stem


def _sign(sign: str) -> str:
    """Keep a letter, write a digit in Western form, drop what only dresses letters, and part words at all else."""
    if unicodedata.combining(sign) or sign == _TATWEEL:
        return ""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    # Older systems count the letters beyond the basic plane wrongly.
    return sign if sign.isalnum() and ord(sign) <= _BASIC_PLANE else " "
