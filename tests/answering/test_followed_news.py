"""What is new on what somebody follows: never what is only near it, and what names all of it."""

from collections.abc import Mapping, Set
from typing import NamedTuple

import pytest

from bot.answering import Quote
from bot.articles import Article, paragraph_digest
from tests.answering.coverage import ANSWERER, TOWN, article, edition


class Subject(NamedTuple):
    """A subject, an article that is near it, and one that has news on it, by title and text."""

    words: str
    near: tuple[str, str]
    news: tuple[str, str]


SUBJECTS = (
    Subject(
        "سليم الدهماني",
        near=(
            "وزير النقل سليم العلي يلتقي كمال الدهماني",
            "اجتمع وزير النقل سليم العلي أمس مع رجل الأعمال كمال الدهماني في مكتبه بالعاصمة.",
        ),
        news=("افتتاح رصيف جديد", "قال سليم الدهماني إن الرصيف الجديد سيستقبل السفن الكبيرة بداية من الشهر المقبل."),
    ),
    Subject(
        "وزير الموانئ",
        near=(
            "وزير النقل يزور ورشات الموانئ",
            "زار وزير النقل صباح أمس ورشات الصيانة في الموانئ الشمالية واطلع على الأشغال.",
        ),
        news=("تعيينات", "أعلن وزير الموانئ أن العمل في الرصيف الثالث يبدأ بعد أسبوعين من الآن."),
    ),
    Subject(
        "متحف البحر",
        near=(
            "متحف الفن يستضيف لوحات عن البحر",
            "يستضيف متحف الفن الحديث لوحات كثيرة عن البحر رسمها تلاميذ المدينة هذا العام.",
        ),
        news=("من أخبار اليوم", "يعرض متحف البحر سفينة خشبية عمرها ثلاثة قرون أمام الزوار."),
    ),
    Subject(
        "مهرجان الطبول",
        near=(
            "مهرجان العود يختتم دورته",
            "اختتم مهرجان العود دورته على أصوات الطبول التي دقت في ساحة المدينة ليلاً.",
        ),
        news=("من أخبار اليوم", "ينطلق مهرجان الطبول يوم الخميس المقبل في ساحة المدينة القديمة."),
    ),
    Subject(
        "ولاية الأثل",
        near=(
            "ولاية السدر المجاورة",
            "بلغ عدد السكان في ولاية السدر المجاورة لمنطقة الأثل تسعة عشر ألفاً هذا العام.",
        ),
        news=("من أخبار اليوم", "سجلت ولاية الأثل هذا العام أمطاراً لم تعرفها منذ عقود طويلة."),
    ),
    Subject(
        "أسعار النفط",
        near=("أسعار الخبز ترتفع", "ارتفعت أسعار الخبز في الأسواق رغم دعم الدولة لشركة النفط الوطنية هذا العام."),
        news=("من أخبار اليوم", "تراجعت أسعار النفط في الأسواق العالمية بعد قرار المنتجين زيادة الإنتاج."),
    ),
    Subject(
        "الهلال السعودي",
        near=(
            "الهلال الأحمر يوزع مساعدات",
            "وزع الهلال الأحمر مساعدات قدمها المركز السعودي للإغاثة في القرى الجبلية.",
        ),
        news=("من أخبار اليوم", "فاز الهلال السعودي على ضيفه بثلاثة أهداف في مباراة الذهاب أمس."),
    ),
    Subject(
        "بيتر ثيل",
        near=("بيتر باركر يلتقي مارك ثيل", "التقى المستثمر بيتر باركر أمس مارك ثيل مدير الصندوق في مدينة نيويورك."),
        news=("من أخبار اليوم", "أسس بيتر ثيل الشركة قبل عشرين عاماً مع عدد من شركائه."),
    ),
    Subject(
        "جسر المنارة",
        near=("جسر الوادي قرب حي المنارة", "افتتح جسر الوادي الذي يمر قرب حي المنارة أمام السيارات صباح اليوم."),
        news=("من أخبار اليوم", "أغلقت البلدية جسر المنارة أمام الشاحنات حتى نهاية الشهر."),
    ),
    Subject(
        "خط الترام",
        near=("خط القطار يلغي محطة", "توقف خط القطار عند المحطة التي كان يصل إليها الترام قبل عشر سنوات."),
        news=("من أخبار اليوم", "تعطل خط الترام ساعتين صباح اليوم بسبب انقطاع الكهرباء."),
    ),
    Subject(
        "كتاب ظل القرنفل",
        near=("ظل الزيتون كتاب جديد", "صدر كتاب ظل الزيتون الذي يروي قصة بائع القرنفل في المدينة العتيقة."),
        news=("من أخبار اليوم", "فاز كتاب ظل القرنفل بجائزة الرواية العربية لهذا العام."),
    ),
    Subject(
        "الاتحاد الأوروبي",
        near=(
            "اتحاد الكتاب يكرم شاعراً",
            "كرم اتحاد الكتاب الشاعر الذي نال الجائزة من البرلمان الأوروبي العام الماضي.",
        ),
        news=("من أخبار اليوم", "أقر الاتحاد الأوروبي حزمة قروض جديدة لدول الجوار الجنوبي."),
    ),
    Subject(
        "بنك المدينة",
        near=(
            "البنك المركزي يطمئن سكان المدينة",
            "طمأن البنك المركزي سكان المدينة إلى أن الودائع كلها مضمونة بحكم القانون.",
        ),
        news=("من أخبار اليوم", "أعلن بنك المدينة أرباحه الفصلية التي بلغت خمسين مليون دينار."),
    ),
    Subject(
        "شركة بالانتير",
        near=("شركة أخرى تنافسها", "وقعت شركة أمازون عقداً ينافس عقد الحكومة مع منصات تحليل البيانات."),
        news=("من أخبار اليوم", "وقعت بالانتير، وهي شركة أمريكية، عقداً جديداً مع وزارة الدفاع."),
    ),
    Subject(
        "الرئيس قيس سعيد",
        near=(
            "الرئيس الفرنسي يستقبل سعيد بن سلطان",
            "استقبل الرئيس الفرنسي في القصر سعيد بن سلطان مبعوث السلطنة إلى القمة.",
        ),
        news=("من أخبار اليوم", "استقبل رئيس الجمهورية قيس سعيد رئيسة الحكومة ظهر اليوم في القصر."),
    ),
    Subject(
        "نقابة القطارات",
        near=(
            "نقابة المعلمين تعلق الإضراب",
            "علقت نقابة المعلمين الإضراب بعد أن توقفت القطارات عن السير يومين كاملين.",
        ),
        news=("من أخبار اليوم", "دعت نقابة القطارات إلى إضراب عام يوم الخميس المقبل."),
    ),
    Subject(
        "بلدة الخروب",
        near=("بلدة الزيتونة تستقبل السياح", "استقبلت بلدة الزيتونة ثلاثين ألف سائح في موسم قطف الخروب هذا العام."),
        news=("من أخبار اليوم", "غرقت شوارع بلدة الخروب بعد أمطار غزيرة هطلت ليلة أمس."),
    ),
    Subject(
        "سباق الخيل في مرج الغدير",
        near=("سباق الهجن في مرج الغدير", "أقيم سباق الهجن في مرج الغدير بحضور آلاف المتفرجين صباح يوم الجمعة."),
        news=("من أخبار اليوم", "انطلق سباق الخيل في مرج الغدير بحضور آلاف المتفرجين."),
    ),
    Subject(
        "الكاتب",
        near=("كتاب جديد في المكتبة", "وصل كتاب جديد عن تاريخ المدينة إلى رفوف المكتبة العامة هذا الأسبوع."),
        news=("من أخبار اليوم", "وقع الكاتب روايته الجديدة في معرض المدينة مساء أمس."),
    ),
    Subject(
        "سلمى الحداد",
        near=("سلمى الحدادي تفوز بالسباق", "فازت العداءة سلمى الحدادي بسباق المدينة لهذا العام أمام عشرين متسابقة."),
        news=("من أخبار اليوم", "قالت مديرة المكتبة سلمى الحداد إن الإعارة مجانية لسكان المدينة."),
    ),
)
WORDS = [subject.words for subject in SUBJECTS]


