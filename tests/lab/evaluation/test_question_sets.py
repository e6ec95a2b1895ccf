"""A set that cannot be read is named, with file and line; one that can is read whole."""

import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.articles import Article, BoilerplatePhrases, Paragraph
from bot.errors import SetError
from bot.lab.evaluation.question_sets import KINDS, PassageId, read_set
from bot.settings import CONFIG
from bot.texts import Texts, languages
from tests.lab.evaluation.conftest import PARAGRAPHS, Rows

GOLD = {"question": "متى افتتح الجسر؟", "kind": "gold", "answers": ["2019"]}
BRIDGE, OLIVES = list(PARAGRAPHS)[:2]
WithQuestions = Callable[[Rows], Path]


@pytest.fixture(scope="module")
def phrases() -> BoilerplatePhrases:
    return BoilerplatePhrases.read(CONFIG / "marks.toml")


def failure(folder: Path, phrases: BoilerplatePhrases, corpus: Sequence[Article] = ()) -> SetError:
    """Return why a set cannot be read, which every language has a sentence for."""
    with pytest.raises(SetError) as raised:
        read_set(folder, phrases, corpus)
    for language in languages(CONFIG / "texts"):
        said = Texts.read(CONFIG / "texts", language)(raised.value.key, **raised.value.values)
        assert language != "ar" or not re.search("[A-Za-z]+ [A-Za-z]+", said)
    return raised.value


def test_articles_and_questions_are_read(folder: Path, phrases: BoilerplatePhrases) -> None:
    found = read_set(folder, phrases)
    assert (found.name, len(found.articles), len(found.cases)) == ("bridge", 4, 6)
    assert found.cases[0].is_answered_by("كان ذلك في عام 2019 م")
    assert not found.cases[0].is_answered_by("كان ذلك في عام 2020 م")
    assert [case.place is not None for case in found.cases] == [case.kind == "gold" for case in found.cases]


def test_an_answer_may_say_where_it_stands(with_questions: WithQuestions, phrases: BoilerplatePhrases) -> None:
    answer = {"article_id": BRIDGE, "paragraph": 0, "start": 32, "end": 36, "text": "2019"}
    [case] = read_set(with_questions([GOLD | {"answers": [answer]}]), phrases).cases
    assert case.is_answered_by("كان ذلك في عام 2019 م")


@pytest.mark.parametrize(
    ("line", "key", "values"),
    [
        ({"kind": "gold", "answers": ["2019"]}, "question", {}),
        ({"question": 7, "kind": "off"}, "question", {}),
        (GOLD | {"answers": []}, "unanswered", {"kind": "gold"}),
        (GOLD | {"answers": ["؟!"]}, "unanswered", {"kind": "gold"}),
        (GOLD | {"answers": 7}, "answers", {}),
        (GOLD | {"answers": "2019"}, "answers", {}),
        (GOLD | {"answers": [{"start": 7}]}, "answers", {}),
        (GOLD | {"kind": "golden"}, "kind", {"kinds": ", ".join(KINDS)}),
        (GOLD | {"kind": None}, "kind", {"kinds": ", ".join(KINDS)}),
        (GOLD | {"answers": ["2018"]}, "nowhere", {}),
        (GOLD | {"answers": ["201"]}, "nowhere", {}),
        (GOLD | {"kind": "claim_false", "answers": []}, "unanswered", {"kind": "claim_false"}),
        (GOLD | {"kind": "claim_true", "answers": ["2018"]}, "nowhere", {}),
        (GOLD | {"kind": "overview"}, "no_article_named", {"kind": "overview"}),
        (GOLD | {"kind": "latest", "articles": ["bridges"]}, "no_such_article", {"id": "bridges"}),
        (GOLD | {"articles": BRIDGE}, "articles", {}),
        (GOLD | {"article_id": "bridges"}, "no_such_article", {"id": "bridges"}),
        ([GOLD], "no_record", {}),
    ],
)
def test_a_bad_question_is_named(
    with_questions: WithQuestions, phrases: BoilerplatePhrases, line: Any, key: str, values: dict[str, str]
) -> None:
    folder = with_questions([GOLD, line])
    error = failure(folder, phrases)
    assert (error.key, error.values) == (f"set.{key}", {"at": f"{folder / 'questions.jsonl'}:2", **values})


def test_an_id_stands_once(with_questions: WithQuestions, phrases: BoilerplatePhrases) -> None:
    folder = with_questions([GOLD, GOLD | {"id": "a"}, GOLD | {"id": "a"}])
    error = failure(folder, phrases)
    assert (error.key, error.values) == ("set.id_twice", {"at": f"{folder / 'questions.jsonl'}:2", "id": "a"})


