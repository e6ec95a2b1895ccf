"""Questions in English and French: answered as the Arabic ones are, and refused in the words of who asks."""

import pytest

from bot.answering import Answer, Reason, Refusal
from tests.answering.coverage import ANSWERER, TOWN, answered, article, refused, sources

ARABIC = {
    "متى افتتحت المكتبة؟": [
        "When did the library open?",
        "hey guys, does anyone know when the library opened?",
        "Quand la bibliothèque a-t-elle été inaugurée ?",
    ],
    "كم كتابا في المكتبة؟": [
        "How many books does the library have?",
        "Combien de livres contient la bibliothèque ?",
    ],
    "كم كلفت المكتبة؟": ["How much did the library cost?", "Combien a coûté la bibliothèque ?"],
    "من هي مديرة المكتبة؟": ["Who is the director of the library?", "Qui est la directrice de la bibliothèque ?"],
    "لماذا أغلق الجسر القديم؟": [
        "Why was the old bridge closed?",
        "can you tell me why the old bridge was closed",
        "Pourquoi le vieux pont est-il fermé ?",
    ],
    "متى وقع المغرب اتفاقا مع مايكروسوفت؟": [
        "When did Morocco sign an agreement with Microsoft?",
        "Quand le Maroc a-t-il signé un accord avec Microsoft ?",
    ],
    "كم طنا من السردين اصطاد البحارة؟": ["How many tons of sardines did they catch?"],
}
EACH_QUESTION = [(question, arabic) for arabic, questions in ARABIC.items() for question in questions]
OPENING = "When did the library open?"


def went_on(question: str, previous: str) -> Answer | Refusal:
    outcome = ANSWERER.answer(question, TOWN, previous)
    assert outcome.completed_from is not None
    return outcome


@pytest.mark.parametrize(("question", "arabic"), EACH_QUESTION)
def test_the_first_quote_is_that_of_the_arabic_question(question: str, arabic: str) -> None:
    assert answered(question).quotes[0].text == answered(arabic).quotes[0].text


@pytest.mark.parametrize(
    ("question", "arabic"),
    [
        ("وقتاش افتتحو la bibliothèque العامة؟", "متى افتتحت المكتبة؟"),
        ("متى افتتحت ال library؟", "متى افتتحت المكتبة؟"),
        ("شكون هي la directrice متاع المكتبة", "من هي مديرة المكتبة؟"),
        ("لماذا أغلق le vieux pont؟", "لماذا أغلق الجسر القديم؟"),
        ("وقتاش المغرب عمل accord مع مايكروسوفت", "متى وقع المغرب اتفاقا مع مايكروسوفت؟"),
        ("Quand la المكتبة a-t-elle ouvert ?", "متى افتتحت المكتبة؟"),
    ],
)
def test_words_of_two_languages_in_one_question_are_understood(question: str, arabic: str) -> None:
    assert answered(question).quotes[0].text == answered(arabic).quotes[0].text


def test_a_refusal_names_a_word_of_another_language_as_it_is_written() -> None:
    assert refused("متى افتتح le musée؟").missing == ("musée",)


@pytest.mark.parametrize("question", ["and him?", "et lui ?", "with them"])
def test_where_nothing_but_grammar_is_said_nothing_is_missing(question: str) -> None:
    outcome = refused(question)
    assert (outcome.reason, outcome.missing) == (Reason.NO_QUESTION, ())


def test_an_abbreviation_is_no_grammar() -> None:
    assert refused("and IT?").missing == ("IT",)


def test_a_difference_is_told_in_the_words_of_who_asks() -> None:
    told = answered("Did the library cost seven million dinars?")
    assert [(one.asked, one.found) for one in told.differences] == [("seven million dinars", "12 مليون دينار")]


@pytest.mark.parametrize("question", ["who is their coach?", "Qui est leur entraîneur ?", "who runs it?"])
def test_a_pronoun_and_a_common_word_go_on_from_the_question_before(question: str) -> None:
    assert ANSWERER.answer(question, TOWN, OPENING).completed_from == OPENING


@pytest.mark.parametrize("question", ["Qui est-il, Messi ?", "Quand la bibliothèque a-t-elle ouvert ?"])
def test_whoever_is_named_needs_no_question_before(question: str) -> None:
    assert ANSWERER.answer(question, TOWN, OPENING).completed_from is None


