"""Sections of a page that are no text of its article: readers' comments, other news, promotions, polls, embedded posts.

A comment that is quoted as the paper's word is worse than a lost paragraph: what may be one below an article goes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.arabic import ends_sentence
from bot.articles.article import Block
from bot.articles.html.metadata import full_day
from bot.articles.html.page_text import UNSEEN, element_names, is_inline
from bot.articles.html.prose import has_phrase, is_prose
from bot.articles.marks import GAP, BoilerplatePhrases, fold, opens_with

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMED_BY = ("role", "itemprop", "itemtype", "name", "data-component", "data-testid", "data-block", "data-type")
_WHOLE = frozenset({"html", "head", "body", "main"})
# Whole articles stand in elements of names such as «post comments-open».
_COMMENTS = re.compile(
    r"(?<!has-)(?<!no-)(?<!with-)comments?(?!ary|ator|ed|[\s_-]*(?:open|closed?|enabled|disabled|count|number|off|on|link)\b)"
    r"|disqus|guestbook|(?<![a-z])(?:respond|replies|discussion)(?![a-z])"
)
_BOXES = re.compile(
    r"(?<![a-z])(?:polls?|survey|quiz|newsletters?|subscri(?:be|ptions?)|sign-?up|opt-?in|app-?(?:banner|download)|tickers?"
    r"|twitter-tweet|instagram-media|tiktok-embed|fb-post|sponsor(?:ed)?|outbrain|taboola|(?:ai|auto)-(?:box|summary)"
    r"|amp-(?:ad|embed|twitter|facebook|instagram|consent)|(?<!\d)ads?(?!\d)|advert(?:s|isements?|ising)?|adsbygoogle|a-rec"
    r"|donat(?:e|ions?)|support-?us|sr-only|screen-?reader(?:-text)?|visually-hidden)(?![a-z])"
)
# The same where they hold links: without one, they may be what belongs to the article.
_LINK_BOXES = re.compile(
    r"(?<![a-z])(?:related|recommend(?:ed|ations?)|read-?(?:more|also)|see-?also|more-on|promos?|breaking|trending|most-?read|up-?next|playlist)(?![a-z])"
)
# Where readers are asked to join.
_INVITATIONS = re.compile(
    r"//(?:(?:www\.)?whatsapp\.com/channel|chat\.whatsapp\.com|t\.me/(?:\+|joinchat)|news\.google\.com/publications)"
)
_HEADING = re.compile(r"h[1-6]")
_NO_CARDS = re.compile(r"p|[uod]l|t[rdh]")
_NO_COMMENTS = frozenset({"table", "tbody", "tr", "td"})
_FIELDS = frozenset({"email", "radio", "text", "tel", "submit"})
_POSTS = re.compile(
    r"//(?:www\.|mobile\.)?(?:twitter\.com|x\.com|t\.co|t\.me|facebook\.com|instagram\.com|tiktok\.com|threads\.net)/"
)
_HANDLE = re.compile(r"(?:^|\s)\(?@\w{2,30}\)?(?:\s|$)")
# Chosen, with the templates of tests/articles/html/made: shares of a page's words outside links, and words.
_MOST_SHARE = 0.34
_MOST_FIELD_WORDS, _INVITATION_WORDS = 60, 30
_HEADING_WORDS, _READERS_WORDS = 8, 3
_LEAST_ABOVE = 40
_COMMENT_WORDS = range(4, 400)
_SIGNED = _CARDS = 2
_MOST_HEADINGS = 100  # each looks at what stands beside it
# Of lines without their elements, with which an extraction is gone over.
_TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)|(?<!\d)\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?!\d)")
_BETWEEN_NAMES = re.compile(r"(?<=\s)[-–—|,،•·]|[,،:](?=\s)")
_SIGNATURE_WORDS = 7
_NAME = re.compile(r"[^\W\d_][^\s\d.:!?؟،؛]*(?:\s+[^\s\d.:!?؟،؛]+){0,3}")
_MOST_LINES = 3  # of a comment below a name
_MOST_SKIPPED = 12  # blocks
_PARAGRAPHS_ABOVE = 2
_MOST_BELOW = 1
_NUMBER = re.compile(r"\d+")
_LEAST_WORDS, _SENTENCE_WORDS = 3, 8


def foreign_sections(tree: HtmlElement, phrases: BoilerplatePhrases) -> set[HtmlElement]:
    """Find the elements of a page that hold no text of its article; none is within another."""
    return _Sections(tree, phrases).find()


class _Sections:
    """Knows how many words stand in each element and before it, and judges elements by that."""

    def __init__(self, tree: HtmlElement, phrases: BoilerplatePhrases) -> None:
        self._tree, self._phrases = tree, phrases
        self._boxes = frozenset((*phrases.tails, *phrases.teasers, *phrases.box_headings))
        self._box_openings = tuple(each for each in phrases.box_headings if GAP in each)
        self._words, self._free = defaultdict[object, int](int), defaultdict[object, int](int)  # in all, outside links
        self._before = defaultdict[object, int](int)
        self._titled = set[object]()  # what holds the headline, or is said to be the article's text
        elements = [element for element in tree.iter() if isinstance(element.tag, str)]
        for element in reversed(elements):
            self._count(element)
        for element in elements:
            before = self._before[element] + _words(element.text)
            for child in element:
                self._before[child] = before
                before += self._free[child] + _words(child.tail)
        self._elements, self._headings = elements, 0
        self._found: set[HtmlElement] = set()

    def _count(self, element: HtmlElement) -> None:
        """Add the words of an element to its own and to its parent's."""
        parent = element.getparent()
        if element.tag in UNSEEN:
            self._words[element] = self._free[element] = 0
        else:
            self._words[element] += _words(element.text)
            self._free[element] = 0 if element.tag == "a" else self._free[element] + _words(element.text)
        is_text = element.tag == "h1" or (element.get("itemprop") or "").lower() == "articlebody"
        if is_text or element in self._titled:
            self._titled.update({element, parent})
        self._words[parent] += self._words[element] + _words(element.tail)
        self._free[parent] += self._free[element] + _words(element.tail)

    def find(self) -> set[HtmlElement]:
        """Judge each element that stands in none found before."""
        inside, title, heads = set[object](), 0, set[object]()
        for element in self._elements:
            if element.getparent() in inside or element in self._found:
                inside.add(element)
                continue
            if element.tag == "h1":
                if heads and self._before[element] - title >= 2 * _LEAST_ABOVE:
                    self._found.update(self._next_article(element, heads))
                title = self._before[element]
                heads = {*element.iterancestors()}
            for section in self._sections(element, self._before[element] - title):
                self._found.add(section)
            if element in self._found:
                inside.add(element)
        return self._found

    def _next_article(self, title: HtmlElement, others: Collection[HtmlElement]) -> Iterator[HtmlElement]:
        """Yield the box of a title that is laid out as that of the article above, and all that follows."""
        box = title
        while (parent := box.getparent()) is not None and parent not in others:
            box = parent
        names, is_first = element_names(box).strip(), self._before[title] - self._before[box] <= _HEADING_WORDS
        long = (each for each in box.itersiblings(preceding=True) if self._free[each] >= 2 * _LEAST_ABOVE)
        if names and is_first and any(each in others and element_names(each).strip() == names for each in long):
            yield from (each for each in (box, *box.itersiblings()) if isinstance(each.tag, str))

    def _sections(self, element: HtmlElement, above: int) -> Iterator[HtmlElement]:
        """Yield what goes because of an element that stands below so many words."""
        named = (element.get(name, "").lower() for name in _NAMED_BY)
        names, label = " ".join([element.tag, element_names(element), *named]), fold(element.get("aria-label") or "")
        if element.tag not in _WHOLE and self._words[element]:
            is_comments = _COMMENTS.search(names) or (label and is_comments_heading(label, self._phrases))
            if is_comments and element not in self._titled and not is_inline(element.tag):
                yield element
                return
            is_box = (
                _BOXES.search(names)
                or self._opens_box(label)
                or (_LINK_BOXES.search(names) and self._free[element] < self._words[element])
            )
            if (is_box or _is_post(element)) and self._is_small(element):
                yield element
                return
        is_button = element.tag in {"a", "button"} and fold(element.text_content()) in self._phrases.box_buttons
        is_invitation = element.tag == "a" and _INVITATIONS.search(element.get("href") or "") is not None
        is_field = element.tag == "input" and (element.get("type") or "text").lower() in _FIELDS
        if is_field or is_button or is_invitation or element.tag == "textarea":
            yield from self._form(element, _INVITATION_WORDS if is_invitation else _MOST_FIELD_WORDS)
        elif 0 < self._words[element] <= _HEADING_WORDS and self._free[element] and _is_line(element):
            yield from self._under_heading(element, above)
        elif len(element):
            yield from self._signed(element, self._before[element] - above)
            yield from self._cards(element)

    def _opens_box(self, text: str) -> bool:
        return text in self._boxes or has_phrase(text, self._box_openings)

    def _is_small(self, element: HtmlElement) -> bool:
        return element not in self._titled and self._free[element] <= _MOST_SHARE * self._free[self._tree]

    def _form(self, field: HtmlElement, most: int) -> Iterator[HtmlElement]:
        """Yield the largest element of few words around a field that readers fill in, or a button."""
        box, parent = None, field.getparent()
        while parent is not None and parent.tag not in _WHOLE and self._words[parent] <= most:
            if not self._is_small(parent):
                break
            box, parent = box if is_inline(parent.tag) else parent, parent.getparent()
        if box is not None and self._words[box]:
            yield box

    def _cards(self, element: HtmlElement) -> Iterator[HtmlElement]:
        """Yield children side by side that each begin with a headline that leads elsewhere."""
        cards = [child for child in element if self._words[child] and self._is_card(child)]
        if len(cards) >= _CARDS and sum(map(self._free.__getitem__, cards)) <= _MOST_SHARE * self._free[self._tree]:
            yield from cards

    def _is_card(self, element: HtmlElement) -> bool:
        """Whether the first words of an element, but for a label or a time, are a link that ends its line."""
        is_plain = (is_inline(element.tag) and "-" not in element.tag) or _NO_CARDS.fullmatch(element.tag) is not None
        # A list of links, or of sources, may be the article's own.
        is_plain |= element.tag == "li" and self._free[element] <= _LEAST_WORDS
        for link in element.iter("a") if self._words[element] <= _MOST_FIELD_WORDS and not is_plain else ():
            if self._words[link] > _LEAST_WORDS and not (link.get("href") or "#").startswith("#"):
                most = _HEADING_WORDS if _HEADING.fullmatch(link.getparent().tag) else _LEAST_WORDS
                return self._before[link] - self._before[element] <= most and _ends_line(link, element)
        return False

    def _under_heading(self, element: HtmlElement, above: int) -> Iterator[HtmlElement]:
        """Yield the box that a heading of comments or other news opens, or what follows it where it opens none."""
        text = fold(element.text_content())
        is_comments = is_comments_heading(text, self._phrases)
        is_readers = len(text.split()) <= _READERS_WORDS and has_phrase(text, self._phrases.readers)
        if not (is_comments or is_readers or self._opens_box(text)) or self._headings == _MOST_HEADINGS:
            return
        self._headings += 1
        head, parent = element, element.getparent()
        while parent is not None and self._words[parent] == self._words[element]:
            head, parent = parent, parent.getparent()
        if parent is None:
            return
        is_below = above >= _LEAST_ABOVE
        of_readers = (is_comments or is_readers) and is_below
        box = parent if self._opens(head, parent) and (of_readers or self._is_small(parent)) else head
        if box is parent or not (is_comments or is_readers) or (is_comments and is_below):
            yield box
        if is_comments and is_below:
            yield from self._rest(box)

    def _opens(self, head: HtmlElement, parent: HtmlElement) -> bool:
        """Whether nothing stands in an element before its heading, and no headline of an article."""
        if parent.tag in _WHOLE or parent in self._titled or _words(parent.text):
            return False
        return not any(self._words[each] for each in head.itersiblings(preceding=True))

    def _rest(self, element: HtmlElement) -> Iterator[HtmlElement]:
        """Yield all that follows an element on the page but what holds a headline."""
        level = element
        while level is not None and level.tag != "body":
            yield from (each for each in level.itersiblings() if isinstance(each.tag, str) and each not in self._titled)
            level = level.getparent()

    def _signed(self, element: HtmlElement, title: int) -> Iterator[HtmlElement]:
        """Yield children below the article's text that are signed side by side, or have the buttons of a comment."""
        long = [child for child in element if self._words[child] in _COMMENT_WORDS and len(child)]
        below = [child for child in long if self._before[child] - title >= _LEAST_ABOVE]
        is_apart = len(below) >= _SIGNED and self._is_apart(element, below)
        signed = [child for child in below if self._is_signed(child, is_apart=is_apart)]
        # A live blog is signed as well, and has no other text.
        if sum(map(self._free.__getitem__, signed)) > self._free[self._tree] / 2 and not self._is_small(element):
            return
        texts = (str(text) for child in signed for text in child.itertext())
        if len(signed) >= _SIGNED or any(fold(text) in self._phrases.comment_buttons for text in texts):
            yield from signed

    def _is_apart(self, element: HtmlElement, units: Sequence[HtmlElement]) -> bool:
        """Whether the box around some elements holds hardly anything else, and stands among no paragraphs."""
        while (parent := element.getparent()) is not None and parent not in self._titled and parent.tag not in _WHOLE:
            element = parent
        others = self._words[element] - sum(map(self._words.__getitem__, units))
        beside = {each.tag for way in (True, False) for each in element.itersiblings(preceding=way)}
        return element not in self._titled and others <= _MOST_FIELD_WORDS and "p" not in beside

    def _is_signed(self, element: HtmlElement, *, is_apart: bool) -> bool:
        """Whether an element is laid out as a comment: some lines of which short ones sign a longer one.

        In a box that stands `is_apart` from the text a name above it is enough.
        """
        is_cell = element.tag in _NO_COMMENTS and sum(self._words[cell] > 0 for cell in element.iter("td")) == 1
        others = any(True for _ in element.iterdescendants("table", "h2", "h3", "h4"))
        if (element.tag in _NO_COMMENTS and not is_cell) or others:
            return False  # figures, an entry of a live blog, or the teaser of an article
        texts = [text for text in map(str.strip, map(str, element.itertext())) if text]
        tags = {str(each.tag) for each in element.iterdescendants()}
        has_lines = any(not is_inline(tag) and tag not in UNSEEN for tag in tags)
        if not has_lines or not any(map(is_sentence, texts)):
            return False
        return is_signature(texts, self._phrases) or (is_apart and _is_named(element, texts))


