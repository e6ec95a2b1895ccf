"""Score a system's replies to the questions of Tawaqquf: `python3 score.py DATA REPLIES [--track TRACK] [--json]`.

The file stands alone: Python 3.11 and its standard library are enough. DATA is the folder with `set.json` and
`articles.jsonl`; REPLIES has a reply a line, each question of the part once:

    {"id": "…", "answer": {"article_id": "…", "paragraph": 0, "start": 0, "end": 40}, "confidence": 0.7}
    {"id": "…", "answer": null}

The answer is a quote: characters `start` to `end` of a paragraph, all counted from 0, `end` excluded. With `text` in it
the quote is compared character for character. A quote is right if it has at most 60 words and a whole accepted answer
in it. Confidences are any finite numbers; the higher, the surer. One number ranks systems: the share of the answerable
questions that are answered rightly where the confidence demanded is just so high that 90 % of the unanswerable ones are
refused. Equal confidences are answered together, so that a system that is as sure of everything has 0.

Exit code 0, or 2 where something is malformed, each line of it named.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

VERSION = "1.0.0"
MOST_WORDS = 60
REFUSED = 0.9
PARTS = ("open", "sealed")
TRACKS = ("archive", "passage")
ANSWERABLE = "answerable"
RESAMPLES, SEED, TAIL = 1000, 0, 0.025
# Shares refused at which the printed curve is read.
READ_AT = (0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.25, 0.0)
_INFINITE = float("inf")

Articles = Mapping[str, Sequence[str]]
"""The paragraphs of each article by its id."""


class FormatError(ValueError):
    """A file that is not in the form; `problems` says what is wrong, each with the file and the line."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Span:
    """A quote: characters of a paragraph of an article."""

    article_id: str
    paragraph: int
    start: int
    end: int

    def contains(self, other: "Span") -> bool:
        """Return whether another span lies within this one."""
        is_there = (self.article_id, self.paragraph) == (other.article_id, other.paragraph)
        return is_there and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Question:
    """A question; `core` is what its six forms have in common, `kind` is `answerable` or that of unanswerable ones.

    `article_id` names the article that the track `passage` gives with it, if any.
    """

    id: str
    core: str
    form: str
    kind: str
    article_id: str | None
    answers: tuple[Span, ...]


@dataclass(frozen=True)
class QuestionSet:
    """The questions that a run scores, the articles, and the ids of the questions that it leaves out."""

    name: str
    version: str
    articles: Articles
    questions: tuple[Question, ...]
    others: frozenset[str]


@dataclass(frozen=True)
class Reply:
    """A quote with its confidence; a refusal has no quote."""

    quote: Span | None
    confidence: float = -_INFINITE


@dataclass(frozen=True)
class Scored:
    """A question with the confidence of its answer, `-inf` where it is refused, and whether the answer is right."""

    question: Question
    confidence: float
    is_right: bool

    @property
    def is_answerable(self) -> bool:
        """Return whether the articles answer the question."""
        return self.question.kind == ANSWERABLE


@dataclass(frozen=True)
class Point:
    """The shares where an answer needs a confidence of `threshold`, None where nothing is answered.

    `right` and `wrong` are shares of the answerable questions, `refused` of the unanswerable ones.
    """

    threshold: float | None
    right: float
    wrong: float
    refused: float


def read_lines(file: Path) -> Iterator[tuple[int, Any]]:
    """Yield the number and the record of each line of a JSON Lines file; raise FormatError for the lines without."""
    problems = []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError([f"{file}: cannot be read: {error}"]) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            yield number, record
        else:
            problems.append(f"{file}:{number}: no JSON object")
    if problems:
        raise FormatError(problems)


def read_set(data: Path, part: str = "open", track: str = "archive") -> QuestionSet:
    """Read the questions of a part, or of `both`, for a track; raise FormatError where a quote is not its article's."""
    about = json.loads((data / "set.json").read_text(encoding="utf-8"))
    articles = {record["id"]: tuple(record["paragraphs"]) for _, record in read_lines(data / "articles.jsonl")}
    questions, others, problems = list[Question](), set[str](), list[str]()
    for name in PARTS:
        file = data / name / "questions.jsonl"
        for number, record in read_lines(file):
            question = _question(record)
            is_asked = part in {name, "both"} and (track == "archive" or question.article_id is not None)
            if not is_asked:
                others.add(question.id)
                continue
            problems += [
                f"{file}:{number}: {problem}"
                for answer in record["answers"]
                if (problem := quote_problem(answer, articles))
            ]
            questions.append(question)
    if problems:
        raise FormatError(problems)
    return QuestionSet(about["name"], about["version"], articles, tuple(questions), frozenset(others))