def test_a_yes_or_no_question_is_one() -> None:
    assert "مجاني" in answered("Is entry to the library free?").quotes[0].text


def test_a_name_that_the_articles_spell_in_arabic_letters_is_found_without_its_article() -> None:
    told = article("show", "معرض السرج", "افتتح الرسام سمير السرج معرضه في قصر البلدية في مايو 2021.")
    assert answered("When did Samir Serj open his exhibition?", told).quotes


@pytest.mark.parametrize("question", ["How many months will Hazard be absent?", "Who is Hazard?"])
def test_a_capital_within_a_sentence_is_a_name_that_articles_spell_as_it_sounds(question: str) -> None:
    told = article("knee", "هازارد يغيب", "هازارد لاعب كرة القدم البلجيكي، وسيغيب هازارد ثلاثة أشهر بعد جراحة.")
    danger = article("sea", "خطر البحر", "خطر البحر كبير ثلاثة أشهر، والصيادون في غياب.")
    assert answered(question, told, danger).quotes[0].article.id == "knee"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("When did the museum open?", ("museum",)),
        ("Quand le musée a-t-il ouvert ?", ("musée",)),
        ("When did the Zwrtl museum open?", ("Zwrtl", "museum")),
        ("Who is Émilie Zwrtl?", ("Émilie", "Zwrtl")),
        ("Où est la bibliothèque d’Alep ?", ("d’Alep",)),
        ("What happened in New York?", ("New", "York")),
        ("How old is the museum?", ("museum",)),
    ],
)
def test_a_refusal_names_what_is_missing_as_it_was_written(question: str, missing: tuple[str, ...]) -> None:
    refusal = refused(question)
    assert refusal.missing == missing
    assert refusal.question == question


@pytest.mark.parametrize(
    ("question", "unread"),
    [
        ("When did the Zwrtl museum open?", ("Zwrtl",)),
        ("Quand le musée de Zwrtl a-t-il ouvert ?", ("Zwrtl",)),
        ("How old is the museum?", ()),
        ("متى افتتح Zwrtl في 1990؟", ()),
    ],
)
def test_what_no_arabic_is_known_for_is_not_said_to_be_lacking(question: str, unread: tuple[str, ...]) -> None:
    assert refused(question).unread == unread


def test_what_the_nearest_passage_lacks_of_arabic_in_latin_letters_stands_in_arabic() -> None:
    detail = refused("min modir el jisr el 9adim?").detail
    assert detail is not None
    assert detail.words == ("مدير",)


@pytest.mark.parametrize(("question", "hint"), [("When did the museum open?", "I answer"), ("Où est Alep ?", "Je rép")])
def test_a_refusal_has_the_hint_of_its_language(question: str, hint: str) -> None:
    assert (refused(question).hint or "").startswith(hint)


@pytest.mark.parametrize(
    "question", ["Who won the football world cup in 1998?", "Qui a écrit Les Misérables ?", "How old is the Zwrtl?"]
)
def test_what_the_articles_do_not_say_is_refused(question: str) -> None:
    assert refused(question).reason in {Reason.OFF_TOPIC, Reason.UNSUPPORTED}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("how are you my friend", Reason.GREETING),
        ("who made you", Reason.MAKER),
        ("thanks a lot", Reason.THANKS),
        ("and why?", Reason.INCOMPLETE),
        ("who is she?", Reason.INCOMPLETE),
        ("How much?", Reason.INCOMPLETE),
        ("Qui a fait ça ?", Reason.INCOMPLETE),
        ("and how much did it cost?", Reason.INCOMPLETE),
        ("is this it", Reason.NO_QUESTION),
    ],
)
def test_what_asks_nothing_of_the_articles_is_told_so(question: str, reason: Reason) -> None:
    assert refused(question).reason is reason