def _is_post(element: HtmlElement) -> bool:
    """Whether an element is a post of a network, with its link or the handle of its writer."""
    if element.tag != "blockquote":
        return False
    links = (link.get("href") or "" for link in element.iter("a"))
    return any(map(_POSTS.search, links)) or any(_HANDLE.search(str(text)) for text in element.itertext())


def _is_named(element: HtmlElement, texts: Sequence[str]) -> bool:
    """Whether the first line of an element may be the name of who wrote the few others."""
    named = (each for each in element.iter() if (each.text or "").strip() == texts[0])
    first = next(named, element)
    is_line = first is not element and _ends_line(first, element)
    return is_line and len(texts) <= _MOST_LINES and _NAME.fullmatch(texts[0]) is not None


def _is_line(element: HtmlElement) -> bool:
    """Whether nothing stands beside an element on its line."""
    parent, before = element.getparent(), element.getprevious()
    if not is_inline(element.tag) or parent is None:
        return not is_inline(element.tag)
    text = parent.text if before is None else before.tail if not is_inline(before.tag) else "x"
    return not (text or "").strip() and _ends_line(element, parent)


def _ends_line(link: HtmlElement, element: HtmlElement) -> bool:
    """Whether nothing follows a link on its line, in an element."""
    while link is not element and is_inline(link.tag):
        following = link.getnext()
        if (link.tail or "").strip() or (following is not None and is_inline(following.tag)):
            return False
        if following is not None:
            return True
        link = link.getparent()
    return True


