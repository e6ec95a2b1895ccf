"""Output to the terminal; colours only on a terminal."""

import io
import os
import sys
from collections.abc import Sequence
from typing import Literal, NoReturn

from rich.console import Console
from rich.text import Text

from bot.answering import Answer, CoverageSummary, Explanation, Quote, Refusal
from bot.articles import Article, Rejection
from bot.edition import Edition
from bot.texts import Texts, answer_lines, explanation_sections, refusal_lines, rejection_text, summary_lines

_MOST_REJECTIONS = 20
_YES = frozenset({"y", "yes", "ن", "نعم"})


class _Stream(Console):
    """Standard output or standard error."""

    def on_broken_pipe(self) -> NoReturn:
        """Raise, so that the program ends in order."""
        raise BrokenPipeError


class Terminal:
    """Prints results to standard output, and warnings to standard error."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        _speak_utf8()
        # Lines stay whole, for the terminal or the next program to wrap: a quote is copied as it stands.
        colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
        self._out = _Stream(file=sys.stdout, highlight=False, soft_wrap=True, color_system=colours)
        self._error = _Stream(file=sys.stderr, highlight=False, soft_wrap=True, color_system=colours)

    @property
    def is_interactive(self) -> bool:
        """Tell whether a person types the questions."""
        return sys.stdin is not None and sys.stdin.isatty()

    def say(self, key: str, **values: object) -> None:
        """Print a reply text."""
        self._out.print(Text(self.texts(key, **values)))

    def warn(self, key: str, **values: object) -> None:
        """Print a reply text as a warning."""
        self._error.print(Text(self.texts(key, **values), style="yellow"))

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
            self._error.print(Text(words.rstrip(), style="yellow"))
        if len(rejections) > len(shown):
            self.warn("corpus.more_rejections", count=len(rejections) - len(shown))

    def confirm(self, key: str, **values: object) -> bool:
        """Ask a yes-or-no question; no answer means no."""
        try:
            return input(f"{self.texts(key, **values)} ").strip().lower() in _YES
        except EOFError:
            return False

    def line(self, text: str) -> None:
        """Print a line verbatim."""
        self._out.print(Text(text))

    def quote_question(self, question: str) -> None:
        """Print a question above its answer, without control characters."""
        printable = "".join(character if character.isprintable() else " " for character in question)
        self._out.print(Text(f"\n؟ {printable}", style="green"))

    def show(self, outcome: Answer | Refusal) -> None:
        """Print an answer with its sources, or a refusal with its details."""
        if outcome.completed_from:
            self._out.print(Text(self.texts("answer.follows", question=outcome.completed_from), style="dim"))
        if isinstance(outcome, Answer):
            for line in answer_lines(outcome, self.texts, lambda text, _: text):
                self._out.print(Text(line, style="green"))
            for quote in outcome.shown_quotes:
                self._show_quote(quote)
            for article in outcome.unquoted_articles:
                self._show_source(article)
        else:
            self._show_refusal(outcome)

    def show_summary(self, summary: CoverageSummary) -> None:
        """Print what the articles are about, and examples of questions."""
        for line in summary_lines(summary, self.texts, f"{self.texts('card.comma')} ".join):
            self.line(line)
        for example in summary.examples:
            self._out.print(Text(f"  {example}", style="green"))

    def explain(self, explanation: Explanation) -> None:
        """Print how an outcome came about."""
        for section in explanation_sections(explanation, self.texts, lambda text, _: text):
            self._out.print(Text(f"\n{section.heading}", style="bold"))
            for line in section.lines:
                self._out.print(Text(f"  {line}"))

    def _show_quote(self, quote: Quote) -> None:
        text = Text(f"«{quote.text}»")
        for mark in quote.highlights:
            text.stylize("bold", mark.start + 1, mark.end + 1)
        self._out.print(text)
        self._show_source(quote.article, self.texts("answer.paragraph", number=quote.paragraph + 1))
        for other in quote.other_sources:
            place = self.texts("answer.paragraph", number=other.paragraph + 1)
            self._show_source(other.article, place, f"{self.texts('answer.also')}: ")

    def _show_refusal(self, refusal: Refusal) -> None:
        reason, *details = refusal_lines(refusal, self.texts, "، ".join)
        self._out.print(Text(reason, style="yellow"))
        for detail in details:
            self.line(detail)
        if refusal.related:
            self.say("refusal.related")
            for article in refusal.related:
                self._show_source(article)

    def _show_source(self, article: Article, place: str = "", before: str = "") -> None:
        published = article.published.isoformat() if article.published else ""
        parts = filter(None, (article.title, article.outlet, published, place))
        self._out.print(Text(f"  — {before}" + " · ".join(parts), style="cyan"))
        if article.url:
            self._out.print(Text(f"    {article.url}", style="dim"))


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale; invalid bytes become replacement characters."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