def _question(record: Mapping[str, Any]) -> Question:
    return Question(
        record["id"],
        record["core"],
        record["form"],
        record["unanswerable"] or ANSWERABLE,
        record["article_id"],
        tuple(_span(answer) for answer in record["answers"]),
    )


def _span(answer: Mapping[str, Any]) -> Span:
    return Span(answer["article_id"], answer["paragraph"], answer["start"], answer["end"])


def quote_problem(answer: object, articles: Articles) -> str | None:
    """Say what keeps an answer from being a quote of the articles, None where it is one."""
    if not isinstance(answer, dict):
        return "the answer is neither null nor an object"
    article_id = answer.get("article_id")
    paragraphs = articles.get(article_id) if isinstance(article_id, str) else None
    if paragraphs is None:
        return f"no article {json.dumps(article_id)}"
    return _place_problem(answer, article_id, paragraphs)


def _place_problem(answer: Mapping[str, Any], article_id: object, paragraphs: Sequence[str]) -> str | None:
    places = [answer.get(key) for key in ("paragraph", "start", "end")]
    paragraph, start, end = (place if type(place) is int else -1 for place in places)
    if not 0 <= paragraph < len(paragraphs):
        return f"paragraph must be a whole number from 0 to {len(paragraphs) - 1} in {article_id}"
    text = paragraphs[paragraph]
    if not 0 <= start < end <= len(text):
        return f"start and end must be whole numbers from 0 to {len(text)} in paragraph {paragraph} of {article_id}"
    if "text" in answer and answer["text"] != text[start:end]:
        return f"the text is not that of the characters {start} to {end} of paragraph {paragraph} of {article_id}"
    return None


def read_replies(file: Path, asked: QuestionSet, track: str = "archive") -> dict[str, Reply]:
    """Read a system's replies by question; raise FormatError with all that is malformed.

    Replies to questions of the other part, or without a passage given, are left out.
    """
    questions = {question.id: question for question in asked.questions}
    replies, problems, lines = dict[str, Reply](), list[str](), dict[str, int]()
    for number, record in read_lines(file):
        at, name = f"{file}:{number}", record.get("id")
        if not isinstance(name, str) or (name not in questions and name not in asked.others):
            problems.append(f"{at}: no question has the id {json.dumps(name)}")
        elif name in lines:
            problems.append(f"{at}: {name} has a reply in line {lines[name]}")
        elif name in questions:
            lines[name] = number
            given = questions[name].article_id if track == "passage" else None
            if problem := _reply_problem(record, asked.articles, given):
                problems.append(f"{at}: {problem}")
            elif record["answer"] is None:
                replies[name] = Reply(None)
            else:
                replies[name] = Reply(_span(record["answer"]), float(record["confidence"]))
    if missing := [name for name in questions if name not in lines]:
        problems.append(f"{file}: questions without a reply: {len(missing)}, the first of them {missing[0]}")
    if problems:
        raise FormatError(problems)
    return replies


def _reply_problem(record: Mapping[str, Any], articles: Articles, given: str | None) -> str | None:
    if "answer" not in record:
        return "answer is missing; a refusal has null"
    answer = record["answer"]
    if answer is None:
        return None
    if problem := quote_problem(answer, articles):
        return problem
    if given not in {None, answer["article_id"]}:
        return f"the passage given is of {given}, not of {answer['article_id']}"
    return None if _is_finite(record.get("confidence")) else "the confidence of an answer must be a finite number"


def _is_finite(confidence: object) -> bool:
    try:
        return type(confidence) in (int, float) and math.isfinite(float(str(confidence)))
    except ValueError:
        return False


def is_right(quote: Span, accepted: Iterable[Span], articles: Articles) -> bool:
    """Return whether a quote has a whole accepted answer in it, and no more words than a quote may have."""
    text = articles[quote.article_id][quote.paragraph][quote.start : quote.end]
    return len(text.split()) <= MOST_WORDS and any(quote.contains(answer) for answer in accepted)