def _words(text: str | None) -> int:
    return len((text or "").split())


def is_comments_heading(text: str, phrases: BoilerplatePhrases) -> bool:
    """Whether a text is a heading of readers' comments, with their number or without."""
    words = fold(text).split()
    bare = " ".join(word for word in words if not word.isdigit())
    if bare in phrases.comment_headings:
        return True
    # «3 تعليقات», «3 ردود على …»
    openings = tuple(noun for noun in phrases.comment_nouns if " " in noun)
    return words[:1] != bare.split()[:1] and (bare in phrases.comment_nouns or opens_with(bare, openings))


def is_sentence(text: str) -> bool:
    """Whether a text is some words with the signs of a sentence."""
    return len(text.split()) > _LEAST_WORDS and (ends_sentence(text) or len(text.split()) >= _SENTENCE_WORDS)


def is_signature(texts: Sequence[str], phrases: BoilerplatePhrases) -> bool:
    """Whether short texts beside each other sign a comment: a button of one, or a name with a time."""
    short = [text for text in texts if len(text.split()) <= _SIGNATURE_WORDS and not ends_sentence(text)]
    folded = [fold(text) for text in short]
    timed = [
        bool(_TIME.search(text) or has_phrase(text, phrases.comment_times) or (_NUMBER.search(text) and full_day(text)))
        for text in short
    ]
    # Names stand apart from the time or before it: without one, it is the list of an article's own dates.
    named = [_NUMBER.sub("", text).strip() for text, is_timed in zip(folded, timed, strict=True) if not is_timed]
    return any(text in phrases.comment_buttons for text in folded) or (any(timed) and any(named))


