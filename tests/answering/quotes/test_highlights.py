"""Which words of a quote are marked: those that answer, as the coverage spells them, and nothing where none is sure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Quote, Statement
from bot.answering.question import split_questions
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, FISHING, LIBRARY, ORCHARD, QUESTIONS, TOWN, answered, article, edition
from tests.answering.drawing import EDITION, QUESTION
from tests.answering.program import read_questions
from tests.answering.promises import check_marks
from tests.examples import examples

FACTS = "tests/data/corpus_facts.jsonl"
DEAL = article(
    "deal",
    "صفقة البرمجيات في المنارة",
    "وقّعت شركة مايكروسوفت وبلديّة المنارة في 5 مايو 2025 عَقْداً بقيمة الـ30 مليون دولار. ويقع مقر الشركة في مدينة القطيف.",
)
OTHERS = (LIBRARY, FISHING, ORCHARD)


def marked(quote: Quote) -> list[str]:
    return [quote.text[mark.start : mark.end] for mark in quote.highlights]


def first_marked(question: str, text: str, title: str = "خبر") -> list[str]:
    return marked(answered(question, article("told", title, text), *OTHERS).quotes[0])


def test_the_words_that_answer_are_bold_where_they_are_sure(corpus: Edition) -> None:
    right, wrong = list[str](), list[tuple[str, list[str]]]()
    for asked in read_questions(FACTS):
        outcome = ANSWERER.answer(asked["question"], corpus)
        found = marked(outcome.quotes[0]) if isinstance(outcome, Answer) else []
        if any(asked["bold"] in words for words in found):
            right.append(asked["question"])
        elif found:
            wrong.append((asked["question"], found))
    # Of the twenty, eight ask for a name or a place, which are never bold.
    assert len(right) >= 10, right
    assert wrong == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("كم قيمة عقد مايكروسوفت مع بلدية المنارة؟", "30 مليون دولار"),
        ("بكام العقد بتاع مايكروسوفت يا جماعة؟", "30 مليون دولار"),
        ("كم قيمة عقد Microsoft؟", "30 مليون دولار"),
        ("متى وقعت مايكروسوفت عقدا مع بلدية المنارة؟", "5 مايو 2025"),
    ],
)
def test_the_value_asked_for_is_marked_and_not_the_words_of_the_question(question: str, words: str) -> None:
    assert marked(answered(question, DEAL, *OTHERS).quotes[0]) == [words]


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("كم قتيلا سقط في حريق المصنع؟", "سقط في حريق المصنع 12 قتيلا و30 جريحا.", "12 قتيلا"),
        ("كم نسبة البطالة في المنارة؟", "بلغت نسبة البطالة في المنارة 14 في المائة عام 2025.", "14 في المائة"),
        ("كم نسبة البطالة في المنارة؟", "بلغت نسبة البطالة في المنارة 14% عام 2025.", "14%"),
        ("كم كلف بناء سور المنارة؟", "كلف بناء سور المنارة ثلاثين مليون دينار.", "ثلاثين مليون دينار"),
        ("كم طول سور المنارة؟", "يبلغ طول سور المنارة 40 كيلومترا ويحرسه 90 حارسا.", "40 كيلومترا"),
        ("متى افتتح ميناء المنارة؟", "افتتح ميناء المنارة صباح الأحد 8 مارس 2026.", "صباح الأحد 8 مارس 2026"),
        ("متى حكم بنو القصر المنارة؟", "حكم بنو القصر المنارة بين عامي 1914 و1918.", "1914 و1918"),
        (
            "متى ولد الشاعر سليم الحداد؟",
            "ولد الشاعر سليم الحداد (12 أبريل 1950 - 3 مايو 2020) في المنارة.",
            "12 أبريل 1950 - 3 مايو 2020",
        ),
        ("لماذا أغلق ميناء المنارة؟", "أغلق ميناء المنارة بسبب عاصفة شديدة، وعاد البحارة.", "عاصفة شديدة"),
        (
            "لماذا أضرب عمال الميناء؟",
            "أضرب عمال الميناء احتجاجا على ساعات الليل الطويلة.",
            "احتجاجا على ساعات الليل الطويلة",
        ),
        ("ما هي شركة زوربكس؟", "زوربكس (Zorbax) هي شركة برمجيات صغيرة، مقرها المنارة.", "شركة برمجيات صغيرة"),
        ("من هو سمير البستاني؟", "سمير البستاني، مهندس من المنارة، بنى الجسر.", "مهندس من المنارة"),
    ],
)
def test_each_kind_of_answer_is_marked_whole(question: str, text: str, words: str) -> None:
    assert first_marked(question, text) == [words]


def test_a_value_that_the_question_has_itself_is_not_marked() -> None:
    text = "تأسس نادي المنارة عام 1990 وفاز نادي المنارة بالكأس عام 2010."
    assert first_marked("متى فاز نادي المنارة بالكأس بعد تأسيسه عام 1990؟", text) == ["2010"]


def test_a_name_of_the_question_is_not_marked_where_everything_has_it() -> None:
    told = article("told", "", "المكتبة المكتبة المكتبة المكتبة المكتبة Zoë")
    assert not marked(answered("مين المكتبة Zoë", told).quotes[0])


def test_a_mark_of_direction_behind_a_value_is_not_marked_with_it() -> None:
    assert first_marked("متى أسس نادي المنارة؟", "أسس نادي المنارة عام 1990\u2066 في الميناء.") == ["1990"]


@pytest.mark.parametrize("question", ["من أسس نادي المنارة؟", "أين أسس نادي المنارة؟", "كيف أسس نادي المنارة؟"])
def test_names_places_and_manners_are_never_marked(question: str) -> None:
    assert first_marked(question, "أسس نادي المنارة سمير البستاني في مدينة القطيف عن طريق المراسلة.") == []


def test_a_share_at_the_end_of_a_sentence_is_marked_with_its_word() -> None:
    text = "ارتفعت أسعار الأسماك في المنارة خلال الصيف بنسبة 8 بالمائة"
    assert first_marked("كم بلغت نسبة ارتفاع أسعار الأسماك في المنارة؟", text) == ["8 بالمائة"]


def test_nothing_is_marked_where_two_values_are_as_near() -> None:
    assert first_marked("متى زار الوزير المنارة؟", "زار الوزير المنارة في 5 مايو 2025 و9 يونيو 2025.") != [
        "5 مايو 2025"
    ]


@pytest.mark.parametrize(
    "question", ["هل أغلقت وزارة النقل الجسر القديم؟", "ما آخر أخبار المكتبة العامة؟", "المكتبة العامة"]
)
def test_nothing_is_marked_where_no_value_is_asked_for(question: str) -> None:
    assert not any(quote.highlights for quote in answered(question).quotes)


def test_nothing_is_marked_far_from_every_word_of_the_question() -> None:
    text = "افتتح ميناء المنارة أمام سكان المدينة والزوار وجمع من الصحفيين القادمين إليها يوم 8 مارس 2026."
    assert first_marked("متى افتتح ميناء المنارة؟", text) == []


def test_what_a_single_word_names_is_marked_where_the_text_begins_with_it() -> None:
    assert first_marked("ما هي السلحفاة؟", "السلحفاة هي زاحف بطيء يعيش طويلا.") == ["زاحف بطيء يعيش طويلا"]
    assert first_marked("ما هي السلحفاة؟", "السلحفاة، زاحف بطيء يعيش طويلا، تحب الخس.") == []


def test_another_outlet_with_the_value_is_shown_beside_the_first() -> None:
    first, second = (
        replace(article(name, "ميناء المنارة", text), outlet=outlet)
        for name, outlet, text in (
            ("one", "الشرق", "افتتح ميناء المنارة الجديد في 8 مارس 2026 بحضور السكان."),
            ("two", "الغرب", "قالت البلدية إن ميناء المنارة الجديد افتتح يوم 9 مارس 2026."),
        )
    )
    outcome = ANSWERER.answer("متى افتتح ميناء المنارة الجديد؟", edition(first, second, *OTHERS))
    assert isinstance(outcome, Answer)
    assert {quote.article.outlet for quote in outcome.shown_quotes} == {"الشرق", "الغرب"}


def is_several(message: str) -> bool:
    return len(split_questions(ANSWERER.analyse(message).text, QUESTIONS)) > 1


@examples(150)
@given(EDITION, QUESTION)
def test_marks_are_whole_words_and_never_the_words_of_the_question_alone(coverage: Edition, question: str) -> None:
    outcome = ANSWERER.answer(question, coverage)
    assert outcome == ANSWERER.answer(question, coverage)
    for quote in outcome.quotes if isinstance(outcome, Answer) else ():
        check_marks(quote)
        # A word of one question may answer another of the same message, and set right what the message denies.
        is_denied = isinstance(outcome, Answer) and outcome.statement is Statement.OTHERWISE
        assert is_denied or is_several(question) or not set(marked(quote)) & set(question.split())


@given(st.sampled_from(["كم", "متى", "من", "أين", "لماذا", "كيف", "ما"]), st.sampled_from(list(TOWN.articles.values())))
def test_any_question_word_about_any_article_marks_whole_words(word: str, source: object) -> None:
    outcome = ANSWERER.answer(f"{word} {source.title}؟", TOWN)  # type: ignore[attr-defined]  # an article
    for quote in outcome.quotes if isinstance(outcome, Answer) else ():
        check_marks(quote)
