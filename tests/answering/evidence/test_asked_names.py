"""A question that asks for a name is answered by a passage that has one."""

import pytest

from bot.answering import Requirement
from tests.answering.coverage import answered, article, refused


@pytest.mark.parametrize(
    ("question", "without", "named"),
    [
        (
            "ما اسم سائق الحافلة التي اصطدمت بشجرة على طريق المنارة؟",
            "اصطدمت حافلة بشجرة على طريق المنارة ونقل سائق الحافلة جريحا.",
            "اصطدمت حافلة بشجرة على طريق المنارة ونقل سائق الحافلة محمد الزرقاوي جريحا.",
        ),
        (
            "ما اسم سائق الحافلة التي اصطدمت بشجرة على طريق المنارة؟",
            "اصطدمت حافلة بشجرة على طريق المنارة ونقل سائق الحافلة جريحا، كما صرح شاهد عيان للصحافة المحلية هو محمد.",
            "اصطدمت حافلة بشجرة على طريق المنارة ونقل سائق الحافلة سالم الزرقاوي جريحا، كما صرح شاهد عيان.",
        ),
        (
            "شسمه سائق الحافلة اللي اصطدمت بشجرة على طريق المنارة؟",
            "اصطدمت حافلة بشجرة على طريق المنارة ونقل سائق الحافلة جريحا.",
            "اصطدمت حافلة بشجرة على طريق المنارة ونقل سائق الحافلة، ويدعى ديبورتيفي، جريحا.",
        ),
        (
            "إلى أي مستشفى نقل سائق الحافلة بعد الاصطدام بشجرة؟",
            "نقل سائق الحافلة إلى المستشفى بعد الاصطدام بشجرة.",
            "نقل سائق الحافلة إلى مستشفى سهلول بعد الاصطدام بشجرة.",
        ),
        (
            "السفينة اللي غرقت أمام ميناء المنارة اسمها ايه؟",
            "غرقت السفينة أمام ميناء المنارة في العاصفة ولم يصب أحد.",
            "غرقت السفينة «زهرة البحر» أمام ميناء المنارة في العاصفة ولم يصب أحد.",
        ),
        (
            "ما اسم المسرحية التي عرضها الممثل في مسرح المنارة؟",
            "عرض الممثل مسرحيته في مسرح المنارة مساء السبت أمام الجمهور.",
            "عرض الممثل مسرحيته «ليلة القمر» في مسرح المنارة مساء السبت أمام الجمهور.",
        ),
        (
            "مين المدرب اللي قاد فريق المنارة للفوز بالكأس؟",
            "قاد المدرب فريق المنارة إلى الفوز بالكأس مساء السبت.",
            "قاد المدرب نيبوشكا فريق المنارة إلى الفوز بالكأس مساء السبت.",
        ),
    ],
)
def test_a_passage_without_the_name_is_ruled_out(question: str, without: str, named: str) -> None:
    outcome = refused(question, article("a", "أخبار المنارة هذا الأسبوع بالتفصيل", without))
    assert outcome.detail is not None
    assert outcome.detail.missing_requirement is Requirement.ASKED_NAME
    assert answered(question, article("a", "أخبار المنارة هذا الأسبوع بالتفصيل", named)).quotes[0].text == named


def test_a_name_that_the_question_has_itself_is_no_answer() -> None:
    outcome = refused(
        "شو اسم المرأة التي التقت الوزير كمال الزرقاوي في ميناء المنارة؟",
        article("a", "أخبار المنارة هذا الأسبوع بالتفصيل", "التقت امرأة الوزير كمال الزرقاوي في ميناء المنارة."),
    )
    assert outcome.detail is not None
    assert outcome.detail.missing_requirement is Requirement.ASKED_NAME


def test_a_street_with_a_person_s_name_names_nobody() -> None:
    outcome = refused(
        "شو اسم اللص اللي سرق مخبز المنارة؟",
        article("a", "أخبار المنارة هذا الأسبوع بالتفصيل", "سرق لص مخبز المنارة في شارع محمد الزرقاوي."),
    )
    assert outcome.detail is not None
    assert outcome.detail.missing_requirement is Requirement.ASKED_NAME


def test_who_is_answered_by_an_office() -> None:
    text = "أمر وزير الصحة بإغلاق مخبز المنارة بعد شكوى السكان."
    question = "شكون المسؤول اللي أمر بإغلاق مخبز المنارة؟"
    assert answered(question, article("a", "أخبار المنارة هذا الأسبوع بالتفصيل", text)).quotes[0].text == text


def test_the_sentence_with_the_name_is_quoted() -> None:
    filler = "وحضر سكان المدينة ورجال الأعمال وأصحاب المحلات المجاورة من كل الأحياء القريبة والبعيدة في ذلك اليوم. "
    text = (
        "أثار اللص الذي سرق مخبز المنارة ضجة في المدينة. "
        + filler * 6
        + "وقالت الشرطة إن اللص محمد الزرقاوي سرق مخبز المنارة ليلا."
    )
    [first, *_] = answered(
        "ما اسم اللص الذي سرق مخبز المنارة؟", article("a", "أخبار المنارة هذا الأسبوع بالتفصيل", text)
    ).quotes
    assert "محمد الزرقاوي" in first.text
