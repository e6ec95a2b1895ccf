"""Passages on the right subject that do not have what is asked for: another year, another name, no value."""

import pytest

from bot.answering import Reason, Requirement
from tests.answering.coverage import TRAINING, answered, article, refused, sources

DEAL = "متى وقعت حكومة المغرب اتفاقا مع مايكروسوفت لتدريب المعلمين؟"


def test_the_true_question_is_answered() -> None:
    assert sources(answered(DEAL))[0] == ("training", 0)


@pytest.mark.parametrize("year", ["2024", "٢٠٢٤", "2026", "1999"])
def test_a_swapped_year_is_refused(year: str) -> None:
    question = "كم قيمة اتفاق المغرب مع مايكروسوفت في 2025؟"
    assert "9 ملايين" in answered(question).quotes[0].text
    outcome = refused(question.replace("2025", year))
    assert outcome.reason is Reason.UNSUPPORTED
    assert outcome.related[0].id == "training"


@pytest.mark.parametrize("firm", ["غوغل", "جوجل", "Google", "أمازون", "هواوي", "IBM", "أرامكو"])
def test_a_swapped_firm_is_refused(firm: str) -> None:
    assert refused(DEAL.replace("مايكروسوفت", firm)).missing == (firm,)


@pytest.mark.parametrize("firm", ["Microsoft", "مايكروسوفت", "مَايكروسوفت", "ومايكروسوفت", "microsoft"])
def test_another_spelling_of_the_firm_is_not(firm: str) -> None:
    assert sources(answered(DEAL.replace("مايكروسوفت", firm)))[0] == ("training", 0)


@pytest.mark.parametrize("country", ["الجزائر", "تونس", "فرنسا", "مصر"])
def test_a_swapped_country_is_refused(country: str) -> None:
    assert refused(DEAL.replace("المغرب", country)).missing == (country,)


@pytest.mark.parametrize(
    "name", ["Zorbax", "ZORBAX", "Zoë", "Société", "Ｚｏｒｂａｘ", "Ромашка", "株式会社", "Zorbax2"]
)
def test_an_unknown_name_in_other_letters_is_refused(name: str) -> None:
    outcome = refused(f"هل وقعت حكومة المغرب اتفاقا مع شركة مايكروسوفت وشركة {name} لتدريب المعلمين؟")
    assert name in outcome.missing


@pytest.mark.parametrize("digits", ["777", "٧٧٧", "۷۷۷"])
def test_a_number_that_nobody_mentions_is_refused_in_any_digits(digits: str) -> None:
    assert digits in refused(f"لماذا بلغت قيمة اتفاق المغرب مع مايكروسوفت {digits} مليون دولار؟").missing


@pytest.mark.parametrize("digits", ["9", "٩", "۹"])
def test_a_number_of_the_passage_is_found_in_any_digits(digits: str) -> None:
    assert sources(answered(f"هل بلغت قيمة اتفاق المغرب مع مايكروسوفت {digits} ملايين دولار؟"))[0] == ("training", 0)


def test_a_name_in_the_paragraph_before_counts() -> None:
    told = article(
        "visit",
        "جولة وزير الزراعة",
        "هبطت طائرة الوفد في تركيا صباح السبت.",
        "وناقش وزير الزراعة هناك تصدير القمح والشعير إلى الأسواق الجديدة.",
    )
    question = "ماذا ناقش وزير الزراعة في تركيا عن تصدير القمح والشعير؟"
    assert sources(answered(question, told))[0] == ("visit", 1)
    assert refused(question.replace("تركيا", "اليابان"), told).missing == ("اليابان",)


@pytest.mark.parametrize(
    "question",
    [
        "ما تاريخ ميلاد الشاعر سليم الحداد؟",
        "متى ولدت هدى البستاني مديرة المكتبة؟",
        "متى توفي الشاعر سليم الحداد؟",
        "كم عمر هدى البستاني مديرة المكتبة؟",
        "قديش راتب مديرة المكتبة هدى البستاني؟",
        "مين زوجة الشاعر سليم الحداد؟",
        "كم موظفا في المكتبة العامة؟",
        "من صمم الجسر القديم؟",
        "من محامي بلدية المنارة؟",
        "ما جنسية الشاعر سليم الحداد؟",
        "ما رقم هاتف المكتبة العامة؟",
        "ما مساحة المكتبة العامة؟",
    ],
)
def test_what_no_passage_says_of_its_subject_is_refused(question: str) -> None:
    assert refused(question).reason is Reason.UNSUPPORTED


