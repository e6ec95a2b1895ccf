"""The JSON records of `ask`, as other programs read them."""

import json
import unicodedata
from typing import Any

import pytest

from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.settings import CONFIG, DATA
from tests.console.command_line import ANSWERED, REFUSED, CommandLine
from tests.console.conftest import LIBRARY, Write


def ask(isnad: CommandLine, question: str, *arguments: str) -> dict[str, Any]:
    done = isnad("ask", question, "--json", *arguments)
    assert done.err == ""
    assert done.out.count("\n") == 1
    record = json.loads(done.out)
    assert isinstance(record, dict)
    assert (done.code == 0) == (record["outcome"] == "answer")
    return record


def articles() -> dict[str, Article]:
    corpus = read_corpus(DATA / "corpus", BoilerplatePhrases.read(CONFIG / "marks.toml"))
    return {article.id: article for article in corpus.articles}


# `test_json_docs.py` has the fields, as the page lists them.
def test_an_answer_tells_its_question_and_its_source(isnad: CommandLine) -> None:
    record = ask(isnad, ANSWERED)
    assert (record["question"], record["outcome"], record["reason"]) == (ANSWERED, "answer", None)
    assert (record["missing"], record["related"], record["hint"]) == ([], [], None)
    assert record["ms"] > 0
    [quote] = record["quotes"]
    assert (
        quote.items()
        >= {
            "article_id": "library",
            "title": "افتتاح المكتبة العامة في المدينة القديمة",
            "outlet": "صحيفة الضفة",
            "url": "https://news.example/library",
            "published": "2026-03-09",
            "sources": [],
            "also": [],
        }.items()
    )
    assert (quote["paragraph"], quote["start"], quote["end"]) == (0, 0, len(quote["text"]))
    assert 0 < quote["score"] <= 1


def test_what_a_source_does_not_tell_is_null(isnad: CommandLine) -> None:
    quote = ask(isnad, "كم شهرا أغلقت البلدية الجسر القديم لأعمال الصيانة؟")["quotes"][0]
    assert [quote[name] for name in ("article_id", "outlet", "url", "published")] == ["bridge", None, None, None]


def test_a_record_tells_the_kind_of_its_answer(isnad: CommandLine) -> None:
    assert (ask(isnad, ANSWERED)["mode"], ask(isnad, ANSWERED)["statement"]) == ("fact", None)
    overview = ask(isnad, "احكيلي على المكتبة العامة")
    assert (overview["mode"], overview["statement"]) == ("overview", "overview")
    claim = ask(isnad, "صحيح أن المكتبة العامة افتتحت عام 1999؟")
    assert claim["mode"] == "claim"
    assert [difference["asked"] for difference in claim["differences"]] in ([], ["1999"])
    assert [one["article_id"] for one in ask(isnad, "مقالات عن المكتبة العامة")["related"]] == ["library"]


def test_a_timeline_is_a_record_of_all_its_quotes_the_oldest_first(isnad: CommandLine, write: Write) -> None:
    news = {
        "2025-01-21": "وقف الحراس أمام بوابة القلعة البيضاء يبحثون عن مفتاحها القديم.",
        "2025-01-02": "اشترت البلدية القلعة البيضاء من ورثة التاجر بنصف مليون دينار.",
        "2025-01-30": "فتحت القلعة البيضاء أبوابها للتلاميذ مساء الخميس بلا رسوم دخول.",
    }
    for day, words in news.items():
        write(f"coverage/{day}.md", f'---\ntitle: "القلعة البيضاء {day}"\npublished: {day}\n---\n\n{words}\n')
    record = ask(isnad, "تسلسل القلعة البيضاء")
    assert (record["mode"], record["statement"]) == ("timeline", "timeline")
    assert [(quote["published"], quote["text"]) for quote in record["quotes"]] == sorted(news.items())
    assert all(quote["shown"] for quote in record["quotes"])
    printed = isnad("ask", "تسلسل القلعة البيضاء").out
    assert "من الأقدم إلى الأحدث: 3 اقتباسات بين" in printed
    assert all(f"«{words}»" in printed for words in news.values())