def drop_comments(blocks: Sequence[Block], phrases: BoilerplatePhrases) -> list[Block]:
    """Leave out what a screen reader may pass over, and below an article all that readers wrote.

    That begins with a heading of comments, or with the first of several signed in a row, to the end.
    """
    kept = list(_without_skipped(blocks, phrases))
    for place, block in enumerate(kept):
        above = sum(map(is_prose, kept[:place]))
        if above and is_comments_heading(block.text, phrases):
            return kept[:place]
        if above >= _PARAGRAPHS_ABOVE and _is_line_of_comment(block, phrases):
            signed = [_is_line_of_comment(other, phrases) for other in kept[place:]]
            # A notice may stand below the last.
            below = signed[: max(place for place, is_one in enumerate(signed) if is_one) + 2 + _MOST_BELOW]
            is_run = len(below) == len(signed) and all(map(any, pairwise(signed[: len(signed) - _MOST_BELOW])))
            if sum(signed) > 1 and is_run and not (block.item and all(signed)):
                # Where the last line is a signature, each stands below its comment.
                return kept[: place - signed[-1]]
    return kept


def _is_line_of_comment(block: Block, phrases: BoilerplatePhrases) -> bool:
    text = block.text
    if block.heading or "|" in text or len(text.split()) > _SIGNATURE_WORDS or ends_sentence(text):
        return False
    parts = list(map(str.strip, _BETWEEN_NAMES.split(text, maxsplit=1)))
    return len(parts) > 1 and is_signature(parts, phrases)


def _without_skipped(blocks: Sequence[Block], phrases: BoilerplatePhrases) -> Iterator[Block]:
    end = 0
    for place, block in enumerate(blocks):
        if len(block.text.split()) <= phrases.line_words and has_phrase(block.text, phrases.skip_links):
            link, below = fold(block.text).split(), range(place + 1, min(place + _MOST_SKIPPED, len(blocks)))
            ends = [(number, words) for number in below if (words := _skip_end(blocks[number], phrases)) is not None]
            named = [number for number, words in ends if words and words <= {*link}]
            end = max(end, 1 + next(iter((*named, *(number for number, _ in ends), place))))
        if place >= end:
            yield block


def _skip_end(block: Block, phrases: BoilerplatePhrases) -> set[str] | None:
    """Return the words by which a line says whose end it is, None for any other text."""
    folded = f" {fold(block.text)} "
    found = next(
        (end for end in phrases.skip_ends if folded.startswith(f" {end} ") or folded.endswith(f" {end} ")), None
    )
    if found is None or len(folded.split()) > _SIGNATURE_WORDS or ends_sentence(block.text):
        return None
    return {*folded.replace(found, " ").split()}