def news_on(
    subject: str, *came: Article, news: Mapping[str, Set[str] | None] | None = None, previous: str | None = None
) -> tuple[Quote, ...]:
    """Look in a town's newspaper for what is new on a subject in the articles that came."""
    current = edition(*TOWN.articles.values(), *came)
    found = news or {one.id: None for one in came}
    return ANSWERER.news_on(subject, current, found, previous)


@pytest.mark.parametrize("subject", SUBJECTS, ids=WORDS)
def test_what_names_a_subject_is_quoted_and_what_is_near_it_is_not(subject: Subject) -> None:
    near, news = article("near", *subject.near), article("news", *subject.news)
    assert not news_on(subject.words, near)
    [quote] = news_on(subject.words, near, news)
    assert (quote.article.id, quote.text) == ("news", subject.news[1])


@pytest.mark.parametrize("subject", SUBJECTS, ids=WORDS)
def test_the_news_on_other_subjects_are_not_those_on_one(subject: Subject) -> None:
    others = [article(other.words, *other.news) for other in SUBJECTS if other is not subject]
    assert not news_on(subject.words, *others)


FILLER = "تساقطت أمطار خفيفة في المنطقة منذ الصباح، وبقيت الطرق مفتوحة أمام السيارات والحافلات."
NAMED = "قال سليم الدهماني إن الرصيف الجديد سيستقبل السفن الكبيرة بداية من الشهر المقبل."


