"""Question sets with known outcomes, read from folders with `questions.jsonl` and perhaps `articles.jsonl`."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.answering import AskedKind
from bot.arabic import normal_words
from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.articles.sources import error_code
from bot.errors import SetError

GOLD = "gold"
SWAP = "swap"
REFUSED_KINDS = ("near", "off", "foreign", SWAP)
FACT_KINDS = (GOLD, *REFUSED_KINDS)
CHAT = "chat"
ARTICLE_KINDS = ("overview", "latest")
CLAIM_KINDS = ("claim_true", "claim_false")
QUOTED_KINDS = (GOLD, *ARTICLE_KINDS, *CLAIM_KINDS)
COMMUNITY_KINDS = (*ARTICLE_KINDS, *CLAIM_KINDS, CHAT)
KINDS = (*FACT_KINDS, *COMMUNITY_KINDS)

_ANSWERED_KINDS = frozenset({GOLD, *CLAIM_KINDS})


@dataclass(frozen=True, slots=True)
class PassageId:
    """The id of a passage: its article's id and the 0-based number of the paragraph as indexed."""

    article_id: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its kind, and its right answers in normal form; none where it must be refused.

    `place` is the passage that a ranking should find: the one that the question file names, where that holds an
    accepted answer; else the first of the named articles, and then of all, that holds one. A swapped question keeps
    that of the question that it was made of. `articles` are the ids of the articles that an overview or the latest news
    may be quoted from. `region` and `style` say where the asker is from and how the question is written, `asked` which
    kind of answer it asks for, if known.
    """

    question: str
    kind: str
    answers: tuple[str, ...]
    place: PassageId | None = None
    articles: tuple[str, ...] = ()
    region: str = ""
    style: str = ""
    id: str = ""
    asked: str = ""

    def is_answered_by(self, text: str) -> bool:
        return self.stands_in(plain(text))

    def stands_in(self, normal_text: str) -> bool:
        """Return whether a right answer stands in a text in normal form, no number of it cut from a longer one."""
        return any(
            answer in normal_text and re.search(rf"(?<![\d.]){re.escape(answer)}(?!\.?\d)", normal_text)
            for answer in self.answers
        )


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """The articles to index, and the questions to ask of them."""

    name: str
    articles: tuple[Article, ...]
    cases: tuple[Case, ...]

    @property
    def is_community(self) -> bool:
        """Return whether it has messages as a community writes them: with regions, or of kinds that only those have."""
        return any(case.region or case.kind in COMMUNITY_KINDS for case in self.cases)


def plain(text: str) -> str:
    """Return the words of a text in normal form, for comparison whatever the spelling."""
    return " ".join(normal_words(text))


@dataclass(frozen=True, slots=True)
class JsonLine:
    """A line of a JSON Lines file, and its location for messages."""

    at: str
    record: dict[str, Any]


def read_set(
    folder: Path, phrases: BoilerplatePhrases, corpus: Sequence[Article] = (), part: str = ""
) -> EvaluationSet:
    """Read a set, on its own articles or, where it has none, on those of a corpus.

    Where ids begin with `part`, only the questions with such ids are read; a set without any is read whole.

    A question needs `question` and `kind`; of the kinds gold, claim_true and claim_false also `answers`, texts or
    records with `text`, one of which has to stand in an article; of the kinds overview and latest also `articles`, the
    ids of those that a quote may come from. The other fields of a case are optional. Raise SetError for what is not so.
    """
    if not folder.is_dir():
        raise SetError("set.no_folder", folder=folder)
    articles = _own_articles(folder / "articles.jsonl", phrases) or tuple(corpus)
    if not articles:
        raise SetError("set.no_articles", file=folder / "articles.jsonl")
    file = folder / "questions.jsonl"
    lines = list(json_lines(file, missing="set.no_questions", odd="set.no_record"))
    ids = Counter(str(line.record["id"]) for line in lines if "id" in line.record)
    for line in lines:
        if ids[str(line.record.get("id"))] > 1:
            raise SetError("set.id_twice", at=line.at, id=str(line.record["id"]))
    lines = [line for line in lines if str(line.record.get("id", "")).startswith(part)] or lines
    passages = _Passages(articles)
    found = EvaluationSet(folder.resolve().name, articles, tuple(passages.placed(_case(line), line) for line in lines))
    if not found.is_community and not any(case.kind == GOLD for case in found.cases):
        raise SetError("set.no_gold", file=file, kind=GOLD)
    return found


def _own_articles(file: Path, phrases: BoilerplatePhrases) -> tuple[Article, ...]:
    if not file.exists():
        return ()
    found = read_corpus(file, phrases)
    for rejection in found.rejections:
        place = f"{file}:{rejection.line}" if rejection.line else file
        raise SetError(f"rejection.{rejection.reason.value}", place=place, detail=rejection.detail)
    return found.articles


def json_lines(file: Path, *, missing: str, odd: str) -> Iterator[JsonLine]:
    """Yield the records of a JSON Lines file; raise SetError, with a text of its own for no file and for no record."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SetError(missing, file=file) from error
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
            raise SetError(odd, at=at)
        yield JsonLine(at, record)