@pytest.mark.parametrize(
    "question",
    ["متى تعبر الحافلات من نفق الميناء؟", "كم حافلة تعبر من نفق الميناء؟", "امتى بيعصروا الزيت في المعصرة الحجرية؟"],
)
def test_when_and_how_many_need_a_time_or_a_number(question: str) -> None:
    assert refused(question).reason is Reason.UNSUPPORTED


def test_a_time_in_the_title_will_do() -> None:
    fair = article("fair", "معرض الخزف في أبريل 2024", "افتتح معرض الخزف والنسيج في القاعة.")
    [quote] = list(answered("متى افتتح معرض الخزف والنسيج؟", fair).quotes)
    assert quote.text == "افتتح معرض الخزف والنسيج في القاعة."


def test_the_same_article_alone_answers_and_refuses_alike() -> None:
    assert sources(answered(DEAL, TRAINING))[0] == ("training", 0)
    assert refused(DEAL.replace("المغرب", "الجزائر"), TRAINING).missing == ("الجزائر",)
    assert refused(DEAL.replace("مايكروسوفت", "غوغل"), TRAINING).missing == ("غوغل",)


@pytest.mark.parametrize("question", ["متى ولد الشاعر سليم الحداد؟", "متى توفي الشاعر سليم الحداد؟"])
def test_dates_in_brackets_behind_a_name_are_a_birth_and_a_death(question: str) -> None:
    told = article("poet", "الشاعر سليم الحداد", "سليم الحداد (3 مارس 1847 - 2 أغسطس 1922) شاعر من أبناء الساحل.")
    assert sources(answered(question, told))[0] == ("poet", 0)


def test_animals_perish() -> None:
    told = article("heat", "موجة حر في المنارة", "تسببت موجة الحر في نفوق 40 بقرة في مزارع المنارة.")
    assert sources(answered("كم بقرة ماتت في مزارع المنارة؟", told))[0] == ("heat", 0)


def test_an_office_in_the_accusative_is_held() -> None:
    told = article("office", "تعيينات جديدة", "عُيّن منير القاسمي مديراً لمصنع الإسمنت في قابس.")
    assert sources(answered("من مدير مصنع الإسمنت؟", told))[0] == ("office", 0)


def test_a_word_like_the_one_that_asks_is_not_the_same() -> None:
    told = article("unions", "المؤسسات الصحية", "تنتمي المؤسسات الصحية في المنارة إلى ثلاث نقابات كبرى.")
    assert sources(answered("إلى كم نقابة تنتمي المؤسسات الصحية في المنارة؟", told))[0] == ("unions", 0)


ASKED = "*ماذا وراء زيارة وزير الزراعة المفاجئة إلى تركيا، وما رأي خالد البستاني في زيارة الوزير؟"


def test_a_paragraph_that_only_asks_is_no_answer() -> None:
    outcome = refused("ما رأي خالد البستاني في زيارة وزير الزراعة إلى تركيا؟", article("talk", "حوار", ASKED))
    assert outcome.shown_quotes == ()


def test_the_words_of_a_question_are_no_evidence() -> None:
    told = article("talk", "حوار", f"{ASKED} لا تعليق لدي.")
    assert refused("ما رأي خالد البستاني في زيارة وزير الزراعة إلى تركيا؟", told).reason is Reason.UNSUPPORTED


def test_words_quoted_in_a_statement_may_ask() -> None:
    told = article("talk", "جلسة", "وتساءل وزير الزراعة خالد البستاني في تركيا «من يشتري القمح هذا العام؟»")
    assert sources(answered("ماذا تساءل وزير الزراعة خالد البستاني في تركيا عن القمح؟", told)) == [("talk", 0)]


