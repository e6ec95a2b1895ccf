import pickle
import re
from pathlib import Path

import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.marks import fold

from .conftest import ROOT, Write

FILE = (ROOT / "config" / "marks.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("spelling", ["أيضًا", "أيضاً", "ايضآ", "إيضا", "أيضَا", "أيــضا", "أي\u200cضا", " «أيضا»: "])
def test_spellings_fold_to_one(spelling: str) -> None:
    assert fold(spelling) == "ايضا"


def test_marks_can_be_handed_to_another_process(phrases: BoilerplatePhrases) -> None:
    assert pickle.loads(pickle.dumps(phrases)) == phrases  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("teasers = [", "is not valid TOML"),
        (b"\xff\xfe", "is not valid TOML"),
        (FILE.replace("captions =", "capitons ="), "missing or unknown keys: capitons, captions"),
        (re.sub(r"line_words = \d+", "line_words = 0", FILE), "line_words must be a whole number above 0"),
        (re.sub(r"line_words = \d+", "line_words = true", FILE), "line_words must be a whole number"),
        (re.sub(r"labels = \[[^\]]*\]", "labels = 'x'", FILE), "labels must be a list of phrases"),
        (re.sub(r"labels = \[[^\]]*\]", "labels = [' -: ']", FILE), "not a phrase of at least one word"),
        (re.sub(r"labels = \[[^\]]*\]", "labels = [3]", FILE), "not a phrase of at least one word"),
    ],
)
def test_a_malformed_file_is_explained_in_a_sentence(write: Write, content: str | bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        BoilerplatePhrases.read(write("marks.toml", content))


def test_a_list_may_be_empty(write: Write) -> None:
    assert (
        BoilerplatePhrases.read(write("marks.toml", re.sub(r"labels = \[[^\]]*\]", "labels = []", FILE))).labels == ()
    )


def test_a_missing_file_names_itself(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"none\.toml cannot be read"):
        BoilerplatePhrases.read(tmp_path / "none.toml")
