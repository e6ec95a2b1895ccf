"""The input files of all engines: tokens of passages, and queries and questions made of their words."""

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

_Passage = tuple[str, list[str]]


class TokenStream:
    """The token lists of a file's passages, iterable once, split like in rank-bm25's own example.

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
    """Make a question of each passage: a question word and four to six consecutive words of it.

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
        # Two neighbouring letters change places.
        word, at = chosen[place], chance.randrange(max(len(chosen[place]) - 1, 1))
        chosen[place] = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    if kind == _UNKNOWN:
        chosen[place] = spell(_BEYOND + chance.randrange(_BEYOND // 2))
    return f"{opener} {' '.join(chosen)}؟"


class MaterialsError(Exception):
    """No passage of a corpus has enough words for a query."""


@dataclass(frozen=True, slots=True)
class Materials:
    """A corpus in files: an article a line in a form that the bot reads, a passage's or query's tokens, or a question.

    `words` counts the words of passages, `distinct_tokens` the vocabulary that the engines are given.
    """

    folder: Path
    articles_file: Path
    tokens_file: Path
    queries_file: Path
    questions_file: Path
    passages: int
    words: int
    tokens: int
    distinct_tokens: int

    def record(self) -> dict[str, int]:
        counted = ("passages", "words", "tokens", "distinct_tokens")
        return {name: getattr(self, name) for name in counted}


def prepare(
    articles: Iterable[Article], folder: Path, knowledge: Knowledge, questions: Sequence[str] = (), seed: int = 0
) -> Materials:
    """Write the input files; queries and, unless given, questions are made of randomly drawn passages.

    Raise MaterialsError where no passage has tokens enough for a query.
    """
    chance = random.Random(f"{seed} passages")
    reservoir: list[_Passage] = []
    fit = passages = words = tokens = 0
    distinct: set[str] = set()
    articles_file, tokens_file = folder / "articles.jsonl", folder / "tokens.txt"
    for text, found in _spooled(articles, articles_file, tokens_file, knowledge.analyser):
        passages, words, tokens = passages + 1, words + len(text.split()), tokens + len(found)
        distinct.update(found)
        if len(set(found)) >= QUERY_TOKENS:
            fit += 1
            _draw(reservoir, fit, (text, found), chance)
    if not reservoir:
        raise MaterialsError
    files = articles_file, tokens_file, folder / "queries.txt", folder / "questions.txt"
    materials = Materials(folder, *files, passages, words, tokens, len(distinct))
    drawn = [reservoir[turn % len(reservoir)] for turn in range(_MOST_QUERIES)]
    _write(materials.queries_file, (" ".join(chance.sample(sorted(set(found)), QUERY_TOKENS)) for _, found in drawn))
    texts = [text for text, _ in drawn[:_MOST_QUESTIONS]]
    made = questions or make_questions(texts, knowledge.analyser, knowledge.lexicon, seed)
    _write(materials.questions_file, (" ".join(question.split()) for question in made))
    return materials


def _spooled(
    articles: Iterable[Article], articles_file: Path, tokens_file: Path, analyser: Analyser
) -> Iterator[_Passage]:
    """Write articles and tokens, and yield the text and the tokens of each passage."""
    with articles_file.open("w", encoding="utf-8") as records, tokens_file.open("w", encoding="utf-8") as rows:
        for article in articles:
            records.write(json.dumps(_record(article), ensure_ascii=False) + "\n")
            for paragraph in article.paragraphs:
                # As the bot's index counts them, without those that another engine would split.
                tokens = [word for word in analyser.words(paragraph.text) if word.isalnum()]
                rows.write(" ".join(tokens) + "\n")
                yield paragraph.text, tokens


def read_lines(file: Path) -> list[str]:
    with file.open(encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines]


def _draw(reservoir: list[_Passage], met: int, passage: _Passage, chance: random.Random) -> None:
    """Add a passage to a reservoir sample of passages, in which each has the same chance.

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
