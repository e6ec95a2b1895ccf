"""What each part of understanding and evidence is worth: the figures of `eval` without one at a time.

`python -m tests.answering.ablation SET… [--corpus PATH] [--part PREFIX] [--wrapped FILE] [--parts BEGINNING]` prints
a table for each set. The evidence model is not fitted anew, so that a part without which its numbers no longer fit may
seem worth more than it is.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.answering import Answer, Answerer, Knowledge, Refusal, Risk, answerer, decision, ranking
from bot.answering.evidence import Given, answer_values
from bot.answering.evidence.requirements import Requirements
from bot.answering.knowledge import Dialects, Everyday
from bot.answering.knowledge.small_talk import SmallTalk
from bot.answering.knowledge.word_relations import Thesaurus
from bot.answering.modes.claim_comparison import ClaimComparison
from bot.answering.modes.claim_names import NameComparison
from bot.answering.modes.claim_polarity import PolarityComparison
from bot.answering.question import interpretation
from bot.answering.quotes import QuoteSelector
from bot.answering.reasons import Requirement
from bot.answering.words import MessageCore
from bot.articles import BoilerplatePhrases, read_corpus
from bot.edition import Edition, make_edition
from bot.lab.evaluation.community_metrics import score_community
from bot.lab.evaluation.quality_metrics import AnswerQuestion, BoldWords, score_answers
from bot.lab.evaluation.question_sets import CHAT, CLAIM_KINDS, GOLD, EvaluationSet, read_set
from bot.lab.evaluation.wrapped_questions import Courtesy, read_courtesies, score_stability
from bot.retrieval import RANKING
from bot.settings import CONFIG

NOTHING = "nothing"
# Chosen: each message is asked four times, and so many tell what courtesies change.
_WRAPPED = 80


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in the place of a part that is switched off: word lists of the lexicon, and names of modules."""

    lists: Mapping[str, Any]
    names: Mapping[tuple[Any, str], Any]

    @classmethod
    def of_lists(cls, **lists: Any) -> "Part":
        """Make a part that is word lists."""
        return cls(lists, {})

    @classmethod
    def of_names(cls, *names: tuple[Any, str, Any]) -> "Part":
        """Make a part that is steps, each by its module or class, its name there, and what stands in its place."""
        return cls({}, {(owner, name): instead for owner, name, instead in names})

    @contextmanager
    def switched_off(self, knowledge: Knowledge) -> Iterator[Answerer]:
        """Answer without the part."""
        with ExitStack() as stack:
            for (owner, name), instead in self.names.items():
                stack.enter_context(patch.object(owner, name, instead))
            yield Answerer(replace(knowledge, lexicon=replace(knowledge.lexicon, **self.lists)))


def _without(*requirements: Requirement) -> Part:
    missing = Requirements._missing

    def others(self: Requirements, candidate: Any) -> Iterator[Requirement]:
        return (each for each in missing(self, candidate) if each not in requirements)

    return Part.of_names((Requirements, "_missing", others))


def _any_currency(self: answer_values.AnswerValues, *arguments: Any) -> None:
    _initialise(self, *arguments)
    self._kinds = None


_initialise = answer_values.AnswerValues.__init__

PARTS: Mapping[str, Part] = {
    NOTHING: Part({}, {}),
    "courtesies taken off": Part.of_names((interpretation, "find_core", lambda text: MessageCore(text.on_one_line()))),
    "small talk": Part.of_names(
        (SmallTalk, "recognise", lambda *_: None), (interpretation, "find_talk_to_bot", lambda *_: None)
    ),
    "dialect words": Part.of_lists(dialects=Dialects({}, {}, {}, frozenset(), frozenset(), frozenset())),
    "thesaurus": Part.of_lists(thesaurus=Thesaurus({})),
    "half weight of related words": Part.of_names((ranking, "RANKING", replace(RANKING, related_weight=1.0))),
    "everyday words": Part.of_lists(everyday=Everyday({}, frozenset())),
    "kinds of answers": Part.of_names((answerer, "choose_mode", lambda understood, _: understood)),
    "several questions": Part.of_names((answerer, "split_questions", lambda text, _: [text.text])),
    "unknown names refused": Part.of_names((decision, "_is_name", lambda *_, **__: False)),
    "requirement: names": _without(Requirement.NAME),
    "requirement: relations": _without(Requirement.RELATION),
    "requirement: values": _without(Requirement.VALUE, Requirement.COUNT),
    "of values: what is counted": Part.of_names(
        (answer_values, "counted_units", lambda *_: None), (answer_values, "is_in_name", lambda *_: False)
    ),
    "of values: currency": Part.of_names((answer_values.AnswerValues, "__init__", _any_currency)),
    "requirement: years": _without(Requirement.YEAR, Requirement.OTHER_YEAR),
    "requirement: asked names": _without(Requirement.ASKED_NAME),
    "requirement: opposites": Part.of_lists(opposites=()),
    "all requirements": _without(*Requirement),
    "fit of what is given": Part.of_names((Given, "fit", lambda *_: 0.0)),
    "claims: names in another's place": Part.of_names((NameComparison, "differences", lambda *_: iter(()))),
    "claims: role of a name": Part.of_names((NameComparison, "_share_word", lambda *_: True)),
    "claims: order of names": Part.of_names((NameComparison, "are_in_order", lambda *_: True)),
    "claims: opposites and denials": Part.of_names((PolarityComparison, "find", lambda *_: None)),
    "claims: words beside an event": Part.of_names((PolarityComparison, "_shares_neighbour", lambda *_: True)),
    "claims: agreement": Part.of_names((PolarityComparison, "is_turned", lambda *_: False)),
    "claims: words near each other": Part.of_names((ClaimComparison, "_are_near", lambda *_: True)),
    "quotes filled up": Part.of_names((QuoteSelector, "fill_up", lambda _, selected, __: list(selected))),
}

