"""The configuration that questions are answered with: analyser, lexicon, background, re-ranker, evidence model."""

import pickle
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial
from hashlib import blake2b
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from bot.answering.evidence import Candidate, EvidenceModel, Risk, bare_frequency
from bot.answering.knowledge import Background, Lexicon
from bot.answering.knowledge.word_lists import end_sharing, naming
from bot.answering.question import Question, QuestionAnalyser
from bot.arabic import Analyser
from bot.retrieval import RANKING
from bot.storage import Memory, atomic_write

_KEPT = "word_lists"
# The code that reads lists, and the packages whose classes hold them.
_CODE = ("arabic/*.py", "answering/knowledge/*.py", "answering/reasons.py", "storage/strings.py")
_ROOMS = ("bot.arabic.", "bot.answering.knowledge.", "bot.answering.reasons", "bot.storage.strings")
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage that search found, its score as a share of the best one's, and what its best sentence has, 0 to 1.

    `sentence` is the share of the question's importance that the sentence has, with title and heading.
    """

    candidate: Candidate
    score: float
    sentence: float


class Reranker(Protocol):
    """Scores what search found for a question; the passages are weighed in this order."""

    def scores(self, question: Question, hits: Sequence[SearchHit]) -> Sequence[float]:
        """Return the score of each hit, 0 to some 1.5; how far the scores of hits lie apart is a signal itself."""
        ...


class SentenceReranker(Reranker):
    """Ranks by the score of the search, and by what the best sentence has of the question."""

    def scores(self, question: Question, hits: Sequence[SearchHit]) -> Sequence[float]:
        """Add the score of the search and a share of what the best sentence has."""
        del question
        return [hit.score + RANKING.sentence_weight * hit.sentence for hit in hits]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The configuration of answering, independent of editions: lists, word frequencies, evidence model, re-ranker."""

    analyser: Analyser
    lexicon: Lexicon
    background: Background
    model: EvidenceModel
    reranker: Reranker = field(default_factory=SentenceReranker, repr=False, compare=False)
    questions: QuestionAnalyser = field(init=False, repr=False, compare=False)
    frequencies: Memory[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        find = partial(bare_frequency, self.background, self.lexicon.everyday)
        object.__setattr__(self, "frequencies", Memory(find))
        object.__setattr__(self, "questions", QuestionAnalyser(self.analyser, self.lexicon, self.background))

    @classmethod
    def read(cls, config: Path, risk: Risk, cache: Path | None = None) -> "Knowledge":
        """Read the files of a directory; raise ValueError naming the one that cannot be read, and why.

        The folder `cache` keeps the lists as they were read, for the next process that reads the same.
        """
        lexicon, background = _kept_lists(config, cache) if cache else _read_lists(config)
        model = EvidenceModel.read(config / "evidence.toml").at(risk)
        return cls(Analyser(lexicon.stop_words), lexicon, background, model)


_Lists = tuple[Lexicon, Background]


def _read_lists(config: Path) -> _Lists:
    lists = Lexicon.read(config), Background.read(config / "background.tsv")
    end_sharing()
    return lists


def _kept_lists(config: Path, folder: Path) -> _Lists:
    """Read lists, where a folder keeps them in a sixth of the time; where it has others or none, it keeps these."""
    file, key = folder / _KEPT, _lists_key(config)
    with suppress(OSError, pickle.UnpicklingError):
        kept = file.read_bytes()
        if kept.startswith(key + _digest(data := kept[2 * len(key) :])):
            found: _Lists = _ListReader(BytesIO(data)).load()
            return found
    lists, written = _read_lists(config), BytesIO()
    _ListWriter(written).dump(lists)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        atomic_write(file, (key, _digest(written.getvalue()), written.getvalue()))
    return lists


def _lists_key(config: Path) -> bytes:
    """Return a hash of the files of lists, and of the code that reads them."""
    parts = [sys.version.encode()]
    with naming(config):
        for file in sorted(chain(config.rglob("*.t*"), *map(_PACKAGE.glob, _CODE))):
            parts += [file.name.encode(), file.read_bytes()]
    return _digest(b"\0".join(parts))


def _digest(data: bytes) -> bytes:
    return blake2b(data).digest()


class _ListWriter(pickle.Pickler):
    """Writes lists, but for what their objects remember of words."""

    def reducer_override(self, written: Any) -> Any:
        if not is_dataclass(written) or isinstance(written, type):
            return NotImplemented
        return type(written), tuple(getattr(written, each.name) for each in fields(written) if each.compare)


class _ListReader(pickle.Unpickler):
    """Reads lists, and runs no code but that of their classes, whatever else a forged file names."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("re", "_compile"):  # how a pattern is written
            return re.compile
        found = super().find_class(module, name) if module.startswith(_ROOMS) and name.isidentifier() else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no class of lists")
        return found