@pytest.mark.parametrize(
    ("title", "paragraphs", "is_told"),
    [
        ("أمطار خفيفة", (FILLER, NAMED), False),
        ("أمطار خفيفة", (NAMED, FILLER), True),
        ("الدهماني يعد برصيف جديد", (FILLER, NAMED), True),
        # Another one is meant.
        ("سليم يعد برصيف جديد", (FILLER, "حضر سليم الدهماني اللقاء مع ممثلي البحارة في الميناء القديم."), False),
        (
            "أمطار خفيفة",
            (f"{FILLER[:-1]}، ووصلت المياه إلى الحقول كلها في الوادي الكبير وإلى القرى، وفق ما {NAMED}",),
            False,
        ),
    ],
)
def test_an_article_is_about_what_its_title_or_the_beginning_of_its_lead_names(
    title: str, paragraphs: tuple[str, ...], *, is_told: bool
) -> None:
    other = article("other", "سليم القرنفلي يفوز", "فاز سليم القرنفلي بسباق المدينة لهذا العام أمام عشرين متسابقاً.")
    assert bool(news_on("سليم الدهماني", other, article("came", title, *paragraphs))) is is_told


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("الإرهاب", "أوقفت الشرطة أمس عصابة مسلحة سرقت متجراً في وسط المدينة."),
        ("وزارة التربية", "أعلنت وزارة التعليم العالي عن لقاء مع ممثلي الطلبة يوم الخميس."),
        (
            "متى تبدأ امتحانات الثانوية؟",
            "قال الوزير إن إعداد اختبارات المرحلة الثانوية انطلق يوم 7 مايو في المراكز كلها.",
        ),
    ],
)
def test_words_that_may_mean_the_same_are_no_news(words: str, text: str) -> None:
    assert not news_on(words, article("came", "من أخبار اليوم", text))


def test_what_was_announced_and_how_it_ended_are_both_told() -> None:
    announced = "تواجه لاعبة التنس سلمى الحداد المصنفة عاشرة اليوم اللاعبة ليلى البستاني في الدور الثاني لدورة المدينة."
    ended = announced.replace("تواجه", "خسرت").replace("اليوم", "اليوم أمام")
    came = [article(name, "من أخبار المدينة", text) for name, text in (("before", announced), ("after", ended))]
    assert len(news_on("سلمى الحداد", *came)) == 2


def test_a_question_of_one_word_is_followed_as_a_subject() -> None:
    one, other = (ANSWERER.followed_words(ANSWERER.analyse(each), TOWN) for each in ("اش صاير في الميناء", "الميناء"))
    assert one == other == "الميناء"


NEWS_OF = ["ما الجديد عن المكتبة العامة؟", "كيف تطورت المكتبة العامة؟", "المكتبة العامه"]
NEWS_OF += ["أخبار المكتبة العامة", "كل جديد عن المكتبة العامة", "كل ما يخص المكتبة العامة"]


@pytest.mark.parametrize("words", NEWS_OF)
def test_a_subject_is_the_same_however_it_is_put(words: str) -> None:
    one, other = (ANSWERER.followed_words(ANSWERER.analyse(each), TOWN) for each in (words, "المكتبة العامة"))
    assert one == other


@pytest.mark.parametrize("words", ["The public library", "la bibliothèque publique"])
def test_a_subject_in_another_language_is_named_in_whatever_order(words: str) -> None:
    near = article("near", "خبر اليوم", "افتتحت المدرسة العامة في الحي مكتبة صغيرة لأطفالها صباح أمس.")
    assert not news_on(words, near)
    assert [quote.article.id for quote in news_on(words, near, news={"near": None, "library": None})] == ["library"]


@pytest.mark.parametrize(
    "words", ["شكراً", "وماذا؟", "متى افتتحت المكتبة العامة؟ وكم كلفة الجسر القديم؟", "!!", "كم سعر السردين؟"]
)
def test_nothing_is_looked_for_where_no_one_subject_is_named(words: str) -> None:
    assert ANSWERER.followed_words(ANSWERER.analyse(words), TOWN) is None
    assert not news_on(words, *TOWN.articles.values())


def test_other_articles_than_those_that_came_are_no_news() -> None:
    came = article("came", "خبر اليوم", "وصلت ثلاث حافلات جديدة إلى محطة المدينة صباح اليوم.")
    assert not news_on("المكتبة العامة", came)
    assert news_on("المكتبة العامة", came, news={"library": None})


def test_of_a_changed_article_the_new_paragraphs_are_news() -> None:
    first, second = TOWN.articles["library"].paragraphs[:2]
    for paragraph in (first, second):
        [quote] = news_on("المكتبة العامة", news={"library": {paragraph_digest(paragraph.text)}})
        assert quote.text in paragraph.text
    assert not news_on("المكتبة العامة", news={"library": {paragraph_digest("فقرة لم تعد هناك")}})


def test_a_question_is_answered_from_what_came_alone() -> None:
    came = article("came", "حصاد السردين", "بلغ سعر السردين في السوق الكبير ستة دنانير للكيلوغرام الواحد.")
    question = "كم بلغت كلفة بناء المكتبة العامة؟"
    assert not news_on(question, came)
    [quote, *_] = news_on(question, came, news={"library": None})
    assert "12 مليون دينار" in quote.text


def test_the_same_text_in_two_articles_is_told_once() -> None:
    text = "تفتح المكتبة العامة أبوابها ليلاً أمام الطلاب طوال شهر الامتحانات."
    came = [article(name, "من أخبار المدينة", text) for name in ("one", "other")]
    assert len(news_on("المكتبة العامة", *came)) == 1