def _case(line: JsonLine) -> Case:
    question, kind, region, style = (line.record.get(key) for key in ("question", "kind", "region", "style"))
    if not (isinstance(question, str) and question.strip()):
        raise SetError("set.question", at=line.at)
    if kind not in KINDS:
        raise SetError("set.kind", at=line.at, kinds=", ".join(KINDS))
    answers = tuple(filter(None, map(plain, _texts(line, "answers"))))
    case = Case(
        question,
        kind,
        answers,
        articles=_texts(line, "articles"),
        region=str(region or ""),
        style=str(style or ""),
        id=str(line.record.get("id", "")),
        asked=_asked(line),
    )
    if kind in _ANSWERED_KINDS and not case.answers:
        raise SetError("set.unanswered", at=line.at, kind=kind)
    if kind in ARTICLE_KINDS and not case.articles:
        raise SetError("set.no_article_named", at=line.at, kind=kind)
    return case


def _asked(line: JsonLine) -> str:
    """Return the kind of answer asked for, "" where the line does not say; raise SetError for one that is none."""
    asked = line.record.get("asked") or {}
    kind = asked.get("kind", "") if isinstance(asked, dict) else None
    if kind not in {"", *AskedKind}:
        raise SetError("set.asked", at=line.at, kinds=", ".join(AskedKind))
    return str(kind)


def _texts(line: JsonLine, key: str) -> tuple[str, ...]:
    texts = line.record.get(key) or []
    if isinstance(texts, list):
        texts = [text.get("text") if isinstance(text, dict) else text for text in texts]
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise SetError(f"set.{key}", at=line.at)
    return tuple(texts)


class _Passages:
    """The paragraphs of a set's articles in normal form, in which answers are located."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {article.id: article for article in articles}
        self._normal: dict[str, list[str]] = {}

    def placed(self, case: Case, line: JsonLine) -> Case:
        """Return a question with the passage of its answer; raise SetError where one that needs an answer has none."""
        named, paragraph = line.record.get("article_id"), line.record.get("paragraph")
        names = [*([] if named is None else [named]), *case.articles]
        if unknown := [str(name) for name in names if name not in self._articles]:
            raise SetError("set.no_such_article", at=line.at, id=unknown[0])
        if case.kind not in _ANSWERED_KINDS:
            return case
        for place in self._places(names, paragraph):
            if case.stands_in(self._paragraphs(place.article_id)[place.paragraph]):
                return replace(case, place=place)
        raise SetError("set.nowhere", at=line.at)

    def _places(self, names: Sequence[str], paragraph: object) -> Iterator[PassageId]:
        """Yield the passages of the named articles, that of the number named first, and then of all articles."""
        for name in names:
            yield from sorted(self._numbered(name), key=lambda place: place.paragraph != paragraph)
        for name in self._articles:
            yield from self._numbered(name)

    def _numbered(self, name: str) -> list[PassageId]:
        return [PassageId(name, number) for number in range(len(self._articles[name].paragraphs))]

    def _paragraphs(self, name: str) -> list[str]:
        if name not in self._normal:
            self._normal[name] = [plain(part.text) for part in self._articles[name].paragraphs]
        return self._normal[name]
