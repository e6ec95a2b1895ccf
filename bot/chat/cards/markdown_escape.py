"""Escaping of other people's words: every character shows as it is, and none is read as markup.

Discord drops a backslash before an ASCII character that is neither a letter, a digit nor a space, so escaping
leaves the words verbatim to the reader. Escaped are: emphasis, spoilers, code and block quotes (`* _ ~ | > ``),
masked links (`[ ]`), all that stands between angle brackets (mentions, channels, timestamps, emoji, commands),
`@everyone`, the colon of links and of `:emoji:`, and what begins a heading, a small line or a list.
"""

import re
from collections.abc import Mapping, Sequence

from bot.arabic import BIDI_CONTROLS, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, Span, numbered_phrases

_ANYWHERE = re.compile(r"[\\*_~|`<>\[\]@]|:(?=\S)")
# Discord's own line breaks are \n; the others count as well in case a client reads them so.
_BREAKS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE_START = rf"((?:\A|[{_BREAKS}])[^\S{_BREAKS}]*)"
_OPENING_MARK = re.compile(_LINE_START + r"([-+#])")
_NUMBERED = re.compile(_LINE_START + r"([0-9]+)([.)])")
_ESCAPE_OR_BOLD = re.compile(r"\\([^0-9A-Za-z\s])|\*\*")
_BIDI_CONTROLS = re.compile(f"[{BIDI_CONTROLS}]")


def escape_markdown(text: str) -> str:
    """Escape all that Discord reads as markup, a mention or a link."""
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    text = _OPENING_MARK.sub(r"\1\\\2", text)
    return _NUMBERED.sub(r"\1\2\\\3", text)


def unescape_markdown(text: str) -> str:
    """Return an escaped text as its reader sees it."""
    return _ESCAPE_OR_BOLD.sub(r"\1", text)


def escape_with_bold(text: str, marks: Sequence[Span]) -> str:
    """Escape a text, set the marked spans in bold, neighbouring spans as one, and isolate phrases behind a number."""
    isolates = _isolates(text)
    parts, done = list[str](), 0
    for mark in _joined(text, marks):
        parts.append(_escape_isolated(text, Span(done, mark.start), isolates))
        # An isolate at the edge of bold words stands outside of them.
        inner = {place: sign for place, sign in isolates.items() if mark.start < place < mark.end}
        parts.append(f"**{_escape_isolated(text, mark, inner)}**")
        done = mark.end
    return "".join([*parts, _escape_isolated(text, Span(done, len(text)), isolates)])


def _isolates(text: str) -> dict[int, str]:
    """Return the signs that open and close isolates, by the places that they stand before."""
    spans = tuple(numbered_phrases(text))
    return {span.start: LEFT_TO_RIGHT_ISOLATE for span in spans} | {span.end: POP_ISOLATE for span in spans}


def _escape_isolated(text: str, span: Span, isolates: Mapping[int, str]) -> str:
    """Escape a span of a text, with the isolates in it and at its ends."""
    parts, done = list[str](), span.start
    for place in sorted(isolates):
        if span.start <= place <= span.end:
            parts += [escape_markdown(text[done:place]), isolates[place]]
            done = place
    return "".join([*parts, escape_markdown(text[done : span.end])])


def block_quote(text: str, marks: Sequence[Span] = ()) -> str:
    """Set a text as a block quote, escaped, line by line, with its marked spans in bold."""
    return "\n".join(f"> {line}" for line in escape_with_bold(text, marks).split("\n"))


def one_line(text: str) -> str:
    """Bring a title, an outlet or a file name onto one line without direction controls, which our lines set."""
    return " ".join(_BIDI_CONTROLS.sub("", text).split())


def _joined(text: str, marks: Sequence[Span]) -> list[Span]:
    """Join spans that overlap or are one space apart; leave out those beyond the end of a shortened text."""
    joined: list[Span] = []
    for mark in marks:
        if mark.end > len(text):
            break
        if joined and (mark.start <= joined[-1].end or text[joined[-1].end : mark.start] == " "):
            joined[-1] = Span(joined[-1].start, max(mark.end, joined[-1].end))
        else:
            joined.append(mark)
    return joined