def score_replies(asked: QuestionSet, replies: Mapping[str, Reply]) -> list[Scored]:
    """Judge the reply to each question."""
    scored = []
    for question in asked.questions:
        reply = replies[question.id]
        right = reply.quote is not None and is_right(reply.quote, question.answers, asked.articles)
        scored.append(Scored(question, reply.confidence, right))
    return scored


def curve(scored: Sequence[Scored], weights: Mapping[str, int] | None = None) -> list[Point]:
    """Return the points at each confidence, the highest first; `weights` count the questions of a core more than once.

    They begin where nothing is answered.
    """
    weighted = [(one, 1 if weights is None else weights.get(one.question.core, 0)) for one in scored]
    answerable = sum(weight for one, weight in weighted if one.is_answerable) or 1
    unanswerable = sum(weight for one, weight in weighted if not one.is_answerable) or 1
    answered = sorted(
        (each for each in weighted if each[0].confidence > -_INFINITE), key=lambda each: -each[0].confidence
    )
    points, right, wrong, kept = [Point(None, 0.0, 0.0, 1.0)], 0, 0, unanswerable
    for threshold, group in groupby(answered, key=lambda each: each[0].confidence):
        for one, weight in group:
            right += weight * (one.is_answerable and one.is_right)
            wrong += weight * (one.is_answerable and not one.is_right)
            kept -= weight * (not one.is_answerable)
        points.append(Point(threshold, right / answerable, wrong / answerable, kept / unanswerable))
    return points


def operating_point(points: Sequence[Point], refused: float = REFUSED) -> Point:
    """Return the point with most answers at which still this share of the unanswerable questions is refused."""
    return [point for point in points if point.refused >= refused][-1]