def test_a_line_that_is_no_json_is_named(with_questions: WithQuestions, phrases: BoilerplatePhrases) -> None:
    folder = with_questions([GOLD])
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{")
    error = failure(folder, phrases)
    assert (error.key, error.values) == ("set.no_json", {"at": f"{folder / 'questions.jsonl'}:3"})


def test_a_line_may_hold_the_separators_that_json_allows(
    with_questions: WithQuestions, phrases: BoilerplatePhrases
) -> None:
    folder = with_questions([GOLD | {"question": "متى\u2028افتتح الجسر؟"}])
    assert len(read_set(folder, phrases).cases) == 1


def test_an_article_that_cannot_be_read_is_named(folder: Path, phrases: BoilerplatePhrases) -> None:
    with (folder / "articles.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "x", "paragraphs": ["نص"]}) + "\n")
    error = failure(folder, phrases)
    assert error.key == "rejection.no_title"
    assert error.values == {"place": f"{folder / 'articles.jsonl'}:5", "detail": ""}


def test_messages_of_a_community_are_read(with_questions: WithQuestions, phrases: BoilerplatePhrases) -> None:
    lines = [
        {"question": "شنوة حكاية الجسر؟", "kind": "overview", "articles": [BRIDGE], "region": "tn", "style": "plain"},
        {"question": "سلام", "kind": "chat", "answers": [], "articles": []},
    ]
    found = read_set(with_questions(lines), phrases)
    assert found.is_community
    overview, chat = found.cases
    assert (overview.articles, overview.region, overview.style) == ((BRIDGE,), "tn", "plain")
    assert (chat.articles, chat.region, chat.style) == ((), "", "")
    assert not read_set(with_questions([GOLD | {"style": "plain"}]), phrases).is_community


@pytest.mark.parametrize(
    ("text", "is_answer"), [("عام 2019.", True), ("عام 20190", False), ("32019", False), ("2019.5", False)]
)
def test_a_number_is_not_met_by_a_part_of_another(
    with_questions: WithQuestions, phrases: BoilerplatePhrases, text: str, is_answer: bool
) -> None:
    assert read_set(with_questions([GOLD]), phrases).cases[0].is_answered_by(text) is is_answer


def test_a_part_of_a_set_is_read_alone(with_questions: WithQuestions, phrases: BoilerplatePhrases) -> None:
    # What is held out need not even be valid.
    folder = with_questions([GOLD | {"id": "a-1"}, {"id": "b-1"}, GOLD | {"question": "أين؟", "id": "a-2"}, GOLD])
    with pytest.raises(SetError):
        read_set(folder, phrases)
    assert [case.question for case in read_set(folder, phrases, part="a").cases] == [GOLD["question"], "أين؟"]
    whole = with_questions([GOLD | {"id": "a-1"}, GOLD])
    assert read_set(whole, phrases, part="c") == read_set(whole, phrases)


def test_a_set_without_answerable_questions_is_refused(
    with_questions: WithQuestions, phrases: BoilerplatePhrases
) -> None:
    folder = with_questions([{"question": "متى؟", "kind": "off", "answers": []}])
    assert failure(folder, phrases).key == "set.no_gold"


@pytest.mark.parametrize(
    ("harm", "key"),
    [
        (lambda file: file.unlink(), "set.no_questions"),
        (lambda file: (file.unlink(), file.mkdir()), "set.unreadable"),
        (lambda file: file.write_bytes(b"\xff\xfe"), "set.encoding"),
        (lambda file: shutil.rmtree(file.parent), "set.no_folder"),
    ],
)
def test_questions_that_cannot_be_read_are_named_in_words_of_the_language(
    folder: Path, phrases: BoilerplatePhrases, harm: Callable[[Path], object], key: str
) -> None:
    harm(folder / "questions.jsonl")
    assert failure(folder, phrases).key == key


def test_a_set_without_articles_is_asked_of_a_corpus(folder: Path, phrases: BoilerplatePhrases) -> None:
    own = read_set(folder, phrases)
    other = Article("other", "عنوان", (Paragraph("نص"),))
    assert read_set(folder, phrases, [other]).articles == own.articles
    (folder / "articles.jsonl").unlink()
    assert failure(folder, phrases).key == "set.no_articles"
    assert read_set(folder, phrases, own.articles) == own
    assert failure(folder, phrases, [other]).key == "set.nowhere"


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ({}, ("first", 1)),
        ({"article_id": "second"}, ("second", 1)),
        ({"article_id": "second", "paragraph": 2}, ("second", 2)),
        # What was named holds no answer, so the first passage that does is the one to find.
        ({"article_id": "second", "paragraph": 0}, ("second", 1)),
        ({"article_id": "second", "paragraph": 9}, ("second", 1)),
        ({"article_id": "third"}, ("first", 1)),
        ({"articles": ["third", "second"]}, ("second", 1)),
    ],
)
def test_the_passage_to_find_holds_an_answer(
    tmp_path: Path, phrases: BoilerplatePhrases, named: dict[str, Any], found: tuple[str, int]
) -> None:
    (tmp_path / "questions.jsonl").write_text(json.dumps(GOLD | named), encoding="utf-8")
    paragraphs = (Paragraph("مقدمة."), Paragraph("افتتح عام ٢٠١٩."), Paragraph("كان ذلك عام 2019 أيضا."))
    articles = [Article(name, "الجسر", paragraphs) for name in ("first", "second")]
    corpus = [*articles, Article("third", "الزيتون", (Paragraph("قطف."),))]
    assert read_set(tmp_path, phrases, corpus).cases[0].place == PassageId(*found)