def test_a_sum_of_another_year_is_no_answer() -> None:
    told = article(
        "deal",
        "عقد المغرب مع مايكروسوفت",
        "وقعت حكومة المغرب العقد مع مايكروسوفت عام 2022. أما عقد عام 2025 فإضافة. وبلغت قيمة العقد 9 ملايين دولار.",
    )
    assert sources(answered("كم بلغت قيمة عقد المغرب مع مايكروسوفت عام 2025؟", told)) == [("deal", 0)]
    outcome = refused("كم بلغت قيمة عقد المغرب مع مايكروسوفت عام 2022؟", told)
    assert outcome.detail is not None
    assert outcome.detail.missing_requirement is Requirement.OTHER_YEAR


def test_the_opposite_event_is_no_answer() -> None:
    told = article("deal", "شراكة المغرب ومايكروسوفت", "أبرمت حكومة المغرب شراكة مع شركة مايكروسوفت في يونيو 2025.")
    assert sources(answered("متى أبرمت الشراكة بين المغرب ومايكروسوفت؟", told)) == [("deal", 0)]
    outcome = refused("متى انتهت الشراكة بين المغرب ومايكروسوفت؟", told)
    assert outcome.detail is not None
    assert outcome.detail.missing_requirement is Requirement.OPPOSITE


def test_a_passage_that_tells_of_both_events_may_answer() -> None:
    told = article(
        "deal", "شراكة المغرب ومايكروسوفت", "أبرمت حكومة المغرب الشراكة مع مايكروسوفت في 2020، وانتهت الشراكة في 2025."
    )
    assert sources(answered("متى انتهت الشراكة بين المغرب ومايكروسوفت؟", told)) == [("deal", 0)]


def test_key_words_that_ask_for_a_number_want_one() -> None:
    told = article("hotel", "فندق المنارة الجديد", "يضم فندق المنارة الجديد غرفا واسعة تطل على البحر.")
    assert refused("عدد غرف فندق المنارة الجديد", told).reason is Reason.UNSUPPORTED
    told = article("hotel", "فندق المنارة الجديد", "يضم فندق المنارة الجديد 120 غرفة تطل على البحر.")
    assert sources(answered("عدد غرف فندق المنارة الجديد", told)) == [("hotel", 0)]


def test_a_digit_is_no_word_for_any_one_thing() -> None:
    told = article("letter", "رسالة", "وجهت لجنة واحدة رسالة إلى الشركة، وقالت إن إحداها كافية.")
    assert refused("1+1=?", told).missing == ("1",)


SON = article("son", "إيقاف ولد العمدة", "أوقفت الشرطة ولد العمدة صباح الاثنين 4 مايو 2015 في المطار بتهمة التهريب.")
BIRTH = article("birth", "ولادة العمدة", "رأى العمدة النور في قرية الزيتون، وهناك كانت ولادة العمدة عام 1950.")


@pytest.mark.parametrize(
    "question", ["وقتاش شدوا ولد العمدة؟", "شنوة عمل ولد العمدة في المطار؟", "شكون شد ولد العمدة؟"]
)
def test_a_son_is_no_birth(question: str) -> None:
    assert answered(question, SON).quotes[0].article == SON


def test_when_and_where_somebody_was_born_is_told_of_a_birth_alone() -> None:
    visit = article("visit", "العمدة في المطار", "وصل العمدة إلى المطار صباح الاثنين 4 مايو 2015.")
    for question in ("متى ولد العمدة؟", "وين ولد العمدة؟", "في أي عام ولد العمدة؟", "في أي قرية ولد العمدة؟"):
        assert answered(question, BIRTH, visit).quotes[0].article == BIRTH
        assert refused(question, visit).is_of_question


@pytest.mark.parametrize("question", ["قداش عمرو سالم الهادي؟", "كم عمر سالم الهادي؟", "قديش عمر سالم الهادي؟"])
def test_how_old_somebody_is_needs_an_age(question: str) -> None:
    songs = article(
        "songs", "سالم الهادي يغني", "غنى سالم الهادي مع عمرو دياب 12 أغنية في حفل سنة 2015 حضره 300 متفرج."
    )
    age = article("age", "وفاة سالم الهادي", "توفي المطرب سالم الهادي عن عمر يناهز 81 عاما بعد مرض قصير.")
    bare = article("bare", "وفاة سالم الهادي", "قال طبيبه إن المطرب سالم الهادي يبلغ من العمر 81 وإنه مريض.")
    assert refused(question, songs).related[0] == songs
    assert answered(question, songs, age).quotes[0].article == age
    assert answered(question, songs, bare).quotes[0].article == bare


