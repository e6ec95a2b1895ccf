"""The gates of a new edition: golden questions of `questions.yaml`, shrinkage, the self-test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.articles import GOLDEN_FILES, NO_REMOVALS, ArticleError, Origin, Origins, Removals, read_whole
from bot.edition.build import StageCallback
from bot.edition.edition import Edition
from bot.edition.edition_errors import GateError
from bot.edition.reload_outcomes import GoldenOutcome

_MOST_BYTES = 256 * 1024  # PyYAML takes a second for 64 KB
_FIELDS = frozenset({"question", "article", "refuse"})
_YES = frozenset({"true", "yes", "on"})  # what YAML 1.1 takes for true

MOST_SHRINK = 0.5


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, and the id of the article that an answer must quote; None where it must be refused."""

    question: str
    article: str | None


@dataclass(frozen=True, slots=True)
class GoldenFailure:
    """A golden question that came out otherwise: the ids of the articles that were quoted, none where it was refused.

    `is_known` says whether the corpus has the article that had to be quoted.
    """

    golden: GoldenQuestion
    is_known: bool
    quoted: tuple[str, ...]

    def __str__(self) -> str:
        """Write what had to be quoted and what was, as the log has it."""
        return f"{self.golden.question!r} wants {self.golden.article} and gave {', '.join(self.quoted) or None}"


class GoldenError(GateError):
    """Golden questions did not come out as they must; `failures` says which and how."""

    def __init__(self, failures: Sequence[GoldenFailure], total: int) -> None:
        super().__init__("golden", failed=len(failures), total=total)
        self.failures = tuple(failures)

    def __str__(self) -> str:
        """Write all of it in a line."""
        return "; ".join([super().__str__(), *map(str, self.failures)])


def read_golden(corpus: Path) -> tuple[GoldenQuestion, ...]:
    """Read the golden questions beside the articles of a corpus, none where there are none; raise GateError.

    Those of the sources that it was combined of name articles as their source does.
    """
    found = list[GoldenQuestion]()
    for origin in (Origin(), *map(Origin, Origins.read(corpus).folders)):
        file = _golden_file(corpus / origin.folder)
        for golden in _read_file(file, origin.article_id(file.name)) if file else ():
            found.append(replace(golden, article=golden.article and origin.article_id(golden.article)))
    return tuple(found)


def _read_file(file: Path, name: str) -> tuple[GoldenQuestion, ...]:
    try:
        node = yaml.compose(read_whole(file, _MOST_BYTES).decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _unusable(name, error.problem_mark.line + 1 if error.problem_mark else 1) from error
    except (ArticleError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unusable(name, 1) from error
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise _unusable(name, node.start_mark.line + 1)
    return tuple(_question(entry, name) for entry in node.value)


def _golden_file(corpus: Path) -> Path | None:
    """Find the file of golden questions; raise GateError where there are two."""
    # Beside a single article stand the questions of a folder that it is but a part of.
    folder = corpus.parent if corpus.suffix.lower() == ".jsonl" and corpus.is_file() else corpus
    files = [file for name in GOLDEN_FILES if (file := folder / name).is_file()]
    if len(files) > 1:
        raise GateError("golden_twice", file=files[0].name, other=files[1].name)
    return files[0] if files else None


def _question(node: yaml.Node, name: str) -> GoldenQuestion:
    """Read one question from nodes, from which nothing is built: no alias expands and no tag runs."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise _unusable(name, line)
    fields: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode) or key.value in fields:
            raise _unusable(name, line)
        fields[key.value] = value.value.strip()
    article, refuses = fields.get("article"), fields.get("refuse", "").lower() in _YES
    if fields.keys() - _FIELDS or not fields.get("question") or bool(article) == refuses:
        raise _unusable(name, line)
    return GoldenQuestion(fields["question"], None if refuses else article)


def _unusable(name: str, line: int) -> GateError:
    return GateError("golden_file", file=name, line=line)


Check = Callable[[Edition, Sequence[GoldenQuestion], StageCallback], GoldenOutcome]
"""Asks an edition about itself, and the golden questions; raises GateError where it must not serve."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The golden questions that an edition was asked, how they came out, and the gate that it failed, if any."""

    questions: tuple[GoldenQuestion, ...] = ()
    golden: GoldenOutcome | None = None
    failed_gate: GateError | None = None


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates of a new edition: shrinkage, then the golden questions of its corpus and the self-test."""

    check: Check
    most_shrink: float
    kept_out: Callable[[], Removals] = lambda: NO_REMOVALS

    def read_golden(self, corpus: Path) -> tuple[GoldenQuestion, ...]:
        """Read the golden questions of a corpus, but for those that want an article which was removed or withdrawn."""
        kept_out = self.kept_out()
        return tuple(one for one in read_golden(corpus) if not kept_out.has_id(one.article))

    def judge(
        self, edition: Edition, corpus: Path, progress: StageCallback, *, before: int, force: bool = False
    ) -> Verdict:
        """Put an edition to the gates; `before` is the number of articles until now, `force` lets any be gone."""
        questions: tuple[GoldenQuestion, ...] = ()
        try:
            if not force:
                check_shrinkage(before, len(edition.articles), self.most_shrink)
            questions = self.read_golden(corpus)
            return Verdict(questions, self.check(edition, questions, progress))
        except GateError as error:
            return Verdict(questions, failed_gate=error)


def check_shrinkage(before: int, after: int, most: float) -> None:
    """Raise GateError where more than a share, 0 to 1, of the articles is gone."""
    if before - after > most * before:
        raise GateError("shrunk", before=before, after=after, percent=round(100 * most))


def no_check(edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback) -> GoldenOutcome:
    del edition, questions, progress
    return GoldenOutcome()
