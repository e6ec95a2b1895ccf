"""The articles of a path that the command line names."""

from pathlib import Path

from bot.articles import Article, Marks, read_corpus
from bot.console.terminal import Terminal
from bot.edition import EmptyCorpusError


def read_articles(path: Path, marks: Marks, terminal: Terminal) -> tuple[Article, ...]:
    """Read articles, and say what could not be read; raise EmptyCorpusError where there is none."""
    corpus = read_corpus(path, marks)
    if not corpus.articles:
        raise EmptyCorpusError(path, corpus.rejections)
    terminal.warn_of_rejections(corpus.rejections)
    return corpus.articles
