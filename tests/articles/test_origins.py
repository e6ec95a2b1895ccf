"""Articles of several sources in one folder: whose they are, what they are called, what they are asked."""

import json
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import ORIGINS_FILE, Origin, Origins, find_corpus, read_corpus, with_digests
from bot.articles.origins import NO_ORIGIN
from bot.edition import GateError
from bot.edition.build import edition_key
from bot.edition.gates import GoldenQuestion, read_golden
from tests.articles.conftest import PHRASES

TEXT = "أعلنت البلدية افتتاح المكتبة العامة صباح الأحد."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of two sources, the second in a folder, where both count their articles from one."""
    for folder in ("", "port"):
        (tmp_path / folder).mkdir(exist_ok=True)
        record = {"id": "1", "title": f"سطر {folder}", "paragraphs": [TEXT]}
        (tmp_path / folder / "lines.jsonl").write_text(json.dumps(record) + "\n")
        (tmp_path / folder / "a.md").write_text(f"---\ntitle: ملف {folder}\n---\n\n{TEXT}\n")
    (tmp_path / "port" / "own.md").write_text(f"---\ntitle: له\noutlet: وكالة\n---\n\n{TEXT}\n")
    return tmp_path


def write(corpus: Path, *origins: Origin) -> None:
    Origins(origins).write(corpus)


def key(corpus: Path) -> str:
    return edition_key(with_digests(find_corpus(corpus)), PHRASES, Analyser())


def test_without_origins_two_of_one_id_are_one_too_many(corpus: Path) -> None:
    read = read_corpus(corpus, PHRASES)
    assert [rejection.reason for rejection in read.rejections] == ["duplicate_id"]
    assert {article.outlet for article in read.articles} == {None, "وكالة"}


def test_articles_of_a_source_have_its_outlet_and_its_ids(corpus: Path) -> None:
    write(corpus, Origin("", "المدينة"), Origin("port", "الميناء"))
    read = read_corpus(corpus, PHRASES)
    assert read.rejections == ()
    assert {article.id: article.outlet for article in read.articles} == {
        "1": "المدينة",
        "a": "المدينة",
        "port/1": "الميناء",
        "port/a": "الميناء",
        "port/own": "وكالة",
    }


def test_articles_of_a_feed_have_its_outlet_whatever_they_name(corpus: Path) -> None:
    write(corpus, Origin("", None, is_feed=True), Origin("port", "الميناء", is_feed=True))
    read = read_corpus(corpus, PHRASES)
    assert {article.id: article.outlet for article in read.articles if article.outlet} == {
        "port/1": "الميناء",
        "port/a": "الميناء",
        "port/own": "الميناء",
    }


def test_the_key_of_an_edition_depends_on_outlets_and_ids(corpus: Path) -> None:
    keys = [key(corpus)]
    for origins in (
        (Origin("", None), Origin("port", None)),
        (Origin("", "المدينة"), Origin("port", None)),
        (Origin("", None), Origin("port", "المدينة")),
        (Origin("", None), Origin("port", "الميناء")),
        (Origin("", None), Origin("port", "الميناء", is_feed=True)),
    ):
        write(corpus, *origins)
        keys.append(key(corpus))
    assert len(set(keys)) == len(keys)
    write(corpus, Origin(""))
    assert key(corpus) == keys[0]


@pytest.mark.parametrize("content", ["", "[", "{}", "1", "[[]]", '[["a"]]', '[["../x", "y"]]', '[["..", "y"]]'])
def test_what_is_no_list_of_origins_counts_for_nothing(corpus: Path, content: str) -> None:
    before = key(corpus)
    (corpus / ORIGINS_FILE).write_text(content)
    assert key(corpus) == before
    assert Origins.read(corpus).of("port/a.md") == NO_ORIGIN


def test_golden_questions_of_every_source_name_articles_as_it_does(corpus: Path) -> None:
    (corpus / "questions.yaml").write_text("- {question: متى؟, article: a}\n- {question: أين؟, refuse: true}\n")
    (corpus / "port" / "questions.yml").write_text("- {question: من؟, article: own}\n- {question: كم؟, refuse: yes}\n")
    write(corpus, Origin(), Origin("port"))
    assert read_golden(corpus) == (
        GoldenQuestion("متى؟", "a"),
        GoldenQuestion("أين؟", None),
        GoldenQuestion("من؟", "port/own"),
        GoldenQuestion("كم؟", None),
    )
    assert read_corpus(corpus, PHRASES).rejections == ()
    (corpus / "port" / "questions.yml").write_text("- {question: من؟}\n")
    with pytest.raises(GateError) as caught:
        read_golden(corpus)
    assert caught.value.values == {"file": "port/questions.yml", "line": 1}


def test_golden_questions_in_any_other_folder_are_misplaced(corpus: Path) -> None:
    write(corpus, Origin(), Origin("port"))
    (corpus / "port" / "sub").mkdir()
    for folder in ("port", "port/sub"):
        (corpus / folder / "questions.yaml").write_text("[]")
    rejected = read_corpus(corpus, PHRASES).rejections
    assert [(rejection.path, rejection.reason) for rejection in rejected] == [("port/sub/questions.yaml", "misplaced")]
