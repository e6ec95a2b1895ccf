"""Cards: an answer or a refusal laid out for Discord. Every line of ours begins with a letter of ours."""

from datetime import date

import discord

from bot.answering import MOST_CHARACTERS, Answer, Quote, Refusal
from bot.articles import Article
from bot.chat.layout import DESCRIPTION, fit, link, name, size
from bot.chat.neutralise import block_quote
from bot.texts import Texts

_ANSWER = discord.Colour(0x1B7F5C)
_REFUSAL = discord.Colour(0xC58B2A)
_NOTICE = discord.Colour(0x5B6B7A)
_TITLE, _OUTLET, _TERM, _TERMS = 200, 80, 60, 10


def card(result: Answer | Refusal, texts: Texts) -> discord.Embed:
    """Lay out whatever came of a question."""
    return answer_card(result, texts) if isinstance(result, Answer) else refusal_card(result, texts)


def answer_card(answer: Answer, texts: Texts) -> discord.Embed:
    """Lay out each quote with its source under it."""
    room = DESCRIPTION // len(answer.quotes) - len("\n\n")
    blocks = (_quote_block(quote, room, texts) for quote in answer.quotes)
    embed = discord.Embed(description="\n\n".join(blocks), colour=_ANSWER)
    return embed.set_footer(text=texts("card.footer"))


def refusal_card(refusal: Refusal, texts: Texts) -> discord.Embed:
    """Lay out why there is no answer, what the coverage lacks, and what to read instead."""
    lines = [_reason(refusal, texts)]
    if refusal.missing:
        lines.append(texts("refusal.missing", terms=_terms(refusal.missing, texts)))
    if refusal.related:
        lines += ["", texts("refusal.related"), *(reading_line(article, texts) for article in refusal.related[:5])]
    return discord.Embed(description=fit_lines(lines), colour=_REFUSAL)


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


def _reason(refusal: Refusal, texts: Texts) -> str:
    return texts(f"refusal.{refusal.reason}", length=len(refusal.question), limit=MOST_CHARACTERS)


def _terms(terms: tuple[str, ...], texts: Texts) -> str:
    quoted = (f"«{name(term, _TERM, texts.language)}»" for term in terms[:_TERMS])
    return f"{texts('card.comma')} ".join(quoted)


def _joined(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))
