"""Answers and refusals as cards, with their buttons.

Every line of our own begins with a letter of the reply language, which sets its direction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from bot.answering import (
    LONGEST_EXAMPLE,
    MOST_CHARACTERS,
    MOST_MEANT,
    OF_NEWEST,
    Answer,
    CoverageSummary,
    Explanation,
    Mode,
    Quote,
    Refusal,
    Statement,
)
from bot.arabic import mark_direction
from bot.articles import Article, outlet_key
from bot.chat.cards.article_card import article_menu
from bot.chat.cards.button_ids import BellState, ButtonKind, custom_id, encode_references, encode_scope, quote_reference
from bot.chat.cards.card import (
    ANSWER,
    NOTICE,
    REFUSAL,
    TEXT_LIMIT,
    Attachment,
    Button,
    Card,
    Menu,
    page_footnote,
    page_items,
    page_rows,
    room_beside,
    small_print,
)
from bot.chat.cards.card_text import fit, inline, link, one_line, quoted_list, size, unescape_markdown
from bot.chat.cards.introduction_card import example_rows, summary_block
from bot.chat.cards.quote_text import cut_notice, fit_lines, fit_quote
from bot.chat.cards.source_lines import (
    article_line,
    cited_line,
    day_and_age,
    join_parts,
    other_source_lines,
    outlet_name,
    outlet_names,
    scope_text,
    source_line,
    today,
)
from bot.chat.cards.source_list import article_entries
from bot.edition import StaleOutlet
from bot.retrieval import Scope
from bot.texts import (
    SECOND_PAGE,
    Texts,
    answer_lines,
    asked_in_turn,
    asks_back,
    dead_text,
    explanation_sections,
    explanation_sentences,
    follows_line,
    quote_link,
    refusal_lines,
    refusal_reason,
)

_TERM, _TERMS, _RELATED = 60, 10, 5
# A question of the longest kind that is understood, escaped and isolated.
_QUESTION = 2 * MOST_CHARACTERS + 2

# Notices that the answer came late, and in a direct message; the question, the previous question.
_ABOVE = 4

# What an article rests on, and the other sources of a quote, get at most this part of the room that is left to each.
_SMALL_PRINT_SHARE = 3

# An article that has it otherwise, or in other words, bears nobody out, and a quote that is in doubt is no sure answer.
_AGAINST = frozenset({Statement.OTHERWISE, Statement.DENIED, Statement.NEARLY_QUOTED, Statement.DOUBTFUL})
_WITHOUT_SUBJECT = frozenset({Statement.NEWEST, Statement.FURTHER})

# Of a timeline: as many quotes as the ids of the buttons for their context and for copying hold.
_A_PAGE = 3
_TITLE = 200
# Chosen: after so long a coverage without news may be one that nobody renews.
_OLD = timedelta(days=60)
# Other articles with a quote's words get at most this part of the room that is left to it.
_ALSO_SHARE = 4

QUESTION, _BEFORE = "answer.question", "answer.before"
FOLLOWS, _FOLLOWED = "answer.follows", "answer.followed"
# Cards of earlier versions say it in the second words.
_PAGES = "answer.follows_page", "answer.followed_page"
# No question has a hundred pages.
_DIGITS = 2

_SENTENCES, _SUMMARY, _FILE = 2000, 1500, "explanation.txt"

Row = tuple[Button, ...]


def outcome_card(  # noqa: PLR0913 (an outcome, and what its card shows beside it)
    result: Answer | Refusal,
    texts: Texts,
    as_of: date | None = None,
    *,
    with_question: bool = False,
    summary: CoverageSummary | None = None,
    page: int = 0,
    stale: Sequence[StaleOutlet] = (),
) -> Card:
    """Lay out an answer or refusal, below the question where nothing else shows it; of a timeline, a page.

    The previous question that completed it is always shown, then the scope. Nothing reads the scope back: a follow-up
    is put to all of the coverage. A refusal is followed by the summary of the coverage, where one is given.
    """
    asked, before, above = result.question if with_question else None, result.completed_from, tuple[str, ...]()
    if before and asks_back(result):
        # Not as understood, but for the reply to what is asked back.
        above = (texts(_BEFORE, question=asked_in_turn(before.split("\n"), texts, _writer(texts))),)
        before = None
    above = (*question_lines(asked, before, texts), *above, *scope_lines(result.scope, texts))
    room = room_beside(*above)
    if isinstance(result, Refusal):
        return replace(refusal_card(result, texts, room, summary), above=above)
    above += tuple(answer_lines(result, texts, lambda text, room: inline(text, room, texts.language)))
    if result.direct:
        above += (texts("answer.direct", answer=f"**{inline(result.direct, _TERM, texts.language)}**"),)
    note = stale_note(result, stale, texts)
    return replace(answer_card(result, texts, as_of, room_beside(*above), page, note=note), above=above)


def question_lines(question: str | None, before: str | None, texts: Texts, key: str = QUESTION) -> tuple[str, ...]:
    """Show a question and the previous ones that completed it, and from the third page of that on, which one it is.

    `read_question` and `read_previous` read them back, the former by the key of the text that shows it.
    """
    asked = (texts(key, question=inline(question, _QUESTION, texts.language)),) if question else ()
    if not before:
        return asked
    return (*asked, follows_line(before, texts, _writer(texts)))


def _writer(texts: Texts) -> Callable[[str, int], str]:
    return lambda words, _: inline(words, _QUESTION, texts.language)


def scope_lines(scope: Scope | None, texts: Texts) -> tuple[str, ...]:
    return (small_print(texts("scope.searched", scope=scope_text(scope, texts))),) if scope else ()


def read_question(shown: Sequence[str], key: str, texts: Texts) -> str | None:
    """Read the question back that a card shows under a text key, in whichever language, or several, one a line."""
    for own in texts.in_each_language:
        before, after = own(key, question="\n").split("\n")
        for line in shown[:_ABOVE]:
            if line.startswith(before) and line.endswith(after):
                return _read_in_turn(line[len(before) : len(line) - len(after)], own) or None
    return None


def read_previous(shown: Sequence[str], question: str, texts: Texts) -> str | None:
    """Read back what completed a question, as an answer has it: its lines, and one more for each page of it but two."""
    for key in (FOLLOWS, _FOLLOWED, _BEFORE):
        if asked := read_question(shown, key, texts):
            return asked
    for own, key in product(texts.in_each_language, _PAGES):
        before, between, after = own(key, question="\n", page="\n").split("\n")
        for line in shown[:_ABOVE]:
            words, _, page = line.removeprefix(before).removesuffix(after).rpartition(between)
            is_page = line.startswith(before) and line.endswith(after) and len(page) <= _DIGITS and page.isdecimal()
            if is_page and (asked := _read_in_turn(words, own)):
                return "\n".join([asked, *[question] * (int(page) - SECOND_PAGE)])
    return None


def _read_in_turn(words: str, texts: Texts) -> str:
    return "\n".join(unescape_markdown(one_line(part)) for part in words.split(texts("answer.then")))


def stale_note(answer: Answer, stale: Sequence[StaleOutlet], texts: Texts) -> str | None:
    """Say of an answer with the newest there is which outlets in its scope are silent for longer than usual."""
    if answer.mode is not Mode.LATEST and answer.statement not in OF_NEWEST:
        return None
    scope = answer.scope or Scope()
    found = [
        one
        for one in stale
        if (scope.outlet is None or outlet_key(scope.outlet) == outlet_key(one.outlet))
        if scope.until is None or scope.until > one.newest
    ]
    if len(found) == 1:
        [one] = found
        return texts("stale.newest", outlet=outlet_name(one.outlet, texts), date=texts.day(one.newest))
    names = outlet_names(tuple(one.outlet for one in found), texts)
    return texts("stale.outlets", count=len(found), outlets=names) if found else None


def answer_card(  # noqa: PLR0913 (an answer, its page, and what stands below it)
    answer: Answer,
    texts: Texts,
    as_of: date | None = None,
    room: int = TEXT_LIMIT,
    page: int = 0,
    *,
    note: str | None = None,
) -> Card:
    """Lay out each quote that it takes to answer, with its source under it, and a note or the age of the coverage.

    A timeline is a page of quotes, each under its date; the last page has the articles without one.
    """
    unquoted, quotes, share, heading = answer.unquoted_articles, answer.shown_quotes, 2, ""
    is_old = as_of and today() - as_of > _OLD and all(quote.article.published != as_of for quote in quotes)
    footnote = note or (texts("card.as_of", date=texts.day(as_of)) if as_of and is_old else None)
    if answer.is_timeline:
        entries, page, pages = page_items(answer.quotes, page, _A_PAGE)
        unquoted, share, heading = unquoted if page == pages - 1 else (), 3, texts("timeline.undated")
        footnote = join_parts(page_footnote(page, pages, texts), texts("timeline.footnote"))
    room -= size(small_print(footnote)) if footnote else 0
    listed, menu = _listed_articles(unquoted, texts, room // share, heading)
    room -= sum(map(size, listed))
    if answer.is_timeline:
        each = room // len(entries)
        blocks = tuple(_timeline_block(quote, each, texts) for quote in entries)
    else:
        blocks = quote_blocks(quotes, texts, room // len(quotes))
    colour = REFUSAL if answer.statement in _AGAINST else ANSWER
    return Card((*blocks, *listed), colour, footnote=footnote, menu=menu)


def quote_blocks(quotes: Sequence[Quote], texts: Texts, each: int) -> tuple[str, ...]:
    """Lay out each quote in so much room, with its source under it."""
    before = (None, *(quote.article.id for quote in quotes))
    return tuple(
        _quote_block(quote, each, texts, again=quote.article.id == previous)
        for quote, previous in zip(quotes, before, strict=False)
    )


def refusal_card(
    refusal: Refusal, texts: Texts, room: int = TEXT_LIMIT, summary: CoverageSummary | None = None
) -> Card:
    """Lay out why there is no answer, what is missing, what is near, and what the coverage is about."""
    about = summary_block(summary, texts) if summary else ""
    room -= size(about)
    lines = refusal_lines(refusal, texts, lambda terms: quoted_list(terms[:_TERMS], _TERM, texts))
    blocks = list(filter(None, [fit_lines(tuple(lines), room)]))
    if refusal.nearest:
        heading = texts("statement.doubtful")
        left = (room - sum(map(size, blocks))) // 2 - size(heading) - 1
        blocks += (f"{heading}\n{block}" for block in quote_blocks([refusal.nearest], texts, left))
    # A greeting is returned, not refused.
    colour = REFUSAL if refusal.is_of_question else NOTICE
    listed, menu = _listed_articles(
        refusal.related[:_RELATED], texts, room - sum(map(size, blocks)), texts("refusal.related")
    )
    return Card((*blocks, *listed, *filter(None, [about])), colour, menu=menu)


def _listed_articles(
    articles: Sequence[Article], texts: Texts, room: int, heading: str
) -> tuple[tuple[str, ...], Menu | None]:
    """Name articles below a heading, as many as fit, with the menu to open one; nothing at all where none fits."""
    if heading:
        room -= size(heading) + 1
    if not (entries := article_entries(articles, texts, room)):
        return (), None
    return (f"{heading}\n{entries}" if heading else entries,), article_menu(articles, texts)


def _quote_block(quote: Quote, room: int, texts: Texts, *, again: bool) -> str:
    """Set a quote above its source, whose link is to the quote, or the page, or left out, as the room is."""
    for source in _sources(quote, texts, again=again):
        if 2 * size(source) <= room:
            break
    if not again and (cited := cited_line(quote.article, texts, (room - size(source)) // _SMALL_PRINT_SHARE)):
        source = f"{source}\n{small_print(cited)}"
    return _quote_above(quote, source, room, _SMALL_PRINT_SHARE, texts)


def _sources(quote: Quote, texts: Texts, *, again: bool) -> Iterator[str]:
    yield source_line(quote, texts, again=again)
    yield small_print(article_line(quote.article, texts))
    yield small_print(article_line(replace(quote.article, url=None), texts))


def _timeline_block(quote: Quote, room: int, texts: Texts) -> str:
    article = quote.article
    title = link(article.title, quote_link(quote), _TITLE, texts.language)
    outlet, published = article.outlet and outlet_name(article.outlet, texts), day_and_age(article, texts)
    named = join_parts(title, outlet, quote.event_date and published, dead_text(article, texts))
    happened = texts.day_month_or_year(quote.event_date) if quote.event_date else published
    day, source = f"**{happened}**", small_print(f"{texts('answer.source')} {named}")
    return f"{day}\n{_quote_above(quote, source, room - size(day) - 1, _ALSO_SHARE, texts)}"


def _quote_above(quote: Quote, source: str, room: int, share: int, texts: Texts) -> str:
    """Set a quote above its source, with its other sources in at most this part of the room that is left."""
    if also := other_source_lines(quote, texts, (room - size(source)) // share):
        source = f"{source}\n{also}"
    cut = cut_notice(texts)
    shown, is_cut = fit_quote(quote.text, room - size(source) - size(cut) - 1, quote.highlights)
    return f"{shown}\n{source}{cut if is_cut else ''}"


def outcome_buttons(  # noqa: PLR0913 (an outcome, and what its card shows beside it)
    result: Answer | Refusal,
    asker: int | None,
    texts: Texts,
    *,
    has_more: bool,
    summary: CoverageSummary | None = None,
    page: int = 0,
    is_lasting: bool = False,
    related: Sequence[str] = (),
) -> tuple[Row, ...]:
    """Return the rows of buttons: context, copying and deletion; votes, reading on, following; what else may be asked.

    Behind the first a timeline has those that turn its pages. A refusal has what may be meant, examples, those of its
    quote, deletion and, where an answer may take its place, `is_lasting`, a bell. Without an asker there is nothing to
    vote on.
    """
    delete = () if asker is None else (Button(custom_id(ButtonKind.DELETE, str(asker)), emoji="🗑️"),)
    # The question of a button is asked alone, of the whole coverage.
    meant = () if result.completed_from or result.scope else result.meant
    asked = {
        one.question: texts("button.meant", name=one.name) for one in meant if len(one.question) <= LONGEST_EXAMPLE
    }
    if isinstance(result, Refusal):
        examples = example_rows((*asked, *(summary.examples if summary else ())), asked)
        # Other refusals are too short to be worth deleting, and nothing answers them later.
        state = BellState(0, result.reason.value, encode_scope(result.scope))
        bell = Button(custom_id(ButtonKind.BELL, state.payload), texts("button.bell"), "🔔")
        below = (bell, *delete) if is_lasting else delete
        return (*examples, (*_quote_buttons(result.shown_quotes, texts), *below)) if result.is_of_question else examples
    shown: Sequence[Quote] = result.shown_quotes
    turns: tuple[Row, ...] = ()
    if result.is_timeline:
        shown, page, pages = page_items(result.quotes, page, _A_PAGE)
        scope = f":{encode_scope(result.scope)}" if result.scope else ""
        # Each finds the timeline anew, in the same scope.
        turns = page_rows(page, pages, lambda number: custom_id(ButtonKind.TIMELINE, f"{number}{scope}"), texts)
    # Apart from the votes: what is deleted does not come back.
    first: Row = (*_quote_buttons(shown, texts), *delete)
    votes = (Button(custom_id(ButtonKind.VOTE, load), emoji=emoji) for load, emoji in (("1", "👍"), ("0", "👎")))
    last: Row = () if asker is None else tuple(votes)
    # A button must not lead to nothing; a timeline has pages of its own.
    if has_more and not result.is_timeline:
        last = (*last, Button(custom_id(ButtonKind.MORE, encode_scope(result.scope)), emoji="📚"))
    # Of the newest of all nothing can be followed.
    if asker is not None and result.statement not in _WITHOUT_SUBJECT:
        last = (*last, Button(custom_id(ButtonKind.FOLLOW), emoji="🔖"))
    examples = example_rows((*asked, *related)[:MOST_MEANT], asked)
    return tuple(filter(None, (first, *turns, last, *examples)))


def _quote_buttons(quotes: Sequence[Quote], texts: Texts) -> Row:
    """Return the buttons for the context of quotes and for copying them; none without quotes."""
    if not quotes:
        return ()
    places = encode_references([quote_reference(quote) for quote in quotes])
    context = Button(custom_id(ButtonKind.CONTEXT, places), texts("button.context"), "🔎")
    return context, Button(custom_id(ButtonKind.CITE, places), texts("button.cite"), "📋")


def explanation_card(explanation: Explanation, texts: Texts) -> Card:
    """Say what decided, what the member reads and how the question was understood; the numbers are in a file."""

    # The texts isolate other people's words by their first letter, which is Latin in some Arabic titles.
    def escaped(text: str, room: int) -> str:
        return mark_direction(fit(one_line(text), room - 1))

    lines = [explanation_sentences(explanation, texts, escaped)]
    if isinstance(explanation.outcome, Refusal):
        lines.append(texts("explain.reply", text=refusal_reason(explanation.outcome, texts)))
    summary, *_ = explanation_sections(explanation, texts, escaped)
    blocks = (fit_lines(lines, _SENTENCES), fit_lines(summary.lines, _SUMMARY))
    sections = explanation_sections(explanation, texts, lambda text, room: one_line(text)[:room])
    written = "\n\n".join("\n".join((section.heading, *section.lines)) for section in sections)
    # Questions may hold halves of letters.
    file = Attachment(_FILE, written.encode("utf-8", "replace").decode() + "\n")
    return Card(blocks, title=summary.heading, footnote=texts("explained.numbers"), attachment=file)
