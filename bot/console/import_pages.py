"""The command `import`: saved web pages, Word documents and links turned into article files."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.articles import NO_ARTICLE_WARNINGS, ArticleError, BoilerplatePhrases, QualityWarning
from bot.articles.characters import one_line
from bot.articles.corpus import most_bytes
from bot.articles.corpus_files import read_whole
from bot.articles.html import SavedPage, decode_saved_page, read_saved_page
from bot.articles.importing import (
    FEWEST_PAGES,
    ArticleFolder,
    ImportedArticle,
    ImportStatus,
    ImportTarget,
    file_stem,
    import_file,
    import_page_apart,
    propose_rule_apart,
)
from bot.console.arguments import Arguments
from bot.console.terminal import Terminal

_DONE, _FAILED = 0, 2
_LINK = ("http://", "https://")
_MOST_MISSING, _OPENING_WORDS = 5, 8
_NOTHING_TO_WRITE = frozenset({ImportStatus.SAME, ImportStatus.ALREADY_WRITTEN})
_QUESTIONS = {ImportStatus.OTHER_VERSION: "exists", ImportStatus.NOT_WRITABLE: "held"}


class ImportCommand:
    """Imports pages into one directory; overwrites nothing without confirmation."""

    def __init__(self, directory: Path | None, phrases: BoilerplatePhrases, terminal: Terminal) -> None:
        """Write into a directory; None where there is none on this machine, of which `run` warns."""
        self._directory = directory
        self._phrases = phrases
        self._terminal = terminal

    def run(self, arguments: Arguments) -> int:
        """Import every source; return the exit code, 0 or 2 where one gave nothing or could not be written."""
        if arguments.propose_rule:
            return self._propose(arguments)
        if self._directory is None:
            self._terminal.warn("import.elsewhere")
            return _FAILED
        if self._directory.exists() and not self._directory.is_dir():
            self._terminal.warn("import.no_directory", path=one_line(str(self._directory)))
            return _FAILED
        folder = ArticleFolder(self._directory)
        imported = [self._import(source, folder, arguments) for source in arguments.sources]
        return _DONE if all(imported) else _FAILED

    def _propose(self, arguments: Arguments) -> int:
        """Print a rule for the site of some pages, and what changes with it; write nothing."""
        if len(arguments.sources) < FEWEST_PAGES:
            self._terminal.warn("import.rule.few", fewest=FEWEST_PAGES)
            return _FAILED
        try:
            pages = [self._read_page(source, arguments) for source in arguments.sources]
            saved = [page for page in pages if page is not None]
            proposed = asyncio.run(propose_rule_apart(saved, self._phrases)) if len(saved) == len(pages) else None
        except ArticleError as error:
            self._terminal.warn_of_rejections([error.as_rejection(one_line(" ".join(arguments.sources)))])
            return _FAILED
        if proposed is None:
            if len(saved) == len(pages):
                self._terminal.warn("import.rule.none")
            return _FAILED
        # What changes is written as comments: all of it may go into the file.
        lines = [proposed.as_toml()]
        for source, before, after in zip(arguments.sources, proposed.before, proposed.after, strict=True):
            counts = {"source": one_line(source), "before": len(before), "after": len(after)}
            lines.append(f"# {self._terminal.texts('import.rule.page', **counts)}")
            for sign, texts, others in (("-", before, after), ("+", after, before)):
                lines += [f"#   {sign} {text}" for text in texts if text not in others]
        for line in lines:
            self._terminal.line(line)
        return _DONE

    def _import(self, source: str, folder: ArticleFolder, arguments: Arguments) -> bool:
        """Import one source; return whether it succeeded or the user declined."""
        name = one_line(source)
        try:
            imported = self._read(name, source, arguments)
        except ArticleError as error:
            self._terminal.warn_of_rejections([error.as_rejection(name)])
            imported = None
        if imported is None:
            return False
        article, text = imported.article, imported.text
        target = folder.find_target(file_stem(article), article, text)
        if target.status in _NOTHING_TO_WRITE:
            is_same = target.status is ImportStatus.SAME
            report, key = (self._terminal.say, "same") if is_same else (self._terminal.warn, "twice")
            report(f"import.{key}", source=name, file=target.other)
            return is_same
        for key, values in self._confirmations(target, imported.warnings):
            if arguments.yes:
                break
            if not self._terminal.is_interactive:
                self._terminal.warn(f"import.not_written.{key}", source=name, **values)
                return False
            if not self._terminal.confirm(f"import.question.{key}", source=name, **values):
                return True
        try:
            folder.write(target.path, article, text)
        except OSError as error:
            words = error.strerror or str(error)
            self._terminal.warn("import.unwritable", file=one_line(str(target.path)), words=words)
            return False
        self._report(target, imported)
        return True

    def _confirmations(
        self, target: ImportTarget, warnings: Sequence[QualityWarning]
    ) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield what needs confirmation before writing: the key of its texts and the values to fill in."""
        if doubts := [
            self._terminal.texts(f"suspicion.{warning.value}") for warning in warnings if warning in NO_ARTICLE_WARNINGS
        ]:
            yield "no_article", {"what": f"{self._terminal.texts('import.and')} ".join(doubts)}
        if key := _QUESTIONS.get(target.status):
            yield key, {"file": target.other}

    def _read(self, name: str, source: str, arguments: Arguments) -> ImportedArticle | None:
        """Import a source; warn and return None of a folder and where a fetch fails, raise ArticleError."""
        if source.lower().endswith(".docx") and (path := Path(source)).is_file():
            return import_file(path.name, read_whole(path, most_bytes(source)), self._phrases)
        saved = self._read_page(source, arguments)
        return asyncio.run(import_page_apart(name, saved, self._phrases)) if saved else None

    def _read_page(self, source: str, arguments: Arguments) -> SavedPage | None:
        """Read or fetch a page; warn and return None of a folder and where a fetch fails, raise ArticleError."""
        if Path(source).is_dir():
            self._terminal.warn("import.folder", folder=one_line(source).rstrip("/"))
            return None
        if not source.lower().startswith(_LINK):
            return read_saved_page(Path(source))
        # Measured: the library of HTTP takes a tenth of a second to import, and files need none.
        from bot.articles.importing.page_download import FetchError, fetch_page  # noqa: PLC0415

        try:
            page = asyncio.run(fetch_page(source, allow_private=arguments.allow_private))
        except FetchError as error:
            self._terminal.warn(error.key, link=one_line(source), **error.values)
            return None
        return decode_saved_page(page.data, page.charset, page.url)

    def _report(self, target: ImportTarget, imported: ImportedArticle) -> None:
        """Report the written file, the text left out of it, and quality warnings."""
        say, file = self._terminal.say, target.path.name
        extraction, count = imported.extraction, len(imported.article.paragraphs)
        say("import.written", file=file, title=imported.article.title, paragraphs=count)
        if extraction.navigation:
            say("import.navigation", count=extraction.navigation)
        if extraction.fragments:
            say("import.short", count=extraction.fragments)
        for missing in extraction.missing[:_MOST_MISSING]:
            words, most = missing.split(), _OPENING_WORDS
            self._terminal.warn("import.missing", file=file, opening=" ".join(words[:most]) + "…" * (len(words) > most))
        if len(extraction.missing) > _MOST_MISSING:
            self._terminal.warn("import.more_missing", count=len(extraction.missing) - _MOST_MISSING)
        if target.status is ImportStatus.NAMESAKE:
            self._terminal.warn("import.namesake", file=file, other=target.other)
        for warning in imported.warnings:
            self._terminal.warn("import.odd", file=file, what=self._terminal.texts(f"suspicion.{warning.value}"))
