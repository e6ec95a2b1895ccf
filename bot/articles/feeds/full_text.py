"""The text that a feed carries of a piece: judged whole or an excerpt, and laid out as a page of its own."""

from html import escape, unescape

from bot.articles.characters import one_line
from bot.articles.feeds.feed_entry import FeedEntry

# Of what feeds call the content, excerpts end at 55 words (WordPress) or at a few hundred signs.
_FEWEST_WORDS = 120
# What is called a description may be a long lead, too.
_FEWEST_WORDS_OF_DESCRIPTION = 250
# What the last words of an excerpt say, or lead on with.
_CUT_OFF = ("…", "...")
_LEADS_ON = ("اقرأ المزيد", "إقرأ المزيد", "قراءة المزيد", "متابعة القراءة", "للمزيد", "read more", "continue reading")
_CLOSING = " )]»\"'>"
_END = 80  # characters that are looked at for it
LONGEST_TEXT = 2_000_000
"""Characters; as much as a file of an article may have bytes, in two-byte letters."""


def without_markup(text: str) -> str:
    """Return a line of HTML as plain text."""
    return one_line(unescape(_without_tags(text)))


def _without_tags(text: str) -> str:
    """Drop everything between angle brackets; one that never closes stays, as in «5 < 7»."""
    kept = []
    position = 0
    while (start := text.find("<", position)) >= 0 and (end := text.find(">", start)) >= 0:
        kept += [text[position:start], " "]
        position = end + 1
    return "".join([*kept, text[position:]])


def as_full_text(html: str, *, is_description: bool = False) -> str | None:
    """Return the text of a feed (HTML) where it is the whole of the piece; None for an excerpt."""
    if len(html) > LONGEST_TEXT:
        return None
    text = without_markup(html)
    fewest = _FEWEST_WORDS_OF_DESCRIPTION if is_description else _FEWEST_WORDS
    return html if len(text.split()) >= fewest and not _is_excerpt(text[-_END:].lower()) else None


def _is_excerpt(end: str) -> bool:
    return end.rstrip(_CLOSING).endswith(_CUT_OFF) or any(words in end for words in _LEADS_ON)


def page_of(entry: FeedEntry) -> str:
    """Lay the full text of an entry out as a page, so that it is read as pages are."""
    title, canonical = escape(entry.title), f'<link rel="canonical" href="{escape(entry.link)}">'
    day = f'<meta property="article:published_time" content="{entry.day.isoformat()}">' if entry.day else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}">{canonical}{day}</head>'
        f"<body><article><h1>{title}</h1>{entry.body or ''}</article></body></html>"
    )