@pytest.mark.parametrize(
    ("question", "previous", "quoted"),
    [
        ("and how much did it cost?", OPENING, "12 مليون دينار"),
        ("how many books does it have?", OPENING, "ثمانين ألف كتاب"),
        ("How much?", OPENING, "12 مليون دينار"),
        ("Who is its director?", OPENING, "هدى البستاني"),
        ("et combien a-t-elle coûté ?", "Quand la bibliothèque a-t-elle ouvert ?", "12 مليون دينار"),
        ("and why?", "Did the ministry close the old bridge?", "بسبب تشققات"),
        ("وكم كتابا فيها؟", OPENING, "ثمانين ألف كتاب"),
        ("how many books does it have?", "متى افتتحت المكتبة؟", "ثمانين ألف كتاب"),
    ],
)
def test_a_follow_up_goes_on_from_a_question_in_whatever_language(question: str, previous: str, quoted: str) -> None:
    outcome = went_on(question, previous)
    assert isinstance(outcome, Answer)
    assert quoted in outcome.quotes[0].text
    assert outcome.completed_from == previous


@pytest.mark.parametrize("question", ["Where is the bridge?", "what about the bridge?", "Où est le pont ?"])
def test_a_question_in_a_reply_that_names_another_subject_stands_alone(question: str) -> None:
    outcome = ANSWERER.answer(question, TOWN, OPENING)
    assert outcome.completed_from is None
    assert isinstance(outcome, Answer)
    assert outcome.quotes[0].article.id == "bridge"


@pytest.mark.parametrize("question", ["Who is the director?", "Qui est la directrice ?", "what was the result?"])
def test_what_is_asked_of_a_subject_in_a_reply_is_completed_by_that(question: str) -> None:
    assert went_on(question, OPENING).completed_from == OPENING


def test_a_follow_up_that_finds_nothing_is_refused_as_one() -> None:
    outcome = went_on("and who runs it?", OPENING)
    assert isinstance(outcome, Refusal)
    assert outcome.completed_from == OPENING
    assert outcome.detail is not None
    assert outcome.detail.words == ("runs",)


def test_a_refusal_of_a_follow_up_names_what_the_question_before_it_lacks() -> None:
    outcome = went_on("how many books does it have?", "Where is the Zwrtl museum?")
    assert isinstance(outcome, Refusal)
    assert outcome.missing == ("Zwrtl", "museum")


@pytest.mark.parametrize(
    ("question", "chain"),
    [
        ("and why?", [OPENING, "how many books does it have?"]),
        ("et pourquoi ?", ["Quand la bibliothèque a-t-elle ouvert ?", "Combien de livres y a-t-il ?"]),
        ("and why?", ["Who wrote the Zwrtl in 2021?", "and in 2022?"]),
        ("and why?", ["Who sold 20211 copies in 2021?", "and in 2022?"]),
        ("and why?", ["Who wrote the Zwrtl book?", "and in 2022?"]),
    ],
)
def test_the_questions_that_completed_another_are_shown_in_its_language_and_can_be_read_back(
    question: str, chain: list[str]
) -> None:
    outcome = went_on(question, "\n".join(chain))
    assert outcome.completed_from == "\n".join(chain)
    again = went_on(question, outcome.completed_from)
    assert again.completed_from == outcome.completed_from
    assert type(again) is type(outcome)


@pytest.mark.parametrize("more", ["more", "what else?", "tell me more"])
def test_more_of_the_same_is_told_on(more: str) -> None:
    outcome = went_on(more, OPENING)
    assert isinstance(outcome, Answer)
    assert outcome.quotes[0].text != answered(OPENING).quotes[0].text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did the library open? Why was the old bridge closed?", {("library", 0), ("bridge", 0)}),
        ("Quand la bibliothèque a ouvert ? Pourquoi le vieux pont est fermé ?", {("library", 0), ("bridge", 0)}),
        ("When did the library open?? How many books does it have?", {("library", 0), ("library", 1)}),
    ],
)
def test_questions_that_end_in_a_mark_are_answered_one_after_the_other(
    question: str, expected: set[tuple[str, int]]
) -> None:
    answer = answered(question)
    assert expected <= set(sources(answer))
    assert not answer.unanswered


def test_a_question_of_two_without_an_answer_is_named() -> None:
    answer = answered("When did the library open? Who runs Zorbax?")
    assert sources(answer)[0] == ("library", 0)
    assert answer.unanswered == ("Who runs Zorbax?",)
    assert refused("Who runs Zorbax? Where is the museum?").missing == ("Zorbax", "museum")


def test_thanks_behind_a_question_are_no_question() -> None:
    answer = answered(f"{OPENING} Thanks!")
    assert answer.quotes[0].text == answered(OPENING).quotes[0].text
    assert not answer.unanswered
