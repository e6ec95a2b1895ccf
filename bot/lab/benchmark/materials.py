"""The files that every measured engine reads: tokens of passages, and questions out of the passages' own words."""

import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering import Knowledge, Lexicon
from bot.arabic import Analyser, words
from bot.articles import Article
from bot.lab.benchmark.corpora import spell

_LEAST_LETTERS = 3
_FEWEST, _MOST = 4, 6
# Of ten questions, the first has a word with a slip in it, the second a word that the corpus lacks.
_EVERY = 10
_SLIP, _UNKNOWN = 0, 1
# Words of the made-up tail of a synthetic corpus have smaller numbers.
_BEYOND = 10_000_000

QUERY_TOKENS = 6
_MOST_QUERIES = 1000
_MOST_QUESTIONS = 500
_ARTICLES, _TOKENS = "articles.jsonl", "tokens.txt"

_Passage = tuple[str, list[str]]


class TokenStream:
    """The token lists of a file's passages, once, as `str.split` makes them and rank-bm25's own example does.

    `seconds` is how long reading took, so that it can be taken off the time that an engine builds. Nothing is held
    that the engine does not hold; but equal tokens are separate strings, for an engine that keeps them all.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.seconds = 0.0

    def __iter__(self) -> Iterator[list[str]]:
        with self._file.open(encoding="utf-8") as lines:
            began = time.perf_counter()
            for line in lines:
                tokens = line.split()
                self.seconds += time.perf_counter() - began
                yield tokens
                began = time.perf_counter()


def make_questions(texts: Sequence[str], analyser: Analyser, lexicon: Lexicon, seed: int) -> list[str]:
    """Make a question of each passage: a question word and four to six words of it, as they stand there.

    One in ten has a slip of typing in a word, and one in ten a word that the corpus does not have.
    """
    chance = random.Random(f"{seed} questions")
    openers = sorted(lexicon.question_words.keys() - lexicon.dialect_question_words)
    return [_ask(text, chance.choice(openers), turn % _EVERY, analyser, chance) for turn, text in enumerate(texts)]


def _ask(text: str, opener: str, kind: int, analyser: Analyser, chance: random.Random) -> str:
    found = [word for word in words(text) if not analyser.is_stop_word(word.normal)]
    content = [text[word.start : word.end] for word in found if len(word.normal) >= _LEAST_LETTERS] or text.split()
    number = min(chance.randint(_FEWEST, _MOST), len(content))
    chosen = [content[place] for place in sorted(chance.sample(range(len(content)), number))]
    place = chance.randrange(number)
    if kind == _SLIP:
        chosen[place] = _with_typo(chosen[place], chance)
    if kind == _UNKNOWN:
        chosen[place] = spell(_BEYOND + chance.randrange(_BEYOND // 2))
    return f"{opener} {' '.join(chosen)}؟"


def _with_typo(word: str, chance: random.Random) -> str:
    """Let two neighbouring letters change places."""
    place = chance.randrange(max(len(word) - 1, 1))
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


class MaterialsError(Exception):
    """A corpus is unfit to be measured on: no passage has words enough for a query."""


@dataclass(frozen=True, slots=True)
class Materials:
    """A corpus in files: articles as JSON Lines, each passage's tokens in a line, and the queries and questions.

    `words` counts the words of passages, `distinct_tokens` the vocabulary that the engines are given.
    """

    folder: Path
    passages: int
    words: int
    tokens: int
    distinct_tokens: int

    @property
    def articles_file(self) -> Path:
        """One article a line, in a form that the bot reads."""
        return self.folder / _ARTICLES

    @property
    def tokens_file(self) -> Path:
        """One passage a line, its tokens between blanks."""
        return self.folder / _TOKENS

    @property
    def queries_file(self) -> Path:
        """One query a line, its tokens between blanks."""
        return self.folder / "queries.txt"

    @property
    def questions_file(self) -> Path:
        """One question a line."""
        return self.folder / "questions.txt"

    def record(self) -> dict[str, int]:
        """Return the counts under their own names."""
        counted = ("passages", "words", "tokens", "distinct_tokens")
        return {name: getattr(self, name) for name in counted}


def prepare(
    articles: Iterable[Article], folder: Path, knowledge: Knowledge, questions: Sequence[str] = (), seed: int = 0
) -> Materials:
    """Write what is measured on; queries and, where none are given, questions are made of passages drawn at random.

    Raise MaterialsError where no passage has tokens enough for a query.
    """
    chance = random.Random(f"{seed} passages")
    reservoir: list[_Passage] = []
    fit = passages = words = tokens = 0
    distinct: set[str] = set()
    for text, found in _spooled(articles, folder, knowledge.analyser):
        passages, words, tokens = passages + 1, words + len(text.split()), tokens + len(found)
        distinct.update(found)
        if len(set(found)) >= QUERY_TOKENS:
            fit += 1
            _draw(reservoir, fit, (text, found), chance)
    if not reservoir:
        raise MaterialsError
    materials = Materials(folder, passages, words, tokens, len(distinct))
    drawn = [reservoir[turn % len(reservoir)] for turn in range(_MOST_QUERIES)]
    _write(materials.queries_file, (" ".join(chance.sample(sorted(set(found)), QUERY_TOKENS)) for _, found in drawn))
    texts = [text for text, _ in drawn[:_MOST_QUESTIONS]]
    made = questions or make_questions(texts, knowledge.analyser, knowledge.lexicon, seed)
    _write(materials.questions_file, (" ".join(question.split()) for question in made))
    return materials


def _spooled(articles: Iterable[Article], folder: Path, analyser: Analyser) -> Iterator[_Passage]:
    """Write articles and tokens, and yield the text and the tokens of each passage."""
    with (
        (folder / _ARTICLES).open("w", encoding="utf-8") as records,
        (folder / _TOKENS).open("w", encoding="utf-8") as rows,
    ):
        for article in articles:
            records.write(json.dumps(_record(article), ensure_ascii=False) + "\n")
            for paragraph in article.paragraphs:
                tokens = _tokens(paragraph.text, analyser)
                rows.write(" ".join(tokens) + "\n")
                yield paragraph.text, tokens


def read_rows(file: Path) -> list[list[str]]:
    """Read a file of tokens between blanks."""
    return [line.split() for line in _lines(file)]


def read_lines(file: Path) -> list[str]:
    """Read a file of lines."""
    return list(_lines(file))


def _lines(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _tokens(text: str, analyser: Analyser) -> list[str]:
    """Return the words of a passage as the bot's index counts them, but for those that an engine would take apart."""
    return [word for word in analyser.words(text) if word.isalnum()]


def _draw(reservoir: list[_Passage], met: int, passage: _Passage, chance: random.Random) -> None:
    """Keep a passage with the chance that all have, of however many there will be.

    Source: J. S. Vitter, "Random Sampling with a Reservoir", 1985, algorithm R.
    """
    if len(reservoir) < _MOST_QUERIES:
        reservoir.append(passage)
    elif (place := chance.randrange(met)) < _MOST_QUERIES:
        reservoir[place] = passage


def _record(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "date": article.published.isoformat() if article.published else None,
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
    }


def _write(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
