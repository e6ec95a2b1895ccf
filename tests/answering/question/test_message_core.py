"""Courtesies around and between the sentences of a message change nothing of the question that it asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.modes import choose_mode
from bot.answering.question import analyse_message
from bot.answering.question.interpretation import interpret
from bot.answering.question.question import Question
from bot.answering.reasons import Mode
from tests.answering.coverage import LEXICON, QUESTIONS, TOWN

QUESTION = "متى افتتحت المكتبة العامة؟"
BARE = [
    QUESTION,
    "كم كلفة بناء المكتبة",
    "من أهدى المخطوطات النادرة؟",
    "شكون مديرة المكتبة",
    "ليش أغلقوا الجسر القديم؟",
    "ما قيمة اتفاق المغرب مع مايكروسوفت؟",
    "هل الدخول إلى المكتبة مجاني؟",
    "وين يباع السردين",
]


def understood(message: str) -> Question:
    question = interpret(analyse_message(message, QUESTIONS), None, TOWN.index, QUESTIONS).question
    assert question is not None
    return question


def asked(message: str) -> tuple[object, ...]:
    question = understood(message)
    terms = tuple(term.normal for term in question.terms)
    focus = tuple(term.normal for term in question.focus)
    return terms, focus, question.answer_type, question.language


def removed(message: str) -> tuple[str, ...]:
    core = analyse_message(message, QUESTIONS).core
    return core.removed if core else ()


@pytest.mark.parametrize(
    "message",
    [
        "السلام عليكم، {}",
        "السلام عليكم ورحمة الله وبركاته {}",
        "مرحبا، {} شكرا جزيلا",
        "{} شكرا",
        "{} thanks",
        "please {}",
        "{} svp",
        "لو سمحت {} شكراً",
        "السلام عليكم ورحمة الله وبركاته ممكن أعرف {} وشكرا لكم",
        "يا إخوان {} الله يعطيكم العافية",
        "يا جماعة الخير السلام عليكم عندي سؤال بسيط لو سمحتم وأرجو الإفادة {} وشكرا لكم مقدما",
        "مساء الخير جميعا. خويا يقرا وعندو exposé. {} ربي يعينكم",
        "عندي بحث في الجامعة. {} نستنى في الإجابة",
        "صباح الخير\nعندي امتحان غدا\n{}\nوبارك الله فيكم",
        "هل تعرفون {}",
        "bonjour, {} merci d'avance",
        "hello everyone, {} thank you so much",
        "{}، actualy يا مرحبا",
        "{}، actualy désolé يا مرحبا",
        "شكرااااا لكم مسبقا {}",
    ],
)
@pytest.mark.parametrize("question", [QUESTION, "قداش كلفة بناء المكتبة"])
def test_courtesies_change_nothing(message: str, question: str) -> None:
    assert asked(message.format(question)) == asked(question)
    assert removed(message.format(question))


@pytest.mark.parametrize(
    "message",
    [
        "كنت قاعد مع خالي وتناقشنا في الحكاية هاذي، كل واحد عندو رأي. {}",
        "مراتي مصدعاني من الصبح عايزة تعرف {}",
        "يمكن سؤالي غبي شوي بس {}",
        "يا صاحب الخبرة والكلام الحلو {}",
        "My professor mentioned this in class and I didn't catch it, {}",
        "{} ورونا برك",
        "{} صححولي لو ما فيهاش تعب",
        "{} الله يطول فعمركم ويرزقكم ما بغيتو",
        "{} كان فما شكون يتفكر",
        "{} ما تقصرو معانا",
    ],
)
@pytest.mark.parametrize("question", [QUESTION, "قداش كلفة بناء المكتبة الجديدة"])
def test_talk_that_no_list_foresees_changes_nothing(message: str, question: str) -> None:
    assert asked(message.format(question)) == asked(question)


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("سمعت إنو بالانتير عملت صفقة. بقداش؟", "بالانتير"),
        ("عندي سؤال عن نتفليكس: قداش الثمن؟", "نتفليكس"),
        ("حلمت حنش أسود في الدار، شنية تفسيرها يعيشكم", "حنش"),
        ("نحب نقدم demande خدمة في ليوني سوسة. قداش من عامل يخدمو فيها؟", "ليوني"),
        ("صحيح الوزير قال في 2016 راني مازلت في الحزب وما خرجتش؟", "الحزب"),
        ("كلمة OK هذي من وين جات؟ في أي جريدة ظهرت أول مرة", "ok"),
    ],
)
def test_the_subject_stays_wherever_it_stands(message: str, subject: str) -> None:
    assert subject in {term.normal for term in understood(message).terms}


COURTESIES = LEXICON.courtesies
# Arabizi writes digits into its words; joined from words they would stand apart.
SURE = {words for words in (*COURTESIES.before, *COURTESIES.behind) if words not in COURTESIES.careful}
WRITTEN = {" ".join(words): words for words in SURE if not any(map(str.isdecimal, words))}
BEFORE = sorted(text for text, words in WRITTEN.items() if words in COURTESIES.before)
BEHIND = sorted(text for text, words in WRITTEN.items() if words in COURTESIES.behind)
LISTS = [st.lists(st.sampled_from(phrases), max_size=3) for phrases in (BEFORE, BEHIND)]


def test_of_two_words_with_digits_one_may_be_known_for_a_word() -> None:
    assert asked(f"7ad 3andou fekra {BARE[0]}") == asked(BARE[0])


@given(st.sampled_from(BARE), *LISTS)
def test_every_listed_courtesy_is_taken_off(question: str, before: list[str], behind: list[str]) -> None:
    message = "، ".join([*before, f"{question}، " + " ".join(behind)]).removesuffix("، ")
    assert asked(message) == asked(question)


@pytest.mark.parametrize(
    "message",
    [
        "متى ولد الأديب أبو الخير",
        "صباح فخري متى ولد؟",
        "متى قال الوزير شكرا للمعلمين؟",
        "ما معنى السلام عليكم",
        "من هو عبد الله",
        "جماعة الإخوان متى تأسست",
        "كم عدد قتلى حزب الله",
        "ما هي أغنية «شكرا لكم»؟",
        "هل قبل الجسر أم بعده؟",
        "لماذا لا تفتح المكتبة قبل الظهر؟",
        "السلام عليكم",
        "زار الوزير الجسر، متى كان ذلك؟",
        "سليم الحداد، متى ولد الشاعر؟",
        "Quand le musée a-t-il été inauguré ?",
    ],
)
def test_what_belongs_to_the_question_stays(message: str) -> None:
    assert not removed(message)


def test_what_was_taken_off_is_named_in_order() -> None:
    assert removed(f"السلام عليكم، {QUESTION} شكرا لكم") == ("السلام عليكم", "شكرا لكم")


@pytest.mark.parametrize("request_", ["حدثني عن المكتبة العامة", "أعطني كلفة المكتبة", "احكيلي على المكتبة العامة"])
def test_the_words_of_a_request_are_never_searched_for(request_: str) -> None:
    terms = {term.normal for term in understood(request_).terms}
    assert "المكتبه" in terms
    assert not terms & {"حدثني", "اعطني", "احكيلي"}


@pytest.mark.parametrize(
    "message",
    [
        "المكتبة العامة، احكيلي الحكاية من أولها",
        "المكتبة العامة، شنية الحكاية؟",
        "المكتبة العامة، زيدني",
        "المكتبة العامة، شو القصة؟",
        "المكتبة العامة، فهمني القصة كاملة",
    ],
)
def test_a_subject_that_comes_before_its_request_stays(message: str) -> None:
    interpretation = choose_mode(interpret(analyse_message(message, QUESTIONS), None, TOWN.index, QUESTIONS), QUESTIONS)
    assert interpretation.mode is Mode.OVERVIEW
    assert interpretation.question is not None
    assert [term.normal for term in interpretation.question.terms] == ["المكتبه", "العامه"]


@pytest.mark.parametrize(
    "message", ["المكتبة العامة، متى افتتحت؟", "المكتبة العامة.. من افتتحها؟", "الجسر القديم، ليش أغلقوه؟"]
)
def test_a_subject_that_comes_before_its_question_stays(message: str) -> None:
    assert removed(message) == ()


LATIN_TALK = [
    *(
        "chkoun ya3ref",
        "chkoun ya3ref ?",
        "svp chkoun najem y9olli",
        "ma3lich",
        "ma3lich,",
        "3aslema",
        "ya jma3a",
        "brabbi",
        "3afak",
    ),
    *(
        "besh n3aref",
        "choufouli",
        "min fadlak",
        "law sama7t",
        "ya regala",
        "7ad ye3raf ?",
        "ya shabab",
        "7ada bya3ref?",
        "plz",
    ),
    *(
        "please",
        "pls help",
        "does anyone know?",
        "s'il vous plaît",
        "svp",
        "stp",
        "merci d'avance",
        "desolé",
        "wallah ma na3ref",
    ),
    *(
        "men fadlkom",
        "khouya",
        "ya khti",
        "chkoun 3andou fekra",
        "3andkom fekra ?",
        "goulouli",
        "khabrouni",
        "2oloul ya nas",
    ),
]


@pytest.mark.parametrize("talk", LATIN_TALK)
@pytest.mark.parametrize("message", ["{talk} {question}", "{question} {talk}", "{talk}, {question}"])
def test_talk_in_latin_letters_beside_an_arabic_question_is_taken_off(talk: str, message: str) -> None:
    assert asked(message.format(talk=talk, question=QUESTION)) == asked(QUESTION)


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("la bague القديمة في المنارة من قداش من عام؟", "bague"),
        ("le gout متاع الماء كان تبدل في 2016", "gout"),
        ("إيمتا كان ترك ال party؟ ضايع بال dates بصراحة", "party"),
    ],
)
def test_a_word_of_another_language_with_an_article_is_no_talk(message: str, subject: str) -> None:
    assert subject in {term.normal for term in understood(message).terms}


@pytest.mark.parametrize("question", ["who beat zarina diyas", "qui a battu zarina diyas"])
def test_what_a_glossary_does_not_know_is_a_name_and_stays(question: str) -> None:
    assert analyse_message(question, QUESTIONS).text.text.endswith("zarina diyas")


def test_a_noun_with_an_article_of_another_language_is_nobody_who_is_called() -> None:
    assert "oliviers" in analyse_message("متى زرعت البلدية les oliviers", QUESTIONS).text.text


def test_a_courtesy_with_a_word_that_asks_elsewhere_changes_nothing_of_a_question_in_another_language() -> None:
    question = "combien de livres contient la bibliothèque ?"
    said = analyse_message(f"من فضلك {question} بارك الله فيك", QUESTIONS)
    assert said.text.text == analyse_message(question, QUESTIONS).text.text
    assert said.core is not None
    assert said.core.removed == ("من فضلك", "بارك الله فيك")
