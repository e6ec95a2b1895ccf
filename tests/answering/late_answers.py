"""How late answers fare on sets of questions: `python -m tests.answering.late_answers SET…`.

Of questions with an answer in a set's articles, how many get it and how many another; of those without, how many are
answered all the same: to who asks, and late.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from bot.answering import Answer
from tests.answering.conftest import build
from tests.answering.coverage import ANSWERER


def count(folder: Path) -> Counter[str]:
    """Count the outcomes of a set's questions."""
    edition, counts = build(folder / "articles.jsonl"), Counter[str]()
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        accepted = question.get("answers") or ()
        kind = "answerable" if accepted else "unanswerable"
        counts[kind] += 1
        analysed = ANSWERER.analyse(question["question"])
        now, _ = ANSWERER.answer_with_more(analysed, edition)
        late = ANSWERER.late_answer(analysed, edition)
        for when, outcome in (("asked", now), ("late", late[0] if late else None)):
            if isinstance(outcome, Answer):
                is_right = any(text in quote.text for text in accepted for quote in outcome.shown_quotes)
                counts[f"{kind} {when} {'right' if is_right else 'wrong'}"] += 1
    return counts


def main() -> None:
    """Print the shares."""
    total = Counter[str]()
    for folder in map(Path, sys.argv[1:]):
        counts = count(folder)
        total += counts
        print(folder.name, _row(counts))  # noqa: T201
    print("together", _row(total))  # noqa: T201


def _row(counts: Counter[str]) -> str:
    parts = []
    for when in ("asked", "late"):
        right, wrong = (counts[f"answerable {when} {which}"] / counts["answerable"] for which in ("right", "wrong"))
        false = counts[f"unanswerable {when} wrong"] / counts["unanswerable"]
        parts.append(f"{when}: right {right:.1%}, wrong {wrong:.1%}, answered without an answer {false:.1%}")
    return "; ".join(parts)


if __name__ == "__main__":
    main()
