"""Output to the terminal; colours only on a terminal."""

import io
import json
import os
import re
import sys
from collections.abc import Sequence
from typing import Literal, NoReturn

from rich.console import Console
from rich.text import Text

from bot.answering import Answer, CoverageSummary, Explanation, Quote, Refusal
from bot.arabic import Span
from bot.articles import Article, Rejection
from bot.console.text_layout import readable_link, wrap, wrap_parts
from bot.edition import Edition
from bot.ops.typography import printable
from bot.texts import (
    Texts,
    answer_lines,
    asks_back,
    cited_text,
    dead_text,
    explanation_sections,
    follows_line,
    refusal_lines,
    rejection_text,
    summary_lines,
)

# JSON allows these in a string, but terminals and line readers act on them; lone surrogates are no UTF-8.
_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MOST_REJECTIONS = 20
_YES = frozenset({"y", "yes", "o", "oui", "ن", "نعم"})


class _Stream(Console):
    """Standard output or standard error."""

    def on_broken_pipe(self) -> NoReturn:
        """Raise, so that the program ends in order."""
        raise BrokenPipeError


class Terminal:
    """Prints results to standard output, and warnings to standard error."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # Whatever the locale; invalid bytes become replacement characters.
                stream.reconfigure(encoding="utf-8", errors="replace")
        # Lines stay whole, for the terminal or the next program to wrap: a quote is copied as it stands.
        # Only in a terminal they are wrapped, at words.
        colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
        self._out = _Stream(file=sys.stdout, highlight=False, soft_wrap=True, color_system=colours)
        self._error = _Stream(file=sys.stderr, highlight=False, soft_wrap=True, color_system=colours)

    @property
    def is_interactive(self) -> bool:
        return sys.stdin is not None and sys.stdin.isatty()

    @property
    def is_record(self) -> bool:
        """Whether facts are noted for another program rather than printed in lists."""
        return False

    def note(self, **facts: object) -> None:
        """Take facts for a record; a terminal shows them in words alone."""

    def say(self, key: str, **values: object) -> None:
        self._print(self._out, self.texts(key, **values))

    def warn(self, key: str, **values: object) -> None:
        """Print a reply text as a warning."""
        self._print(self._error, self.texts(key, **values), "yellow")

    def counts_of(self, edition: Edition) -> dict[str, str]:
        """Return the counted articles and passages of an edition as values for reply texts."""
        return {
            "articles": self.texts("counted.articles", count=len(edition.articles)),
            "passages": self.texts("counted.passages", count=len(edition.index)),
        }

    def warn_of_rejections(self, rejections: Sequence[Rejection], *, everything: bool = False) -> None:
        """Warn of rejected files with reasons, the first or all."""
        shown = rejections if everything else rejections[:_MOST_REJECTIONS]
        for rejection in shown:
            words = rejection_text(rejection, self.texts, lambda value, _: str(value))
            self._print(self._error, words.rstrip(), "yellow")
        if len(rejections) > len(shown):
            self.warn("corpus.more_rejections", count=len(rejections) - len(shown))

    def sum_up_rejections(self, rejections: Sequence[Rejection]) -> None:
        """Warn of rejected files in one line: the only one, or how many and where they are listed."""
        if len(rejections) > 1:
            self.warn("corpus.rejections", count=len(rejections), first=rejections[0].location)
        else:
            self.warn_of_rejections(rejections)

    def confirm(self, key: str, **values: object) -> bool:
        """Ask a yes-or-no question; no answer means no."""
        try:
            return input(f"{self.texts(key, **values)} ").strip().lower() in _YES
        except EOFError:
            return False

    def line(self, text: str) -> None:
        self._out.print(Text(text))

    def verbatim(self, text: str) -> None:
        """Print a text as it is for a file or another program, line ends and all; in UTF-8."""
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()

    def json(self, record: object) -> None:
        """Print a JSON record as a line of its own."""
        self.line(_RAW.sub(lambda raw: f"\\u{ord(raw.group()):04x}", json.dumps(record, ensure_ascii=False)))

    def item(self, before: str, *names: str) -> None:
        """Print an item of a list, its lines under each other behind what stands before them."""
        shown = [printable(name) for name in names if name]
        self._out.print(Text("\n".join(wrap_parts(shown, [], _width(self._out), before, " " * len(before)))))

    def quote_question(self, question: str) -> None:
        """Print a question above its answer, without control characters."""
        self._out.print(Text(f"\n؟ {printable(question)}", style="green"))

    def show(self, outcome: Answer | Refusal) -> None:
        if outcome.completed_from and not asks_back(outcome):
            self._print(self._out, follows_line(outcome.completed_from, self.texts, lambda text, _: text), "dim")
        if isinstance(outcome, Answer):
            for line in answer_lines(outcome, self.texts, lambda text, _: text):
                self._print(self._out, line, "green")
            if outcome.direct:
                self._print(self._out, self.texts("answer.direct", answer=outcome.direct), "bold green")
            named, before = set[str](), None
            for quote in outcome.shown_quotes:
                if outcome.is_timeline and quote.dated and quote.dated != before:
                    self._print(self._out, self.texts.day_month_or_year(quote.dated), "bold")
                before = quote.dated
                self._show_quote(quote, with_cited=quote.article.id not in named)
                named.add(quote.article.id)
            for article in outcome.unquoted_articles:
                self._show_source(article)
        else:
            self._show_refusal(outcome)
        for one in outcome.meant:
            self.say("refusal.meant", question=one.question)

    def show_summary(self, summary: CoverageSummary) -> None:
        for line in summary_lines(summary, self.texts, f"{self.texts('card.comma')} ".join):
            self._print(self._out, line)
        for example in summary.examples:
            self._print(self._out, example, "green", "  ", "    ")

    def explain(self, explanation: Explanation) -> None:
        for section in explanation_sections(explanation, self.texts, lambda text, _: text):
            self._print(self._out, f"\n{section.heading}", "bold")
            for line in section.lines:
                self._print(self._out, line, first="  ", rest="    ")

    def _show_quote(self, quote: Quote, *, with_cited: bool) -> None:
        marks = [Span(mark.start + 1, mark.end + 1) for mark in quote.highlights]
        self._print(self._out, f"«{quote.text}»", marks=marks)
        self._show_source(quote.article, self.texts("answer.paragraph", number=quote.paragraph + 1))
        if with_cited:
            self._show_cited(quote.article)
        for other in quote.other_sources:
            place = self.texts("answer.paragraph", number=other.paragraph + 1)
            self._show_source(other.article, place, f"{self.texts('answer.also')} ")

    def _show_refusal(self, refusal: Refusal) -> None:
        told = [*refusal_lines(refusal, self.texts, f"{self.texts('card.comma')} ".join)]
        if refusal.nearest:
            told.append(self.texts("statement.doubtful"))
        for at, line in enumerate(told):
            self._print(self._out, line, "" if at else "yellow")
        if refusal.nearest:
            self._show_quote(refusal.nearest, with_cited=True)
        if refusal.related:
            self.say("refusal.related")
            for article in refusal.related:
                self._show_source(article)

    def _show_source(self, article: Article, place: str = "", before: str = "") -> None:
        published = article.published.isoformat() if article.published else ""
        names = [article.title, *filter(None, (article.outlet,))]
        places = list(filter(None, (published, dead_text(article, self.texts), place)))
        lines = wrap_parts(names, places, _width(self._out), f"  — {before}", "    ")
        self._out.print(Text("\n".join(lines), style="cyan"))
        if article.live_url:
            self._show_link(article.live_url)

    def _show_cited(self, article: Article) -> None:
        """Print what an article rests on, and the links to it."""
        if article.sources:
            named = cited_text(article.sources, self.texts, lambda source: source.name)
            self._print(self._out, named, "cyan", first="    ", rest="    ")
        for source in article.sources:
            if source.url:
                self._show_link(source.url)

    def _show_link(self, url: str) -> None:
        """Print a link, in a terminal with its letters."""
        self._out.print(Text(f"    {readable_link(url) if _width(self._out) else url}", style="dim"))

    def _print(  # noqa: PLR0913 (where to, what, and how it looks)
        self,
        stream: Console,
        text: str,
        style: str = "",
        first: str = "",
        rest: str = "",
        *,
        marks: Sequence[Span] = (),
    ) -> None:
        """Print a text, in a terminal wrapped at words; `marks` are set in bold where nothing stands before lines."""
        shown = Text("\n".join(wrap(text, _width(stream), first, rest)), style=style)
        # A line break stands in place of the space where it breaks.
        for mark in marks:
            shown.stylize("bold", mark.start, mark.end)
        stream.print(shown)


def _width(stream: Console) -> int | None:
    """Return the columns of a terminal, None for a pipe or a file."""
    return stream.width if stream.file.isatty() else None