def test_the_parts_of_a_name_in_two_other_names_are_nobody() -> None:
    others = article("law", "قانون السكن", "دافعت ألفة السكري عن قانون السكن الذي اقترحه يوسف الغرياني في تونس.")
    own = article("talk", "محاضرة في السكن", "قالت ألفة يوسف إن قانون السكن في تونس ظالم.")
    later = article("later", "ألفة يوسف تحاضر", "وأضافت يوسف أن قانون السكن في تونس ظالم.")
    question = "ماذا قالت ألفة يوسف عن قانون السكن في تونس؟"
    assert refused(question, others).related[0] == others
    assert answered(question, others, own).quotes[0].article == own
    assert answered(question, others, later).quotes[0].article == later


def test_what_is_measured_is_answered_in_its_units_and_a_dual_is_a_number() -> None:
    water = article("water", "معالجة المياه", "بلغت كميات الماء المعالج 242 مليون متر مكعب.")
    fight = article("fight", "شجار في السوق", "وأسفر الشجار في السوق عن جرح شخصين نقلا إلى المستشفى.")
    drugs = article("drugs", "حجز مخدرات", "عثرت الشرطة على 2 كلغ من المخدرات في منزل المتهم.")
    assert answered("قداش من ماء معالج كان؟", water).quotes[0].article == water
    assert answered("قداش من واحد تجرح في شجار السوق؟", fight).quotes[0].article == fight
    assert answered("قداش من كيلو مخدرات لقات الشرطة؟", drugs).quotes[0].article == drugs


def test_a_name_that_is_a_word_as_well_is_one_behind_a_word_of_saying() -> None:
    union = article("union", "ندوة النقابة", "أكدت سعيدة حقي رئيسة نقابة المعلمين خلال ندوة صحفية أن المطالب مشروعة.")
    assert answered("شكون رئيسة نقابة المعلمين؟", union).quotes[0].article == union


@pytest.mark.parametrize("town", ["قابس", "بنزرت", "وهران", "طنجة", "أسيوط", "النجف", "Sfax"])
def test_a_swapped_town_is_refused(town: str) -> None:
    seized = article("seized", "حجز موالح في سوسة", "حجزت الشرطة البلدية في سوسة خمسين طنا من الموالح الفاسدة.")
    assert answered("كم طنا من الموالح الفاسدة حجزت الشرطة في سوسة؟", seized).quotes[0].article == seized
    assert refused(f"كم طنا من الموالح الفاسدة حجزت الشرطة في {town}؟", seized).question


def test_news_from_home_does_not_say_where_it_is_from() -> None:
    told = article("milk", "الحليب الطازج", "دعت وزارة الصحة إلى غلي الحليب الطازج 20 دقيقة قبل شربه.")
    at_home = [article(f"home{number}", "خبر", f"افتتح الوزير في تونس الجسر رقم {number}.") for number in range(60)]
    abroad = [article(f"far{number}", "خبر", f"افتتح الوزير في ليبيا الجسر رقم {number}.") for number in range(5)]
    asked = "كم دقيقة يغلى الحليب الطازج حسب وزارة الصحة {}؟"
    assert sources(answered(asked.format("التونسية"), told, *at_home, *abroad)) == [("milk", 0)]
    refused(asked.format("الليبية"), told, *at_home, *abroad)


def test_a_number_that_counts_is_no_number_of_a_line() -> None:
    question = "شنوة رقم هاتف بلدية الزيتون؟"
    outcome = refused(question, article("a", "بلدية الزيتون", "سأل 3 سكان عن رقم هاتف بلدية الزيتون."))
    assert outcome.detail is not None
    assert outcome.detail.missing_requirement is Requirement.VALUE
    text = "رقم هاتف بلدية الزيتون هو 85990."
    assert answered(question, article("a", "بلدية الزيتون", text)).quotes[0].text == text