def resample(scored: Sequence[Scored], resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[Counter[str]]:
    """Yield how often each core is drawn, of facts and of unanswerable cores as many as there are.

    The six forms of a core stay together, since they are no independent questions.
    """
    drawn = random.Random(seed)  # noqa: S311
    cores = [sorted({one.question.core for one in scored if one.is_answerable is kind}) for kind in (True, False)]
    for _ in range(resamples):
        yield Counter(core for each in cores for core in drawn.choices(each, k=len(each)))


def interval(scored: Sequence[Scored], resamples: int = RESAMPLES) -> tuple[float, float]:
    """Return the 95 % interval of the one number by a bootstrap over facts and over unanswerable cores.

    Source: B. Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979; the percentiles of the resamples.
    """
    return _middle([operating_point(curve(scored, drawn)).right for drawn in resample(scored, resamples)])


def lead(one: Sequence[Scored], other: Sequence[Scored], resamples: int = RESAMPLES) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two systems' numbers, both on the same resamples."""
    return _middle(
        [
            operating_point(curve(one, drawn)).right - operating_point(curve(other, drawn)).right
            for drawn in resample(one, resamples)
        ]
    )


def _middle(numbers: Sequence[float]) -> tuple[float, float]:
    ordered, tail = sorted(numbers), int(len(numbers) * TAIL)
    return ordered[tail], ordered[-1 - tail]


@dataclass(frozen=True)
class Report:
    """What a run comes to: the one number with its interval, the point it is read at, the curve, and tables.

    `forms` has by form the shares of answerable questions right, wrong and refused, and of unanswerable ones refused;
    `kinds` by kind of unanswerable question the share refused of each form, and of all.
    """

    benchmark: str
    version: str
    scorer: str
    track: str
    part: str
    answerable: int
    unanswerable: int
    right_at_90_refused: float
    interval: tuple[float, float]
    point: Point
    mean_words: float
    forms: Mapping[str, Mapping[str, float]]
    kinds: Mapping[str, Mapping[str, float]]
    curve: Sequence[Point]


def make_report(
    asked: QuestionSet, replies: Mapping[str, Reply], track: str, part: str, at: float | None = None
) -> Report:
    """Score replies; the tables are at the operating point, or where a confidence of `at` is demanded."""
    scored = score_replies(asked, replies)
    points = curve(scored)
    best = operating_point(points)
    chosen = best if at is None else [each for each in points if each.threshold is None or each.threshold >= at][-1]
    least = _INFINITE if chosen.threshold is None else chosen.threshold
    quotes = [reply.quote for reply in replies.values() if reply.quote]
    words = [len(asked.articles[each.article_id][each.paragraph][each.start : each.end].split()) for each in quotes]
    answerable = [one for one in scored if one.is_answerable]
    unanswerable = [one for one in scored if not one.is_answerable]
    return Report(
        asked.name,
        asked.version,
        VERSION,
        track,
        part,
        len(answerable),
        len(unanswerable),
        best.right,
        interval(scored),
        chosen,
        sum(words) / (len(words) or 1),
        _by(scored, lambda one: one.question.form, lambda some: _shares(some, least)),
        _by(unanswerable, lambda one: one.question.kind, lambda some: _refused_by_form(some, least)),
        points,
    )


def _by(
    scored: Iterable[Scored], name: Callable[[Scored], str], figures: Callable[[Sequence[Scored]], Mapping[str, float]]
) -> dict[str, Mapping[str, float]]:
    groups = defaultdict[str, list[Scored]](list)
    for one in scored:
        groups[name(one)].append(one)
    return {key: figures(groups[key]) for key in sorted(groups)}


def _shares(scored: Sequence[Scored], least: float) -> dict[str, float]:
    answerable = [one for one in scored if one.is_answerable]
    answered = [one for one in answerable if one.confidence >= least]
    right, total = sum(one.is_right for one in answered), len(answerable) or 1
    return {
        "right": right / total,
        "wrong": (len(answered) - right) / total,
        "false_refusals": (len(answerable) - len(answered)) / total,
        "refused": _refused([one for one in scored if not one.is_answerable], least),
    }


def _refused_by_form(scored: Sequence[Scored], least: float) -> dict[str, float]:
    forms = sorted({one.question.form for one in scored})
    shares = {form: _refused([one for one in scored if one.question.form == form], least) for form in forms}
    return {**shares, "all": _refused(scored, least)}


def _refused(scored: Sequence[Scored], least: float) -> float:
    return sum(one.confidence < least for one in scored) / (len(scored) or 1)


def lines(report: Report) -> Iterator[str]:
    """Lay a report out for a terminal, in Markdown."""
    low, high = report.interval
    point = report.point
    yield f"{report.benchmark} {report.version}, scorer {report.scorer}, track {report.track}, part {report.part}:"
    yield f"{report.answerable} answerable and {report.unanswerable} unanswerable questions."
    yield ""
    yield f"**Right at .90 refused: {report.right_at_90_refused:.3f}** (95 % interval {low:.3f} to {high:.3f})"
    yield ""
    least = "none is enough" if point.threshold is None else f"{point.threshold:.6g}"
    yield f"The tables are at this confidence: {least}. There {point.right:.3f} of the answerable are right and"
    yield f"{point.wrong:.3f} wrong, and {point.refused:.3f} of the unanswerable are refused. A quote has"
    yield f"{report.mean_words:.1f} words in the mean."
    yield ""
    yield from _table("refused at least", ("right", "wrong"), dict(_read(report.curve)))
    yield from _table("form", ("right", "wrong", "false_refusals", "refused"), report.forms)
    yield from _table("refused, by kind", [*sorted(report.forms), "all"], report.kinds)


def _read(points: Sequence[Point]) -> Iterator[tuple[str, Mapping[str, float]]]:
    for refused in READ_AT:
        point = operating_point(points, refused)
        yield f"{refused:.2f}", {"right": point.right, "wrong": point.wrong}


def _table(head: str, columns: Sequence[str], rows: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield f"| {head} | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for name, row in rows.items():
        yield f"| {name} | {' | '.join(f'{row[column]:.3f}' if column in row else '–' for column in columns)} |"
    yield ""


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> int:
    """Read the arguments, and write the report or what is malformed."""
    parser = argparse.ArgumentParser(prog="score.py", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with set.json and articles.jsonl")
    parser.add_argument("replies", type=Path, help="a JSON Lines file, a reply a line")
    parser.add_argument("--track", choices=TRACKS, default="archive", help="the articles searched: all, or one given")
    parser.add_argument("--part", choices=(*PARTS, "both"), default="open")
    parser.add_argument("--at", type=float, metavar="CONFIDENCE", help="read the tables at this confidence")
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    given = parser.parse_args(arguments)
    try:
        asked = read_set(given.data, given.part, given.track)
        report = make_report(asked, read_replies(given.replies, asked, given.track), given.track, given.part, given.at)
    except FormatError as error:
        write("".join(f"{problem}\n" for problem in error.problems))
        return 2
    write(json.dumps(asdict(report), ensure_ascii=False) + "\n" if given.json else "\n".join(lines(report)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