Outcome = Answer | Refusal
Row = dict[str, str]
"""Figures as they are written, by the heading of their column."""


def measure(
    questions: EvaluationSet,
    edition: Edition,
    knowledge: Knowledge,
    courtesies: Sequence[Courtesy] = (),
    beginning: str = "",
) -> Iterator[tuple[str, Row]]:
    """Yield the figures of a set without each part, or without those whose names begin so; with all of them first."""
    known: list[tuple[Any, ...]] = []
    for name, part in PARTS.items():
        if name != NOTHING and not name.startswith(beginning):
            continue
        with part.switched_off(knowledge) as asked:
            outcomes = {case.question: asked.answer(case.question, edition) for case in questions.cases}
            told = [_told(outcome) for outcome in outcomes.values()]
            known = known or told

            def answer(question: str, _: Edition, outcomes: Mapping[str, Outcome] = outcomes) -> Outcome:
                return outcomes[question]

            figures = _of_community if questions.is_community else _of_facts
            row = figures(questions, edition, answer)
            if courtesies:
                cases = [case for case in questions.cases if case.kind != CHAT][:_WRAPPED]
                stability = score_stability(cases, edition, asked.answer, courtesies)
                row["same when wrapped"] = _share(stability.figures.outcomes)
        row["changed"] = str(sum(one != other for one, other in zip(known, told, strict=True)))
        yield name, row


def _told(outcome: Outcome) -> tuple[Any, ...]:
    """Return what a member sees of an outcome: what is said of the quotes and their places, or why there are none."""
    if isinstance(outcome, Refusal):
        return (outcome.reason,)
    return outcome.statement, *((quote.article.id, quote.paragraph, quote.start, quote.end) for quote in outcome.quotes)


def _of_community(questions: EvaluationSet, edition: Edition, answer: AnswerQuestion) -> Row:
    figures = score_community(questions.cases, edition, answer).figures
    first, any_quote = figures.right_at_1.get, figures.right_at_3.get
    return {
        "right @1": _share(first(GOLD)),
        "@3": _share(any_quote(GOLD)),
        "wrong": _share(figures.wrong),
        "refused": _share(figures.false_refusals),
        "near": _share(figures.refused.get("near")),
        "off": _share(figures.refused.get("off")),
        "overview": _share(any_quote("overview")),
        "latest": _share(first("latest")),
        **{kind.replace("_", " "): _share(any_quote(kind)) for kind in CLAIM_KINDS},
        **{
            f"{kind.removeprefix('claim_')}: {verdict}": _share(share)
            for kind, verdicts in figures.verdicts.items()
            for verdict, share in verdicts.items()
        },
        **_bold(figures.bold),
        "chat": _share(figures.chat_met),
    }


def _of_facts(questions: EvaluationSet, edition: Edition, answer: AnswerQuestion) -> Row:
    figures = score_answers(questions.cases, edition, answer)
    return {
        "right @1": _share(figures.right_at_1),
        "@3": _share(figures.right_at_3),
        "wrong": _share(figures.wrong),
        "refused": _share(figures.false_refusals),
        **{kind: _share(share) for kind, share in figures.refused.items()},
        **_bold(figures.bold),
    }


def _bold(shares: BoldWords) -> Row:
    return {"bold right": _share(shares.right), "bold wrong": _share(shares.wrong)}


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}".removeprefix("0") if share < 1 else "1.00"


def lines(rows: Iterator[tuple[str, Row]]) -> Iterator[str]:
    """Lay figures out as a table in Markdown, a line at a time."""
    for number, (name, row) in enumerate(rows):
        if not number:
            yield "| without | " + " | ".join(row) + " |"
            yield "|---" * (len(row) + 1) + "|"
        yield f"| {name} | " + " | ".join(row.values()) + " |"


def main(write: Callable[..., None] = print) -> None:
    """Read the arguments and print a table for each set."""
    parser = argparse.ArgumentParser(prog="python -m tests.answering.ablation", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="folders of questions, in the form of `eval`")
    parser.add_argument("--corpus", type=Path, help="articles of sets that have none of their own")
    parser.add_argument("--part", default="", help="take of a set with ids that begin so only these questions")
    parser.add_argument("--wrapped", type=Path, help="courtesies to ask the messages of a community in, too")
    parser.add_argument("--parts", default="", help="switch off only the parts whose names begin so")
    arguments = parser.parse_args()
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    knowledge = Knowledge.read(CONFIG, Risk.NORMAL)
    corpus = read_corpus(arguments.corpus, phrases).articles if arguments.corpus else ()
    courtesies = read_courtesies(arguments.wrapped) if arguments.wrapped else ()
    editions: dict[int, Edition] = {}
    for folder in arguments.sets:
        questions = read_set(folder, phrases, corpus, arguments.part)
        edition = editions.get(id(questions.articles)) or make_edition(questions.articles, (), knowledge.analyser)
        editions = {id(questions.articles): edition}
        write(f"{questions.name}: {len(questions.cases)} messages\n", flush=True)
        wrapped = courtesies if questions.is_community else ()
        for line in lines(measure(questions, edition, knowledge, wrapped, arguments.parts)):
            write(line, flush=True)
        write(flush=True)


if __name__ == "__main__":
    main()
