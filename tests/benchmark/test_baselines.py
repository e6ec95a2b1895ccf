"""Each baseline answers the questions in the form that the scorer reads."""

from pathlib import Path

import numpy as np
import pytest

from bot.answering import Knowledge, Risk
from bot.articles import Article, Paragraph
from bot.settings import CONFIG
from tests.answering.meaning.encoders import RememberedEncoder, Vectors
from tests.benchmark import baselines
from tests.benchmark.baselines import find_system, main, reply_all
from tests.benchmark.score import TRACKS, Reply, read_replies, read_set
from tests.benchmark.systems import Bm25, Encoder


class LetterEncoder:
    """An encoder that counts letters."""

    def query(self, texts: list[str]) -> Vectors:
        """Encode texts by how often they have each letter."""
        counts = np.array([[text.count(letter) for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي؟"] for text in texts])
        return np.asarray(counts / np.maximum(1, np.linalg.norm(counts, axis=1, keepdims=True)), np.float32)

    passage = query


@pytest.mark.parametrize("system", ["bm25", "isnad", "encoder"])
def test_a_baseline_is_scored_on_both_tracks_and_keeps_its_replies(
    data: Path, tmp_path: Path, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "find_encoder", lambda _: LetterEncoder())
    said: list[str] = []
    main([system, "--data", str(data), "--replies", str(tmp_path)], said.append)
    assert said[0].startswith(f"python -m tests.benchmark.baselines {system} ")
    for track, text in zip(TRACKS, said[2:], strict=True):
        assert f"track {track}, part open" in text
        replies = read_replies(tmp_path / f"{system}-{track}-open.jsonl", read_set(data, track=track), track)
        assert any(reply.quote for reply in replies.values())


def test_an_encoder_that_is_not_installed_is_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "ENCODER", "no_such_encoder")
    said: list[str] = []
    main(["encoder", "--data", str(data)], said.append)
    assert said[0].startswith("The encoder is left out: the package no_such_encoder is not installed.")


def test_a_paragraph_too_long_for_a_quote_is_quoted_by_its_best_sentence(tmp_path: Path) -> None:
    sentences = ["تأجلت المباراة إلى يوم الجمعة بعد أمطار غزيرة." for _ in range(9)]
    text = " ".join([*sentences, "وقال المدرب إن سبعة لاعبين غابوا عن التمرين.", *sentences])
    articles = [Article("a001", "خبر", (Paragraph(text), *[Paragraph("افتتح الجسر.")] * 4))]
    encoder = RememberedEncoder(LetterEncoder(), tmp_path / "vectors")
    for system in (Bm25(articles), Encoder(articles, encoder)):
        quote = system.reply("المدرب قال كم من لاعبين غابوا عن التمرين؟").quote
        assert quote is not None
        assert text[quote.start : quote.end] == "وقال المدرب إن سبعة لاعبين غابوا عن التمرين."


def test_the_bot_says_what_it_would_quote_where_it_refuses(data: Path, tmp_path: Path) -> None:
    make = find_system("isnad", tmp_path / "vectors")
    found = dict(reply_all(make, data, "open", "archive"))
    threshold = Knowledge.read(CONFIG, Risk.NORMAL).model.threshold
    assert found["open-f001-egyptian"].confidence > threshold
    assert 0 < found["open-f002-egyptian"].confidence < threshold
    assert found["open-u004-egyptian"] == Reply(None)
