"""Tells the lines of a page that say who wrote an article, where and when, and no more."""

from collections.abc import Sequence

from bot.articles.block import Block
from bot.articles.credit_lines import Credit, credit_of, names_of
from bot.articles.marks import Marks
from bot.articles.page_marks import is_prose

_MOST_PROSE = 2  # the first paragraph may be a standfirst


def without_credits(blocks: Sequence[Block], author: str | None, marks: Marks) -> tuple[list[Block], Credit]:
    """Leave out the credits above the text, under its first paragraph and behind it; return what they say.

    `author` is whom the page names.
    """
    names = names_of(author)
    kept, found, prose = list[Block](), list[Credit](), 0
    for place, block in enumerate(blocks):
        # Behind the text only a name that is known makes a credit.
        is_near = prose < _MOST_PROSE or (place == len(blocks) - 1 and names)
        credit = credit_of(block.text, names, marks, by_mail=not prose) if is_near and not block.heading else None
        if credit is None:
            kept.append(block)
            prose += is_prose(block)
        else:
            found.append(credit)
    authors = (credit.author for credit in found if credit.author)
    days = (credit.day for credit in found if credit.day)
    return kept, Credit(next(authors, None), next(days, None))


def author_of(author: str | None, credit: Credit) -> str | None:
    """Return whom the page names, or else whom its credit does."""
    if author is None or credit.author is None:
        return author or credit.author
    # An address behind an Arabic name is read as more of the name.
    is_longer = author.startswith(f"{credit.author} ")
    with_address = is_longer and author.removeprefix(credit.author).isascii() and not credit.author.isascii()
    return credit.author if with_address else author
