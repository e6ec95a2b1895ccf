"""Where questions fail that the articles answer: `python -m tests.answering.failures SET… [--corpus PATH]`.

Each that has no right first quote counts once, at the step that lost it; the table has no question's words.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.answering import Answer, Answerer, Knowledge, Refusal, Risk
from bot.answering.decision import Decision, Verdict, decide
from bot.answering.modes import choose_mode
from bot.answering.question import interpret
from bot.articles import BoilerplatePhrases, read_corpus
from bot.edition import Edition, make_edition
from bot.lab.evaluation.question_sets import GOLD, Case, read_set
from bot.settings import CONFIG

RIGHT, LATER = "right in the first quote", "right in a further quote"
SENTENCE = "wrong: other sentences of the right paragraph"
PARAGRAPH = "wrong: other paragraphs of the right article"
OTHER = "wrong: another article, the right paragraph {place}"
REFUSED = "refused, the right paragraph {place}"
UNASKED, UNKNOWN = "refused: taken for no question", "refused: a name that no article has"
FIRST, WEIGHED, RULED_OUT = "first", "among the five weighed", "ruled out by «{requirement}»"
RANKED, NOWHERE = "among the ten best", "not among the ten best"


def find_failure(case: Case, decision: Decision, outcome: Answer | Refusal) -> str:
    """Name the step that lost the right first quote of an answerable question."""
    if isinstance(outcome, Answer):
        right = [case.is_answered_by(quote.text) for quote in outcome.quotes]
        if any(right):
            return RIGHT if right[0] else LATER
        if any(case.is_answered_by(quote.article.paragraphs[quote.paragraph].text) for quote in outcome.quotes):
            return SENTENCE
        named = _named(case)
        if any(quote.article.id in named for quote in outcome.quotes):
            return PARAGRAPH
        return OTHER.format(place=_place(case, decision))
    if decision.ranking is None:
        return UNASKED
    return UNKNOWN if decision.verdict is Verdict.UNKNOWN_NAME else REFUSED.format(place=_place(case, decision))


def _named(case: Case) -> set[str]:
    """Return the ids of the articles that a set names for a question."""
    return {*case.articles, *([case.place.article_id] if case.place else [])}


def _place(case: Case, decision: Decision) -> str:
    """Say where the first right paragraph stands among the candidates, one of a named article before any other."""
    if decision.ranking is None:
        return NOWHERE
    candidates, items, named = decision.ranking.candidates, decision.ranking.items, _named(case)
    right = [at for at, one in enumerate(candidates) if case.is_answered_by(one.passage.text)]
    place = next((at for at in right if candidates[at].passage.article.id in named), next(iter(right), len(candidates)))
    if place < len(items) and (requirement := items[place].missing_requirement):
        return RULED_OUT.format(requirement=requirement.value)
    if place < len(items):
        return WEIGHED if place else FIRST
    return RANKED if place < len(candidates) else NOWHERE


def count_failures(cases: tuple[Case, ...], edition: Edition, knowledge: Knowledge) -> Mapping[str, int]:
    """Count the answerable questions by the step that lost them, those right at once included."""
    answerer, counts = Answerer(knowledge), Counter[str]()
    for case in cases:
        if case.kind == GOLD:
            understood = interpret(answerer.analyse(case.question), None, edition.index, knowledge.questions)
            chosen = choose_mode(understood, knowledge.questions)
            decision = decide(case.question, chosen, edition, knowledge)
            counts[find_failure(case, decision, answerer.answer(case.question, edition))] += 1
    return counts


def lines(counts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Lay the counts of sets out as a table in Markdown, answers before refusals, a line at a time."""
    yield "| of the questions that the articles answer | " + " | ".join(counts) + " |"
    yield "|---" * (len(counts) + 1) + "|"
    causes = sorted({cause for each in counts.values() for cause in each}, key=_order)
    for cause in causes:
        yield f"| {cause} | " + " | ".join(str(each.get(cause, 0)) for each in counts.values()) + " |"


def _order(cause: str) -> tuple[int, str]:
    """Sort what is right before what is wrong, and that before refusals."""
    beginnings = (RIGHT, "right", "wrong", "refused")
    return next(number for number, words in enumerate(beginnings) if cause.startswith(words)), cause


def main(write: Callable[[str], object] = print) -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.answering.failures", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="folders of questions, in the form of `eval`")
    parser.add_argument("--corpus", type=Path, help="articles of sets that have none of their own")
    parser.add_argument("--part", default="", help="take of a set with ids that begin so only these questions")
    arguments = parser.parse_args()
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    knowledge = Knowledge.read(CONFIG, Risk.NORMAL)
    corpus = read_corpus(arguments.corpus, phrases).articles if arguments.corpus else ()
    counts: dict[str, Mapping[str, int]] = {}
    for folder in arguments.sets:
        questions = read_set(folder, phrases, corpus, arguments.part)
        edition = make_edition(questions.articles, (), knowledge.analyser)
        counts[questions.name] = count_failures(questions.cases, edition, knowledge)
    for line in lines(counts):
        write(line)


if __name__ == "__main__":
    main()
