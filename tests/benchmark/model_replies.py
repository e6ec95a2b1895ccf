"""Ask a language model the questions: what to prompt it with, and its replies in the form that the scorer reads.

`python -m tests.benchmark.model_replies prompts --track passage > prompts.jsonl` writes `id` and `prompt`, a line each:
the article that is given, or on the track `archive` the ten paragraphs that rank-bm25 has first. The model's replies
are `{"id": "…", "quote": "…" | null, "confidence": 0 to 100}`, and `python -m tests.benchmark.model_replies locate
FILE > replies.jsonl` finds where the quotes stand. A quote that stands nowhere, letter by letter, is a refusal.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.articles import Article
from tests.benchmark.baselines import DATA, as_line, read_articles, read_texts
from tests.benchmark.score import PARTS, TRACKS, Articles, FormatError, Reply, Span, read_lines, read_set
from tests.benchmark.systems import Bm25

PROMPT = """\
أجب عن السؤال باقتباس حرفي من النصوص التالية وحدها، لا يزيد على 60 كلمة. إن لم يكن الجواب فيها فالاقتباس null.
اكتب سطرا واحدا من JSON: {{"quote": "…" أو null, "confidence": ثقتك بأن الجواب في النصوص، من 0 إلى 100}}

النصوص:
{texts}

السؤال: {question}
"""
PARAGRAPHS = 10


def prompts(data: Path, part: str, track: str) -> Iterator[dict[str, str]]:
    """Yield the prompt of each question of a track."""
    articles, texts = read_articles(data), read_texts(data, part)
    index = Bm25([*articles.values()])
    for question in read_set(data, part, track).questions:
        asked = texts[question.id]
        given = question.article_id if track == "passage" else None
        shown = index.best(asked, PARAGRAPHS) if given is None else _paragraphs(articles[given])
        yield {"id": question.id, "prompt": PROMPT.format(texts="\n\n".join(shown), question=asked)}


def _paragraphs(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def locate(file: Path, articles: Articles, given: Mapping[str, str | None]) -> Iterator[tuple[str, Reply]]:
    """Yield a model's replies with the places of their quotes; raise FormatError for a line that is no reply."""
    for number, record in read_lines(file):
        name, quote, confidence = (record.get(key) for key in ("id", "quote", "confidence"))
        if name not in given or not isinstance(quote, str | None):
            raise FormatError([f"{file}:{number}: no reply to a question of the part"])
        place = find_quote(quote.strip(' \n"«»'), articles, given[name]) if quote else None
        if place and not isinstance(confidence, int | float):
            raise FormatError([f"{file}:{number}: the confidence of a quote must be a number"])
        yield name, Reply(place, float(confidence)) if place else Reply(None)


def find_quote(quote: str, articles: Articles, given: str | None) -> Span | None:
    """Return where a quote stands first, in the article given or in any."""
    for name in articles if given is None else (given,):
        for number, text in enumerate(articles[name]):
            if quote and (start := text.find(quote)) >= 0:
                return Span(name, number, start, start + len(quote))
    return None


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> None:
    """Read the arguments, and write prompts or replies."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.model_replies", description=__doc__)
    parser.add_argument("step", choices=("prompts", "locate"))
    parser.add_argument("file", type=Path, nargs="?", help="the model's replies, to locate")
    parser.add_argument("--part", choices=(*PARTS, "both"), default="open")
    parser.add_argument("--track", choices=TRACKS, default="archive")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the set")
    given = parser.parse_args(arguments)
    if given.step == "prompts":
        for prompt in prompts(given.data, given.part, given.track):
            write(json.dumps(prompt, ensure_ascii=False) + "\n")
        return
    asked = read_set(given.data, given.part, given.track)
    passages = {each.id: each.article_id if given.track == "passage" else None for each in asked.questions}
    for reply in locate(given.file, asked.articles, passages):
        write(as_line(*reply))


if __name__ == "__main__":
    main()
