"""Question sets with known outcomes, read from folders with `questions.jsonl` and perhaps `articles.jsonl`."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.arabic import normal_words
from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.articles.sources import error_code
from bot.errors import TextError

GOLD = "gold"
SWAP = "swap"
REFUSED_KINDS = ("near", "off", "foreign", SWAP)
KINDS = (GOLD, *REFUSED_KINDS)
# Kinds of a set of a community's questions whose outcome the evidence model alone does not decide.
UNFITTED_KINDS = frozenset({"overview", "latest", "claim_true", "claim_false", "chat"})


@dataclass(frozen=True, slots=True)
class PassageId:
    """The id of a passage: its article's id and the 0-based number of the paragraph as indexed."""

    article_id: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its kind, and its right answers in normal form; none where it must be refused.

    `place` is the passage that a ranking should find: the one that the question file names, where that holds an
    accepted answer; else the first of the named article, and then of all, that holds one. A swapped question keeps that
    of the question that it was made of.
    """

    question: str
    kind: str
    answers: tuple[str, ...]
    place: PassageId | None = None

    def is_answered_by(self, text: str) -> bool:
        """Tell whether a quote contains one of the right answers."""
        quoted = plain(text)
        return any(answer in quoted for answer in self.answers)


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """The articles to index, and the questions to ask of them; `on_corpus` where it has no articles of its own."""

    name: str
    articles: tuple[Article, ...]
    cases: tuple[Case, ...]
    on_corpus: bool = False


def plain(text: str) -> str:
    """Return the words of a text in normal form, for comparison whatever the spelling."""
    return " ".join(normal_words(text))


class SetError(TextError):
    """A set is invalid; the values name the file, and the line at fault if there is one."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a question file, and its location for messages."""

    at: str
    record: dict[str, Any]


def read_set(folder: Path, phrases: BoilerplatePhrases, corpus: Sequence[Article] = ()) -> EvaluationSet:
    """Read a set, on its own articles or, where it has none, on those of a corpus.

    A question needs `question` and `kind`, and of the kind `gold` also `answers`, one of which has to stand in an
    article; `id`, `article_id` (or a list `articles`) and `paragraph` are optional. Raise SetError for whatever is not
    so.
    """
    return _read_set(folder, phrases, corpus, lambda _: True)


def read_fitted_set(
    folder: Path, phrases: BoilerplatePhrases, corpus: Sequence[Article], left_out: Sequence[str]
) -> EvaluationSet:
    """Read a set as `read_set` does, without kinds that are not fitted and ids that begin with one of some prefixes."""
    return _read_set(
        folder,
        phrases,
        corpus,
        lambda record: (
            record.get("kind") not in UNFITTED_KINDS and not str(record.get("id", "")).startswith(tuple(left_out))
        ),
    )


def _read_set(
    folder: Path,
    phrases: BoilerplatePhrases,
    corpus: Sequence[Article],
    is_wanted: Callable[[Mapping[str, Any]], bool],
) -> EvaluationSet:
    if not folder.is_dir():
        raise SetError("set.no_folder", folder=folder)
    own = _own_articles(folder / "articles.jsonl", phrases)
    articles = own or tuple(corpus)
    if not articles:
        raise SetError("set.no_articles", file=folder / "articles.jsonl")
    file = folder / "questions.jsonl"
    lines = list(_lines(file))
    _check_ids(lines)
    passages = _Passages(articles)
    cases = tuple(passages.placed(_case(line), line) for line in lines if is_wanted(line.record))
    if not any(case.kind == GOLD for case in cases):
        raise SetError("set.no_gold", file=file, kind=GOLD)
    return EvaluationSet(folder.resolve().name, articles, cases, on_corpus=not own)


def _own_articles(file: Path, phrases: BoilerplatePhrases) -> tuple[Article, ...]:
    if not file.exists():
        return ()
    found = read_corpus(file, phrases)
    for rejection in found.rejections:
        place = f"{file}:{rejection.line}" if rejection.line else file
        raise SetError(f"rejection.{rejection.reason.value}", place=place, detail=rejection.detail)
    return found.articles


def _lines(file: Path) -> Iterator[_Line]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SetError("set.no_questions", file=file) from error
    except UnicodeDecodeError as error:
        raise SetError("set.encoding", file=file) from error
    except OSError as error:
        raise SetError("set.unreadable", file=file, words=error_code(error)) from error
    # `splitlines` would also divide at the separators that JSON allows within a string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        at = f"{file}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise SetError("set.no_json", at=at) from error
        if not isinstance(record, dict):
            raise SetError("set.no_record", at=at)
        yield _Line(at, record)


def _check_ids(lines: Sequence[_Line]) -> None:
    ids = Counter(str(line.record["id"]) for line in lines if "id" in line.record)
    for line in lines:
        if ids[str(line.record.get("id"))] > 1:
            raise SetError("set.id_twice", at=line.at, id=str(line.record["id"]))


def _case(line: _Line) -> Case:
    question, kind, answers = (line.record.get(key) for key in ("question", "kind", "answers"))
    if not (isinstance(question, str) and question.strip()):
        raise SetError("set.question", at=line.at)
    if kind not in KINDS:
        raise SetError("set.kind", at=line.at, kinds=", ".join(KINDS))
    if not isinstance(answers or [], list) or not all(isinstance(answer, str) for answer in answers or []):
        raise SetError("set.answers", at=line.at)
    case = Case(question, kind, tuple(filter(None, map(plain, answers or []))))
    if kind == GOLD and not case.answers:
        raise SetError("set.unanswered", at=line.at, kind=GOLD)
    return case


class _Passages:
    """The paragraphs of a set's articles in normal form, in which answers are located."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {article.id: [plain(part.text) for part in article.paragraphs] for article in articles}

    def placed(self, case: Case, line: _Line) -> Case:
        """Return a question with the passage of its answer; raise SetError where an answerable one has none."""
        if case.kind != GOLD:
            return case
        named = line.record.get("article_id", next(iter(line.record.get("articles") or ()), None))
        paragraph = line.record.get("paragraph")
        if named is not None and named not in self._articles:
            raise SetError("set.no_such_article", at=line.at, id=str(named))
        first = [] if named is None else [*self._numbered(named, paragraph), *self._numbered(named)]
        for place in (*first, *(place for name in self._articles for place in self._numbered(name))):
            if any(answer in self._articles[place.article_id][place.paragraph] for answer in case.answers):
                return replace(case, place=place)
        raise SetError("set.nowhere", at=line.at)

    def _numbered(self, name: str, paragraph: object = None) -> list[PassageId]:
        """Return the ids of an article's paragraphs, or of one of them if it exists."""
        numbers = range(len(self._articles[name]))
        return [PassageId(name, number) for number in numbers if paragraph is None or number == paragraph]
