"""Claims: what the coverage says on them, the same or otherwise, with what differs, and where quotations stand."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Difference, Mode, Refusal, Statement
from bot.answering.modes import claim_values
from bot.answering.modes.claim_values import ClaimValue
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, TOWN, article, edition
from tests.answering.drawing import EDITION
from tests.answering.modes import kept_answer
from tests.answering.promises import check
from tests.examples import examples

SENTENCE = article(
    "court",
    "المحكمة تدين حارس الميناء",
    "أدانت محكمة المنارة حارس الميناء بسرقة الحبال. وحكمت المحكمة على حارس الميناء بالسجن 18 شهرا.",
)

COST = 12
CLAIMS = (
    "صحيح أن كلفة بناء المكتبة العامة بلغت 15 مليون دينار؟",
    "صحيح أن كلفة بناء المكتبة العامة بلغت 12 مليون دينار؟",
    "هل فعلا أغلقت وزارة النقل الجسر القديم؟",
    "هل صحيح أن وزارة النقل لم تغلق الجسر القديم فوق نهر الزرقاء؟",
    "هل صحيح أن ألمانيا وقعت اتفاقا مع شركة مايكروسوفت لتدريب المعلمين؟",
)
BEFORE = ("", "السلام عليكم، ", "يعيشكم ", "لو سمحتم، ", "بالله عليكم يا جماعة، ")
BEHIND = ("", " شكرا جزيلا", " وبارك الله فيكم", " يعطيكم الصحة")


def answer(message: str, coverage: Edition = TOWN) -> Answer:
    outcome = kept_answer.answer(message, coverage)
    assert outcome.mode is Mode.CLAIM
    return outcome


def differences(message: str, coverage: Edition = TOWN) -> list[tuple[str, str]]:
    return [(one.asked, one.found) for one in answer(message, coverage).differences]


FIRM = article(
    "firm", "شركة القوارب", "شركة القوارب من الشركات الصغيرة في الميناء، تأسست عام 2003 ويقع مقرها في المنارة."
)


@pytest.mark.parametrize(
    "message",
    [
        "صحيح أن شركة القوارب تأسست عام 2005؟",
        "Is it true that the boats company was founded in 2005?",
        "The boats company was founded in 2005, correct?",
        "C'est vrai que la société des bateaux a été fondée en 2005 ?",
    ],
)
def test_a_year_is_set_right_in_every_language(message: str) -> None:
    assert differences(message, edition(FIRM)) == [("2005", "2003")]


AGENCY = article(
    "agency",
    "مؤشر الأسعار في المنارة",
    "ارتفعت أسعار الأسماك في المنارة بنسبة 12ر49 بالمائة. وحجزت ديوانة المنارة 230 كغ من القهوة المهربة.",
    "فاز نادي المنارة على نادي الميناء بنتيجة 3 – 1 في الملعب البلدي.",
)


@pytest.mark.parametrize(
    ("message", "differs"),
    [
        ("صحيح أن أسعار الأسماك في المنارة ارتفعت بنسبة 49.12%؟", []),
        ("صحيح أن أسعار الأسماك في المنارة ارتفعت بنسبة 12.49%؟", [("12.49%", "12ر49 بالمائة")]),
        ("صحيح أن ديوانة المنارة حجزت 230 كيلوغراما من القهوة المهربة؟", []),
        ("صحيح أن نادي المنارة فاز على نادي الميناء بنتيجة 1-3؟", []),
        ("صحيح أن نادي المنارة فاز على نادي الميناء بنتيجة 2-1؟", [("2-1", "3 – 1")]),
    ],
)
def test_figures_are_compared_as_agencies_write_them(message: str, differs: list[tuple[str, str]]) -> None:
    outcome = answer(message, edition(AGENCY, *TOWN.articles.values()))
    assert [(one.asked, one.found) for one in outcome.differences] == differs
    assert outcome.statement is (Statement.OTHERWISE if differs else Statement.SAME)


@pytest.mark.parametrize(
    ("message", "asked", "found"),
    [
        ("صحيح أن كلفة بناء المكتبة العامة بلغت 15 مليون دينار؟", "15 مليون دينار", "12 مليون دينار"),
        ("هل قيمة اتفاق المغرب مع مايكروسوفت 7 ملايين دولار؟", "7 ملايين دولار", "9 ملايين دولار"),
        ("سمعت إنو المكتبة العامة افتتحت عام 2019، صحيح؟", "2019", "8 مارس 2026"),
    ],
)
def test_what_differs_is_named_and_marked(message: str, asked: str, found: str) -> None:
    outcome = answer(message)
    assert outcome.statement is Statement.OTHERWISE
    assert outcome.differences == (Difference(asked, found),)
    first = outcome.quotes[0]
    marked = [first.text[mark.start : mark.end] for mark in first.highlights]
    assert marked == [found]
    assert outcome.shown == 1


def test_one_figure_in_two_spellings_differs_once() -> None:
    tunnel = article(
        "tunnel",
        "كلفة نفق الميناء",
        "بلغت كلفة بناء نفق الميناء 30 مليون دينار.",
        "ليست كلفة الثلاثين مليون دينار آخر ما ينفق على بناء نفق الميناء.",
    )
    asked = "صحيح أن كلفة بناء نفق الميناء بلغت 50 مليون دينار؟"
    found = answer(asked, edition(tunnel))
    assert [quote.paragraph for quote in found.quotes] == [0, 1]
    assert differences(asked, edition(tunnel)) == [("50 مليون دينار", "30 مليون دينار")]


def test_another_unit_of_time_differs() -> None:
    message = "هل صحيح أن المحكمة حكمت على حارس الميناء بالسجن 18 سنة؟"
    assert differences(message, edition(SENTENCE, *TOWN.articles.values())) == [("18 سنة", "18 شهرا")]


def test_the_same_figures_are_the_same() -> None:
    outcome = answer("صحيح أن كلفة بناء المكتبة العامة بلغت 12 مليون دينار؟")
    assert (outcome.statement, outcome.differences) == (Statement.SAME, ())
    [marked] = outcome.quotes[0].highlights
    assert outcome.quotes[0].text[marked.start : marked.end] == "12 مليون دينار"


MARKET = article(
    "market",
    "هدم سوق المنارة",
    "هدمت بلدية المنارة يوم 3 مارس 2026 سوق السمك القديم أمام التجار والصيادين.",
    "وأعلنت البلدية هدم سوق السمك بعد قرار من 14 خبيرا. وسجل مهاجم الميناء رباعية في شباك المنارة.",
)
BOAT = article(
    "boat",
    "غرق قارب قرب المنارة",
    "أدى غرق قارب كان على متنه 9 أعوان قرب المنارة إلى وفاة أحدهم.",
    "أدى انفجار المصنع في الزرقاء إلى مقتل شخص وجرح 30 شخصا.",
    "وقدرت قيمة العطور التي حجزها الأعوان في ميناء الزرقاء بنحو 40 ألف دينار. وحجزت الديوانة 70 قطعة لعب للأطفال.",
)


@pytest.mark.parametrize(
    ("message", "differs"),
    [
        ("صحيح أن بلدية المنارة هدمت سوق السمك بعد قرار من 40 خبيرا في 2026؟", ("40 خبيرا", "14 خبيرا")),
        ("صحيح أن مهاجم الميناء سجل هدفين في شباك المنارة؟", ("هدفين", "رباعية")),
    ],
)
def test_the_paragraph_with_the_figure_goes_first_however_it_is_written(message: str, differs: tuple[str, str]) -> None:
    found = answer(message, edition(MARKET, *TOWN.articles.values()))
    assert (found.quotes[0].paragraph, found.differences) == (1, (Difference(*differs),))


def test_people_are_counted_in_any_words_where_the_same_happened_to_them() -> None:
    arrest = article("arrest", "إيقاف بحارة في الميناء", "أعلن الحرس إيقاف 8 تونسيين على متن قارب قرب جزيرة الزرقاء.")
    asked = "صحيح أن الحرس أوقف 20 بحارا على متن قارب قرب جزيرة الزرقاء؟"
    assert differences(asked, edition(arrest, *TOWN.articles.values())) == [("20 بحارا", "8 تونسيين")]


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("صحيح أن الديوانة حجزت 70 لعبة للأطفال في ميناء الزرقاء؟", Statement.SAME),
        ("صحيح أن الديوانة حجزت للأطفال 70 قطعة لعب في ميناء الزرقاء؟", Statement.SAME),
        # So many were on board, and one of them died.
        ("صحيح أن غرق قارب قرب المنارة أدى إلى وفاة 9 أعوان؟", Statement.MATTER),
        # So many were something else.
        ("صحيح أن الديوانة وزعت 70 لعبة للأطفال في ميناء الزرقاء؟", Statement.MATTER),
        # One was killed, so many were hurt.
        ("صحيح أن انفجار المصنع قتل 30 عاملا في الزرقاء؟", Statement.MATTER),
        ("صحيح أن انفجار المصنع جرح 30 عاملا في الزرقاء؟", Statement.SAME),
        # Another thing is worth as much.
        ("صحيح أن قيمة البنزين المحجوز في ميناء الزرقاء 40 ألف دينار؟", Statement.MATTER),
    ],
)
def test_a_figure_confirms_what_it_counts_alone(message: str, statement: Statement) -> None:
    assert answer(message, edition(BOAT, *TOWN.articles.values())).statement is statement


def test_one_word_does_not_confirm_two() -> None:
    coach = article("coach", "مدرب الملعب", "أعلن الملعب البلدي تعاقده مع المدرب نبيل الحداد للإشراف على الفريق.")
    assert answer("صحيح أن نبيل الحداد تعاقد مع النادي الإفريقي؟", edition(coach)).statement is not Statement.SAME


def test_beside_the_first_quote_of_a_claim_nothing_is_shown_that_is_far_less_sure() -> None:
    other = article("paint", "طلاء الأبواب", "لون الطلاء في سوق الجسر أزرق.")
    asked = "هل فعلا أغلقت وزارة النقل الجسر القديم بسبب لون الطلاء؟"
    found = answer(asked, edition(other, *TOWN.articles.values()))
    assert "paint" in {quote.article.id for quote in found.quotes}
    assert {quote.article.id for quote in found.shown_quotes} == {"bridge"}


def test_a_date_of_something_else_is_no_difference() -> None:
    assert differences("صحيح أن الشاعر سليم الحداد ولد عام 1950 وأهدت أسرته المكتبة العامة مخطوطة؟") == []


def test_a_claim_whose_words_stand_together_is_told_the_same() -> None:
    outcome = answer("هل فعلا أغلقت وزارة النقل الجسر القديم؟")
    assert (outcome.statement, outcome.quotes[0].article.id) == (Statement.SAME, "bridge")


def test_a_claim_of_which_the_text_says_neither_gets_what_it_says_on_the_matter() -> None:
    outcome = answer("هل فعلا أغلقت وزارة النقل الجسر القديم بسبب لون الطلاء؟")
    assert (outcome.statement, outcome.quotes[0].article.id) == (Statement.MATTER, "bridge")
    assert outcome.differences == ()


@pytest.mark.parametrize(
    "claim",
    [
        "صحيح أن كلفة بناء المكتبة العامة بلغت أكثر من 11 مليون دينار؟",
        "صحيح أن كلفة بناء المكتبة العامة بلغت نحو 12.5 مليون دينار؟",
        "صحيح أن كلفة بناء المكتبة العامة بلغت أقل من 13 مليون دينار؟",
    ],
)
def test_a_figure_within_its_bound_is_no_difference(claim: str) -> None:
    assert differences(claim) == []


@pytest.mark.parametrize(
    ("claim", "asked", "found"),
    [
        ("صحيح أن كلفة بناء المكتبة العامة بلغت أكثر من 13 مليون دينار؟", "13 مليون دينار", "12 مليون دينار"),
        ("هل قيمة اتفاق المغرب مع مايكروسوفت أقل من 8 ملايين دولار؟", "8 ملايين دولار", "9 ملايين دولار"),
    ],
)
def test_a_figure_beyond_its_bound_is_a_difference(claim: str, asked: str, found: str) -> None:
    assert differences(claim) == [(asked, found)]


def test_a_question_for_yes_or_no_is_told_how_the_text_stands_to_it() -> None:
    outcome = ANSWERER.answer("هل تضم المكتبة العامة كتبا ومخطوطات نادرة أهدتها أسرة الشاعر سليم الحداد؟", TOWN)
    assert isinstance(outcome, Answer)
    assert (outcome.mode, outcome.quotes[0].article.id) == (Mode.FACT, "library")
    assert outcome.statement in {Statement.SAME, Statement.MATTER}


@examples(60)
@given(st.integers(min_value=2, max_value=999).filter(lambda figure: figure != COST))
def test_a_swapped_figure_never_says_the_same(figure: int) -> None:
    outcome = ANSWERER.answer(f"صحيح أن كلفة بناء المكتبة العامة بلغت {figure} مليون دينار؟", TOWN)
    assert not isinstance(outcome, Answer) or outcome.statement is not Statement.SAME


@examples(40)
@given(st.sampled_from(CLAIMS), st.sampled_from(BEFORE), st.sampled_from(BEHIND))
def test_courtesies_around_a_claim_change_nothing(claim: str, before: str, behind: str) -> None:
    plain, wrapped = answer(claim), answer(f"{before}{claim}{behind}")
    assert (plain.statement, plain.differences) == (wrapped.statement, wrapped.differences)


def test_a_claim_on_what_the_coverage_lacks_is_found_in_no_article() -> None:
    outcome = ANSWERER.answer("صحيح أن البراكين ثارت في جزيرة بعيدة؟", TOWN)
    assert isinstance(outcome, Refusal)
    assert (outcome.mode, "البراكين" in outcome.missing) == (Mode.CLAIM, True)


@examples(60)
@given(EDITION)
def test_the_promises_of_quotes_are_kept(coverage: Edition) -> None:
    for message in (
        "صحيح أن المكتبة فيها 12 كتابا؟",
        "هل افتتحت المكتبة عام 2025؟",
        "«المكتبة المكتبة المكتبة كتب المكتبة»",
    ):
        check(ANSWERER.answer(message, coverage), message, coverage)


@pytest.mark.parametrize(
    "message",
    [
        "أغلقت وزارة النقل الجسر القديم، الكلام ده بجد ولا ايه؟",
        "قالو الجسر القديم أغلقتو وزارة النقل الكلام دا صاح",
        "هالحچي صدگ، وزارة النقل أغلقت الجسر القديم",
        "واحد قال وزارة النقل سكرت الجسر القديم، صحيح الحكاية هذي ولا تفذليك؟",
        "مش وزارة النقل هي اللي أغلقت الجسر القديم؟",
        "وزارة النقل أغلقت الجسر القديم موش هكة؟",
        "بالله صحيح وزارة النقل أغلقت الجسر القديم",
    ],
)
def test_a_claim_is_known_in_all_dialects_wherever_it_is_doubted(message: str) -> None:
    assert answer(message).quotes[0].article.id == "bridge"


def test_a_claim_on_a_year_that_the_coverage_lacks_is_not_met_halfway() -> None:
    assert answer("صحيح الجسر انهار؟").statement is Statement.MATTER
    assert isinstance(ANSWERER.answer("صحيح الجسر انهار سنة 1931؟", TOWN), Refusal)


def test_of_a_flood_of_figures_not_each_is_compared_with_each_of_a_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, is_of_kind = list[ClaimValue](), claim_values._is_of_kind

    def counted(asked: ClaimValue, found: ClaimValue, count_same: Callable[[ClaimValue, ClaimValue], bool]) -> bool:
        compared.append(found)
        return is_of_kind(asked, found, count_same)

    monkeypatch.setattr(claim_values, "_is_of_kind", counted)
    days = " ".join(f"في {day} مارس" for day in [*range(1, 29)] * 6)
    flood = article("flood", "كلفة المكتبة", f"بلغت كلفة بناء المكتبة العامة {days}")
    kept_answer.answer("صحيح أن كلفة بناء المكتبة العامة بلغت 15 مليون دينار؟", edition(flood))
    assert 0 < len(compared) <= 60


@pytest.mark.parametrize(
    "message",
    [
        "«أغلقت وزارة النقل الجسر القديم فوق نهر الزرقاء»",
        'هل كتبتم هذا: "اغلقت وزارة النقل الجسر القديم فوق نهر الزرقاء"؟',
        "“وزارة النقل الجسر القديم فوق نهر”",
    ],
)
def test_an_exact_quotation_is_given_with_its_place(message: str) -> None:
    outcome = answer(message)
    assert (outcome.statement, outcome.differences) == (Statement.QUOTED, ())
    first = outcome.quotes[0]
    assert (first.article.id, first.paragraph, first.start) == ("bridge", 0, 0)


@pytest.mark.parametrize(
    ("message", "difference"),
    [
        ("«أغلقت وزارة الأشغال الجسر القديم فوق نهر الزرقاء»", Difference("الأشغال", "النقل")),
        ("«أغلقت وزارة النقل أمس الجسر القديم فوق نهر الزرقاء»", Difference("أمس", "")),
        ("«أغلقت النقل الجسر القديم فوق نهر الزرقاء»", Difference("", "وزارة")),
        ("«أغلقت وزارة النقل الجسر القديم فوق نهر الفرات»", Difference("الفرات", "الزرقاء")),
    ],
)
def test_a_nearly_exact_quotation_is_given_with_the_difference(message: str, difference: Difference) -> None:
    outcome = answer(message)
    assert (outcome.statement, outcome.differences) == (Statement.NEARLY_QUOTED, (difference,))