def test_a_quote_tells_which_of_its_words_answer(isnad: CommandLine) -> None:
    first, *others = ask(isnad, "متى افتتحت المكتبة العامة؟")["quotes"]
    [answer] = first["answer"]
    words = first["text"][answer["start"] : answer["end"]]
    assert words.strip() == words != ""
    assert words not in "متى افتتحت المكتبة العامة؟"
    assert first["shown"]
    assert all(isinstance(quote["shown"], bool) for quote in others)


def test_a_quote_tells_what_its_article_rests_on(isnad: CommandLine, write: Write) -> None:
    sources = "sources:\n  - شاهد عيان\n  - {name: وكالة, url: https://agency.example/1, published: 2026-03}\n"
    write("coverage/library.md", LIBRARY.replace("published", f"{sources}published"))
    assert ask(isnad, ANSWERED)["quotes"][0]["sources"] == [
        {"name": "شاهد عيان", "url": None, "published": None},
        {"name": "وكالة", "url": "https://agency.example/1", "published": "2026-03"},
    ]


def test_a_quote_tells_who_else_has_it(isnad: CommandLine, write: Write) -> None:
    library = write("coverage/library.md", LIBRARY).read_text(encoding="utf-8")
    write("coverage/other.md", library.replace("صحيفة الضفة", "وكالة الضفة").replace("---\n\n", "---\n\nخبر عاجل.\n\n"))
    (quote,) = ask(isnad, ANSWERED)["quotes"]
    (also,) = quote["also"]
    assert {quote["outlet"], also["outlet"]} == {"صحيفة الضفة", "وكالة الضفة"}
    assert {quote["article_id"], also["article_id"]} == {"library", "other"}
    assert {quote["paragraph"], also["paragraph"]} == {0, 1}
    assert (also["title"], also["url"], also["published"]) == (quote["title"], quote["url"], quote["published"])
    assert also["end"] - also["start"] == len(quote["text"])


def test_a_refusal_tells_its_reason_and_what_the_coverage_lacks(isnad: CommandLine) -> None:
    record = ask(isnad, REFUSED)
    assert (record["outcome"], record["reason"], record["quotes"]) == ("refusal", "off_topic", [])
    assert record["missing"]
    assert all(term in REFUSED for term in record["missing"])


def test_a_refusal_asks_for_arabic_in_the_language_of_the_question(isnad: CommandLine) -> None:
    assert ask(isnad, "Wann wurde der Bahnhof gebaut?")["hint"].endswith(
        "bitte stellen Sie mir Ihre Frage auf Arabisch."
    )


@pytest.mark.parametrize("question", ["كم بلغت قيمة الصفقة بين بالانتير ووكالة الهجرة؟", "ما برنامج ImmigrationOS؟"])
def test_quotes_of_the_bundled_corpus_stand_where_they_say(isnad: CommandLine, question: str) -> None:
    known = articles()
    record = ask(isnad, question, "--corpus", str(DATA / "corpus"))
    assert record["quotes"]
    for quote in record["quotes"]:
        paragraph = known[quote["article_id"]].paragraphs[quote["paragraph"]].text
        assert paragraph[quote["start"] : quote["end"]] == quote["text"]


def test_the_edition_is_the_corpus_s_and_not_the_question_s(isnad: CommandLine, write: Write) -> None:
    first = ask(isnad, ANSWERED)["edition"]
    assert ask(isnad, REFUSED)["edition"] == first
    write("coverage/third.md", "---\ntitle: خبر ثالث\n---\n\nنص الخبر الثالث.\n")
    assert ask(isnad, ANSWERED)["edition"] != first


@pytest.mark.parametrize(
    "odd", ["\x1b[31m", "\x9b31m", "\x7f", "\x00", "\u2028", "\x85", "\r\n", "\ud800", "\u202e", '"\\'], ids=ascii
)
def test_no_character_of_a_question_breaks_the_line_or_reaches_the_terminal(isnad: CommandLine, odd: str) -> None:
    question = f"متى افتتحت{odd} البلدية المكتبة العامة؟"
    done = isnad("ask", question, "--json")
    assert json.loads(done.out)["question"] == question
    assert len(done.out.splitlines()) == 1
    assert not {unicodedata.category(character) for character in done.out.rstrip("\n")} & {"Cc", "Cs", "Zl", "Zp"}
