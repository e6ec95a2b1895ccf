"""Everyday words: read from a list as `wordfreq` packs it, names told from words by their forms."""

import gzip
from pathlib import Path

import pytest

from bot.answering import Background
from bot.lab.everyday_words import everyday_words, read_word_list
from tests.answering.coverage import ANALYSER

NEWS = Background({"ميناء": 40.0}, 2.0)


def packed(text: str) -> bytes:
    data = text.encode()
    return bytes([0xD9, len(data)]) + data if len(data) > 31 else bytes([0xA0 | len(data)]) + data


def written(file: Path, *bins: list[str], version: int = 1) -> Path:
    header = b"\x82" + packed("format") + packed("cB") + packed("version") + bytes([version])
    lists = b"".join(bytes([0x90 | len(words)]) + b"".join(map(packed, words)) for words in bins)
    file.write_bytes(gzip.compress(bytes([0xDC]) + (len(bins) + 1).to_bytes(2) + header + lists))
    return file


def test_the_bin_of_a_word_tells_its_frequency(tmp_path: Path) -> None:
    file = written(tmp_path / "list.gz", [], ["كتاب"], *[[]] * 98, ["كتاباً", "book", "اللهماحفظنامنكلسوءومكروه"])
    frequencies = read_word_list(file)
    assert frequencies["كتاب"] == pytest.approx(10**-0.01 * 1e6)
    assert frequencies["كتابا"] == pytest.approx(1e5)
    assert "book" not in frequencies


def test_a_list_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="version"):
        read_word_list(written(tmp_path / "list.gz", version=2))
    (tmp_path / "other.gz").write_bytes(gzip.compress(b"\xc3"))
    with pytest.raises(ValueError, match="0xc3"):
        read_word_list(tmp_path / "other.gz")


def test_words_with_pronouns_and_persons_are_chosen_and_names_are_not() -> None:
    words = dict.fromkeys(
        ("ساعة", "ساعتها", "ساعتهم", "ساعتك", "الساعة", "يحلم", "تحلم", "نحلم", "أحلم", "شكسبير"), 9.0
    )
    chosen = everyday_words({ANALYSER.words(word)[0]: each for word, each in words.items()}, NEWS, ANALYSER)
    assert {"يحلم", "تحلم", "نحلم"} <= chosen.verbs
    assert chosen.is_listed("ساع")
    assert not chosen.is_listed("شكسبير")


def test_what_news_has_as_often_is_left_out() -> None:
    words = dict.fromkeys(("ميناء", "ميناءها", "ميناءهم", "ميناءنا", "الميناء"), 9.0)
    assert not everyday_words(words, NEWS, ANALYSER).per_million
