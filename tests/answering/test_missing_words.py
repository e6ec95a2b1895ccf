"""What a refusal calls missing: names, numbers and nouns, none of the words that only ask or tell."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.answering import Answer, Reason, Refusal
from bot.edition import Edition
from bot.retrieval import Scope
from tests.answering.coverage import ANSWERER, article, edition, refused

EVERYDAY = Path(__file__).resolve().parents[1] / "data" / "everyday.jsonl"
STRIKE = article("strike", "إضراب عمال الميناء", "أضرب عمال الميناء ثلاثة أيام، وألغيت الرحلات، وسُرّب الخبر إلى الصحف.")
OTHERS = [article(f"other {number}", "خبر", "نظمت البلدية حفلا في ساحة المدينة.") for number in range(12)]


@pytest.mark.parametrize(
    "question",
    [
        "حدثني عن قمر زحل",
        "أعطني معلومات عن قمر زحل",
        "هل يمكنني أن أعرف قمر زحل؟",
        "ماذا حلمت عن قمر زحل وماذا عندكم منه؟ يعافيكم",
        "شكون شاف قمر زحل ومنعوه؟",
    ],
)
def test_request_words_verbs_and_function_words_are_never_missing(question: str) -> None:
    assert [word for word in refused(question).missing if word != "معلومات"] == ["قمر", "زحل"]


@pytest.mark.parametrize(
    "question",
    [
        "شو رأيك باللي صاير مع زحل امبارح؟",
        "هل سيتم ذكر زحل بصراحة؟",
        "واش زحل شغال ولا مذكور صح بكرة؟",
        "ما السبب في أن زحل تايه؟",
        "وش رايك في وضع زحل بسرعة؟",
        "هل يمكنك أن توضح لي زحل أكثر؟",
    ],
)
def test_everyday_words_are_never_missing(question: str) -> None:
    assert refused(question).missing == ("زحل",)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("ماذا قيل لمحمود عن زحل؟", ("محمود", "زحل")),
        ("من رأى والقطار في زحل؟", ("القطار", "زحل")),
        ("ماذا حدث للأردن؟", ("الأردن",)),
        ("متى تأسست بالانتير؟", ("بالانتير",)),
        ("متى زار لوكاشينكو برلين؟", ("لوكاشينكو", "برلين")),
        ("متى زار زرناطوش وبايدن برلين ووزير؟", ("زرناطوش", "بايدن", "برلين")),
    ],
)
def test_a_missing_word_is_named_without_prefixes_that_are_none_of_its_letters(
    question: str, missing: tuple[str, ...]
) -> None:
    said = refused(question).missing
    assert [word for word in said if word in missing] == list(missing)


def test_a_word_of_whose_root_the_passages_have_another_is_not_missing() -> None:
    assert "تسريب" not in refused("من وراء تسريب زحل في إضراب الميناء؟", STRIKE, *OTHERS).missing
    assert "زحل" in refused("من وراء تسريب زحل في إضراب الميناء؟", STRIKE, *OTHERS).missing


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("حدثني عن ميكرسفيت", "حدثني عن مايكروسوفت"),
        ("شو هي ميكرسفيت؟", "شو هي مايكروسوفت؟"),
        ("حدثني عن زرناطوش", None),
        # What is meant by it is refused as well.
        ("من فاز بكأس السردنين؟", None),
    ],
)
def test_a_word_that_may_be_a_name_of_the_coverage_is_asked_back_where_that_is_answered(
    question: str, meant: str | None
) -> None:
    assert [one.question for one in refused(question).meant] == [meant] * bool(meant)


FATHER = "رفض رئيس الجمهورية الباجي قايد السبسي زيادة ميزانية الثقافة في جلسة مغلقة رقم {}."
SON = "طلب القيادي حافظ قايد السبسي تخفيض ميزانية الرياضة في اجتماع الحزب رقم {}."
FAMILY = [
    article(f"{name} {at}", "جلسة", text.format(at)) for name, text in (("f", FATHER), ("s", SON)) for at in range(6)
]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("ماذا رفض السبسي؟", ["حافظ قايد السبسي"]),
        ("من هو السبسي؟", ["الباجي قايد السبسي", "حافظ قايد السبسي"]),
        ("ماذا طلب السبسي من ميزانية الرياضة؟", []),
        ("حدثني عن السبسي وميزانية الرياضة", ["الباجي قايد السبسي"]),
        ("من هو حافظ السبسي؟", []),
        ("من هو الباجي قايد السبسي؟", []),
    ],
)
def test_whom_else_a_family_name_may_mean_is_offered_where_that_is_answered(question: str, names: list[str]) -> None:
    served = edition(*FAMILY, *OTHERS)
    outcome = ANSWERER.answer(question, served)
    assert [one.name for one in outcome.meant] == names
    for one in outcome.meant:
        assert one.question == question.replace("السبسي", one.name)
        answer = ANSWERER.answer(one.question, served)
        assert isinstance(answer, Answer)
        assert one.name in answer.quotes[0].text


def test_a_name_that_one_person_bears_often_is_asked_about_at_once() -> None:
    assert not ANSWERER.answer("من هو السبسي؟", edition(*FAMILY[:7], *OTHERS)).meant


def test_a_rare_name_that_the_coverage_has_is_never_off_topic() -> None:
    mentioned = article("mention", "سوق السمك", "باع البحار زرناطوش سمكه في السوق الكبير صباح أمس بعد عودة المراكب.")
    outcome = refused(
        "ما رأي مدرب المنتخب الوطني لكرة السلة في زرناطوش وتصفيات كأس العالم المقبلة؟", mentioned, *OTHERS
    )
    assert outcome.reason is Reason.UNSUPPORTED
    assert [source.id for source in outcome.related] == ["mention"]


def test_a_common_word_alone_is_near_to_nothing() -> None:
    outcome = refused("ما لون قميص مدرب المنتخب الوطني في تصفيات كأس العالم للسباحة صباح أمس؟", STRIKE, *OTHERS)
    assert (outcome.reason, outcome.related) == (Reason.OFF_TOPIC, ())


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("متى استقال رئيس عمال الميناء؟", "استقال"),
        ("لماذا استقالت نقابة عمال الميناء؟", "استقالت"),
    ],
)
def test_when_and_why_are_refused_by_an_event_that_no_passage_tells_of(question: str, event: str) -> None:
    outcome = refused(question, STRIKE, *OTHERS)
    assert (outcome.reason, event in outcome.missing) == (Reason.UNSUPPORTED, True)


@pytest.mark.parametrize(
    "question", ["متى أضرب عمال الميناء؟", "متى كان إضراب عمال الميناء؟", "متى اضربو عمال الميناء"]
)
def test_an_event_that_a_passage_tells_of_in_another_form_is_not_missing(question: str) -> None:
    outcome = ANSWERER.answer(question, edition(STRIKE, *OTHERS))
    assert isinstance(outcome, Answer) or not {"أضرب", "إضراب", "اضربو"} & set(outcome.missing)


def test_an_event_that_an_article_out_of_scope_tells_of_is_not_called_missing() -> None:
    day = date(2026, 3, 1)
    before = replace(
        article("before", "استقالة نقيب", "قدم رئيس عمال الميناء استقالته إلى النقابة صباح الاثنين."),
        published=day - timedelta(days=9),
    )
    coverage = edition(replace(STRIKE, published=day), before, *OTHERS)
    asked = "متى استقالت نقابة عمال الميناء؟"
    for scope in (None, Scope(since=day)):
        outcome = ANSWERER.answer(asked, coverage, scope=scope)
        assert isinstance(outcome, Answer) or "استقالت" not in outcome.missing


def test_hardly_a_word_of_everyday_talk_is_missing(corpus: Edition) -> None:
    # Nouns of the news («الدولار») and of daily life are missing by right: seen by eye, 27 of 150 list a word of talk.
    messages = [json.loads(line)["message"] for line in EVERYDAY.read_text(encoding="utf-8").splitlines()]
    outcomes = [ANSWERER.answer(message, corpus) for message in messages]
    assert sum(isinstance(one, Refusal) and bool(one.missing) for one in outcomes) <= 51


def test_a_statement_lacks_its_names_and_definite_nouns_alone() -> None:
    assert refused("والله رحت لجارتي وهي زعفانة من الكسوف").missing == ("الكسوف",)
    assert refused("شكون شاف زعفانة؟").missing == ("زعفانة",)
