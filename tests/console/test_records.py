"""The JSON records of `ask`, as other programs read them."""

import json
import unicodedata
from typing import Any

import pytest

from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.settings import CONFIG, DATA
from tests.console.command_line import ANSWERED, REFUSED, CommandLine
from tests.console.conftest import LIBRARY, Write

RECORD = ["question", "mode", "outcome", "reason", "quotes", "missing", "related"]
RECORD += ["statement", "differences", "unanswered", "hint", "edition", "ms", "answer"]
QUOTE = ["text", "article_id", "title", "outlet", "url", "published", "paragraph", "start", "end", "score"]
QUOTE += ["also", "sources", "answer", "shown", "event_date"]
ALSO = ["article_id", "title", "outlet", "url", "published", "paragraph", "start", "end"]


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


def test_an_answer_has_every_field_in_order(isnad: CommandLine) -> None:
    record = ask(isnad, ANSWERED)
    assert list(record) == RECORD
    assert (record["question"], record["outcome"], record["reason"]) == (ANSWERED, "answer", None)
    assert (record["missing"], record["related"]) == ([], [])
    assert 1 <= len(record["quotes"]) <= 3
    assert all(list(quote) == QUOTE for quote in record["quotes"])
    assert record["ms"] > 0


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


def test_a_quote_tells_its_source(isnad: CommandLine) -> None:
    quote = ask(isnad, ANSWERED)["quotes"][0]
    assert quote["article_id"] == "library"
    assert quote["title"] == "افتتاح المكتبة العامة في المدينة القديمة"
    assert (quote["outlet"], quote["url"]) == ("صحيفة الضفة", "https://news.example/library")
    assert quote["published"] == "2026-03-09"
    assert (quote["paragraph"], quote["start"], quote["end"]) == (0, 0, len(quote["text"]))
    assert 0 < quote["score"] <= 1


def test_a_quote_tells_what_its_article_rests_on(isnad: CommandLine, write: Write) -> None:
    assert ask(isnad, ANSWERED)["quotes"][0]["sources"] == []
    sources = "sources:\n  - شاهد عيان\n  - {name: وكالة, url: https://agency.example/1, published: 2026-03}\n"
    write("coverage/library.md", LIBRARY.replace("published", f"{sources}published"))
    assert ask(isnad, ANSWERED)["quotes"][0]["sources"] == [
        {"name": "شاهد عيان", "url": None, "published": None},
        {"name": "وكالة", "url": "https://agency.example/1", "published": "2026-03"},
    ]


def test_a_quote_tells_who_else_has_it(isnad: CommandLine, write: Write) -> None:
    assert [quote["also"] for quote in ask(isnad, ANSWERED)["quotes"]] == [[]]
    library = write("coverage/library.md", LIBRARY).read_text(encoding="utf-8")
    write("coverage/other.md", library.replace("صحيفة الضفة", "وكالة الضفة").replace("---\n\n", "---\n\nخبر عاجل.\n\n"))
    (quote,) = ask(isnad, ANSWERED)["quotes"]
    (also,) = quote["also"]
    assert list(also) == ALSO
    assert {quote["outlet"], also["outlet"]} == {"صحيفة الضفة", "وكالة الضفة"}
    assert {quote["article_id"], also["article_id"]} == {"library", "other"}
    assert {quote["paragraph"], also["paragraph"]} == {0, 1}
    assert (also["title"], also["url"], also["published"]) == (quote["title"], quote["url"], quote["published"])
    assert also["end"] - also["start"] == len(quote["text"])


def test_what_a_source_does_not_tell_is_null(isnad: CommandLine) -> None:
    quote = ask(isnad, "كم شهرا أغلقت البلدية الجسر القديم لأعمال الصيانة؟")["quotes"][0]
    assert quote["article_id"] == "bridge"
    assert [quote[name] for name in ("outlet", "url", "published")] == [None, None, None]


def test_a_refusal_has_the_same_fields(isnad: CommandLine) -> None:
    record = ask(isnad, REFUSED)
    assert list(record) == RECORD
    assert (record["outcome"], record["reason"], record["quotes"]) == ("refusal", "off_topic", [])
    assert record["missing"]
    assert all(term in REFUSED for term in record["missing"])


def test_a_refusal_asks_for_arabic_in_the_language_of_the_question(isnad: CommandLine) -> None:
    assert ask(isnad, "Wann wurde der Bahnhof gebaut?")["hint"].endswith(
        "bitte stellen Sie mir Ihre Frage auf Arabisch."
    )
    assert ask(isnad, REFUSED)["hint"] is None
    assert ask(isnad, ANSWERED)["hint"] is None


@pytest.mark.parametrize(
    ("message", "reason"),
    [("👍", "emoji_only"), ("شكرا", "thanks"), ("https://news.example", "link_only"), ("؟", "empty")],
)
def test_a_message_that_is_no_question_has_its_reason(isnad: CommandLine, message: str, reason: str) -> None:
    assert ask(isnad, message)["reason"] == reason


def test_related_articles_have_id_title_and_url(isnad: CommandLine) -> None:
    record = ask(isnad, "ما رأي المعارضة في كلفة المكتبة العامة؟")
    for related in record["related"]:
        assert list(related) == ["article_id", "title", "url"]
    if record["outcome"] == "refusal":
        assert record["reason"] == "unsupported"
        assert record["related"][0]["article_id"] == "library"


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


def test_the_same_question_gives_the_same_record_but_for_the_time(isnad: CommandLine) -> None:
    first, second = ask(isnad, ANSWERED), ask(isnad, ANSWERED)
    assert first | {"ms": 0} == second | {"ms": 0}


@pytest.mark.parametrize(
    "odd", ["\x1b[31m", "\x9b31m", "\x7f", "\x00", "\u2028", "\x85", "\r\n", "\ud800", "\u202e", '"\\'], ids=ascii
)
def test_no_character_of_a_question_breaks_the_line_or_reaches_the_terminal(isnad: CommandLine, odd: str) -> None:
    question = f"متى افتتحت{odd} البلدية المكتبة العامة؟"
    done = isnad("ask", question, "--json")
    assert json.loads(done.out)["question"] == question
    assert len(done.out.splitlines()) == 1
    assert not {unicodedata.category(character) for character in done.out.rstrip("\n")} & {"Cc", "Cs", "Zl", "Zp"}
