"""Cards: an answer or a refusal laid out for Discord. Every line of ours begins with a letter of ours."""

from collections.abc import Sequence
from datetime import date

import discord

from bot.answering import MOST_CHARACTERS, Answer, Quote, Refusal
from bot.articles import Article
from bot.chat.layout import DESCRIPTION, fit, link, name, size
from bot.chat.neutralise import as_shown, block_quote, one_line
from bot.texts import Texts

_ANSWER = discord.Colour(0x1B7F5C)
_REFUSAL = discord.Colour(0xC58B2A)
_NOTICE = discord.Colour(0x5B6B7A)
_TITLE, _OUTLET, _TERM, _TERMS = 200, 80, 60, 10
# A question of the longest kind that is understood, escaped and isolated.
_QUESTION = 2 * MOST_CHARACTERS + 2

QUESTION, FOLLOWS = "answer.question", "answer.follows"


def card(result: Answer | Refusal, texts: Texts, *, with_question: bool = False) -> discord.Embed:
    """Lay out whatever came of a question, below the question where nothing else shows it.

    A question that leaned on the one before it is always marked as such: `shown_question` reads that back.
    """
    heading = ""
    if result.completed_from:
        heading = _heading(FOLLOWS, result.completed_from, texts)
    elif with_question and result.question:
        heading = _heading(QUESTION, result.question, texts)
    room = DESCRIPTION - size(heading)
    embed = answer_card(result, texts, room) if isinstance(result, Answer) else refusal_card(result, texts, room)
    embed.description = f"{heading}{embed.description}"
    return embed


def shown_question(embeds: Sequence[discord.Embed], key: str, texts: Texts) -> str | None:
    """Read a question back from the first line of a card that shows it under this key."""
    line = (embeds[0].description or "").partition("\n")[0] if embeds else ""
    before, after = texts(key, question="\n").split("\n")
    if not (line.startswith(before) and line.endswith(after)):
        return None
    return as_shown(one_line(line[len(before) : len(line) - len(after)])) or None


def answer_card(answer: Answer, texts: Texts, room: int = DESCRIPTION) -> discord.Embed:
    """Lay out each quote with its source under it."""
    each = room // len(answer.quotes) - len("\n\n")
    blocks = (_quote_block(quote, each, texts) for quote in answer.quotes)
    embed = discord.Embed(description="\n\n".join(blocks), colour=_ANSWER)
    return embed.set_footer(text=texts("card.footer"))


def refusal_card(refusal: Refusal, texts: Texts, room: int = DESCRIPTION) -> discord.Embed:
    """Lay out why there is no answer, what the coverage and the nearest passage lack, and what to read instead."""
    lines = [reason_line(refusal, texts)]
    if refusal.missing:
        lines.append(texts("refusal.missing", terms=_terms(refusal.missing, texts)))
    if lack := refusal.lacking:
        lines.append(texts(f"lacking.{lack.kind}", words=_terms(lack.words, texts)))
    if refusal.hint:
        lines.append(refusal.hint)
    if refusal.related:
        lines += ["", texts("refusal.related"), *(reading_line(article, texts) for article in refusal.related[:5])]
    return discord.Embed(description=fit_lines(lines, room), colour=_REFUSAL)


def reason_line(refusal: Refusal, texts: Texts) -> str:
    """Say in one line why there is no answer."""
    return texts(f"refusal.{refusal.reason}", length=len(refusal.question), limit=MOST_CHARACTERS)


def notice(text: str, title: str | None = None) -> discord.Embed:
    """Lay out a sentence of ours."""
    return discord.Embed(title=title, description=text, colour=_NOTICE)


def reading_line(article: Article, texts: Texts) -> str:
    """Name an article as reading: when it appeared, its title as a link, its outlet."""
    title = link(article.title, article.url, _TITLE, texts.language)
    dated = "card.dated" if article.published else "card.undated"
    line = texts(dated, date=article.published and day(article.published, texts), title=title)
    return _joined(line, article.outlet and name(article.outlet, _OUTLET, texts.language))


def day(value: date, texts: Texts) -> str:
    """Write a date in the reply language."""
    return texts("date.form", day=value.day, month=texts(f"date.month.{value.month}"), year=value.year)


def fit_lines(lines: list[str], room: int = DESCRIPTION) -> str:
    """Keep the first lines that fit together."""
    text = ""
    for line in lines:
        if size(text) + size(line) > room:
            break
        text += line + "\n"
    return text.rstrip("\n")


def _heading(key: str, question: str, texts: Texts) -> str:
    return texts(key, question=name(question, _QUESTION, texts.language)) + "\n\n"


def _quote_block(quote: Quote, room: int, texts: Texts) -> str:
    source = _source(quote, texts)
    return f"{fit(quote.text, room - size(source) - 1, block_quote)}\n{source}"


def _source(quote: Quote, texts: Texts) -> str:
    article = quote.article
    title = link(article.title, article.url, _TITLE, texts.language)
    outlet = article.outlet and name(article.outlet, _OUTLET, texts.language)
    published = texts("card.published", date=day(article.published, texts)) if article.published else None
    place = texts("answer.paragraph", number=quote.paragraph + 1)
    place = place[0].upper() + place[1:] if published is None else place
    return f"{texts('answer.source')}: {_joined(title, outlet)}\n{_joined(published, place)}"


def _terms(terms: tuple[str, ...], texts: Texts) -> str:
    quoted = (f"«{name(term, _TERM, texts.language)}»" for term in terms[:_TERMS])
    return f"{texts('card.comma')} ".join(quoted)


def _joined(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))
