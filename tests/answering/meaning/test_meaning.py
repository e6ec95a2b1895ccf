"""The trial of an encoder, with one that counts letters."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.lab.evaluation.question_sets import Case, EvaluationSet, plain
from tests.answering.coverage import KNOWLEDGE, TOWN
from tests.answering.meaning.encoders import RememberedEncoder, Vectors, find_encoder
from tests.answering.meaning.measures import Asked, ask, first, gate, leads
from tests.answering.meaning.vector_search import alone, recall, search

ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةى"
QUESTIONS = EvaluationSet(
    "town",
    tuple(TOWN.articles.values()),
    (
        Case("متى افتتحت المكتبة العامة؟", "gold", (plain("8 مارس 2026"),)),
        Case("من يدير المكتبة العامة؟", "gold", (plain("هدى البستاني"),)),
        Case("كم مرة أغلقت المكتبة العامة؟", "near", ()),
        Case("ما سعر الذهب؟", "off", ()),
    ),
)


class Letters:
    """Counts letters, and how many texts it was given."""

    def __init__(self) -> None:
        self.encoded = 0

    def query(self, texts: list[str]) -> Vectors:
        self.encoded += len(texts)
        counts = np.array([[1 + text.count(letter) for letter in ALPHABET] for text in texts], dtype=np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), dtype=np.float32)

    passage = query


@pytest.fixture(name="asked")
def _asked(tmp_path: Path) -> Sequence[Asked]:
    return list(ask(QUESTIONS, TOWN, KNOWLEDGE, RememberedEncoder(Letters(), tmp_path / "vectors")))


def test_what_was_encoded_is_remembered_by_the_next_run(tmp_path: Path) -> None:
    file, texts = tmp_path / "vectors", ["مكتبة", "ميناء", "مكتبة"]
    made = RememberedEncoder(Letters(), file).passage(texts)
    with file.open("ab") as broken:
        broken.write(b"half a row")
    again = Letters()
    encoder = RememberedEncoder(again, file)
    assert np.array_equal(encoder.passage(texts), made)
    assert again.encoded == 1  # to learn how long a vector is
    assert np.allclose(encoder.query(texts), made)
    assert again.encoded == 3


def test_a_lead_is_over_other_articles() -> None:
    assert leads(np.array([0.9, 0.8, 0.5]), [1, 1, 2]) == pytest.approx([0.4, 0.3, -0.4])
    assert leads(np.array([0.9, 0.5]), [1, 1]) == pytest.approx([0.4, 0.0])


def test_products_are_signals_behind_those_of_the_model(asked: Sequence[Asked]) -> None:
    for one in asked:
        rows, columns = one.example.signals.shape
        assert one.with_meaning().signals.shape == (rows, columns + 2)
        assert (one.with_meaning().signals[:, :columns] == one.example.signals).all()


def test_tables_have_a_row_for_each_set_and_kind(asked: Sequence[Asked], tmp_path: Path) -> None:
    assert [line.split(" | ")[0] for line in gate(asked)][2:] == [
        "| town, gold (2)",
        "| town, near (1)",
        "| town, off (1)",
    ]
    assert list(first(asked))[2].startswith("| town | 2 | 2 | 2 | ")
    found = search(asked, TOWN, RememberedEncoder(Letters(), tmp_path / "vectors"))
    assert [len(one.right) for one in found] == [len(TOWN.index)] * 4
    assert list(recall(found))[2].split(" | ")[1:3] == ["2", "2"]
    assert len(list(alone(found))) == 5


def test_an_encoder_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_encoder"):
        find_encoder("no_such_encoder")
