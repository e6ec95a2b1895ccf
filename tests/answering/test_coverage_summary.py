"""The summary of a coverage: topics that its titles have, and examples that its articles answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.answering import LONGEST_EXAMPLE, AnalysedMessage, Answer, Answerer, CoverageSummaries
from bot.answering.coverage_summary import find_topics, group_by_topic
from bot.articles import Article, Paragraph
from bot.edition import Edition, GoldenQuestion, make_edition
from tests.answering.coverage import ANALYSER, ANSWERER, BRIDGE, FISHING, KNOWLEDGE, LIBRARY, TRAINING, article, edition
from tests.articles.far_articles import with_far_articles

PHRASINGS = ("حدثني عن {topic}", "ما آخر أخبار {topic}؟")
OPENING = GoldenQuestion("متى افتتحت البلدية المكتبة العامة؟", LIBRARY.id)

WORDS = st.sampled_from(["بلدية", "المكتبة", "Isnad", "12", "في", "؟", "«", "ترامب", "لترامب", "…"])
TITLES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=8)


def summaries() -> CoverageSummaries:
    return CoverageSummaries(ANSWERER)


def titled(*titles: str) -> list[Article]:
    return [
        Article(f"a{number}", title, (Paragraph(f"{title}، وهذا نصّ المقال عن ذلك كله."),))
        for number, title in enumerate(titles)
    ]


def test_a_topic_is_what_many_titles_name() -> None:
    titles = ["ترامب في باريس", "خطاب ترامب", "قال ترامب كلمة", "حريق في غابة", "سباق الدراجات"]
    assert find_topics(titles, KNOWLEDGE) == ("ترامب",)


def test_a_topic_is_shown_without_what_is_written_onto_it() -> None:
    assert find_topics(["لقاء لترامب", "وعد لترامب", "خطاب ترامب", "سفر", "نوم"], KNOWLEDGE) == ("ترامب",)


def test_words_that_always_stand_together_are_one_topic() -> None:
    titles = [f"البيت الأبيض {word}" for word in ("يعلن", "ينفي", "يؤكد", "يدرس", "يرحب")]
    assert find_topics(titles, KNOWLEDGE) == ("البيت الأبيض",)


def test_a_topic_is_a_whole_phrase_and_no_bare_adjective() -> None:
    handball = ["كرة اليد: فوز الضفة", "نهائي كرة اليد", "بطولة لكرة اليد", "سفر من سيدي بوزيد", "خبر من سيدي بوزيد"]
    assert find_topics(handball, KNOWLEDGE)[0] in {"كرة اليد", "سيدي بوزيد"}
    assert "اليد" not in find_topics(handball, KNOWLEDGE)
    bridge = ["جسر الضفة الشمالية", "شارع الجهة الشمالية", "أمطار على المناطق الشمالية"]
    assert "الشمالية" not in find_topics(bridge, KNOWLEDGE)


def test_a_single_article_has_its_names_for_topics() -> None:
    assert "Isnad" in find_topics(["برنامج Isnad يجيب من المقالات"], KNOWLEDGE)


@given(TITLES)
def test_topics_stand_in_titles_as_they_are_shown(titles: list[str]) -> None:
    topics = find_topics(titles, KNOWLEDGE)
    assert len(set(topics)) == len(topics) <= 4
    assert all(any(topic in title for title in titles) for topic in topics)
    assert not any(character.isdigit() for topic in topics for character in topic)


def test_the_examples_are_answered() -> None:
    served = edition(LIBRARY, BRIDGE, FISHING)
    summary = summaries().summarise(served, PHRASINGS, (OPENING,))
    assert summary.examples[0] == OPENING.question
    assert 1 < len(summary.examples) <= 3
    assert len(set(summary.examples)) == len(summary.examples)
    assert all(isinstance(ANSWERER.answer(example, served), Answer) for example in summary.examples)


def test_a_golden_question_that_is_not_answered_is_no_example() -> None:
    refused = GoldenQuestion("كم سعر الذهب في طوكيو اليوم؟", LIBRARY.id)
    refusing = GoldenQuestion("كم سعر النفط؟", None)
    long = GoldenQuestion(OPENING.question + " لو سمحتم" * 20, LIBRARY.id)
    assert len(long.question) > LONGEST_EXAMPLE
    shown = summaries().summarise(edition(LIBRARY), PHRASINGS, (refused, refusing, long)).examples
    assert not {refused.question, refusing.question, long.question} & set(shown)


def test_examples_are_in_each_language_by_themselves() -> None:
    served, kept = edition(LIBRARY, BRIDGE, FISHING), summaries()
    english = kept.summarise(served, ("tell me about {topic}",))
    assert english.examples == tuple(f"tell me about {topic}" for topic in english.topics[:3])
    assert kept.summarise(served, PHRASINGS, (OPENING,)).examples[0] == OPENING.question
    assert kept.summarise(served, ("tell me about {topic}",)) is english


def related_questions(
    answer: Answer, served: Edition, phrasings: Sequence[str], of_things: Sequence[str] = ()
) -> tuple[str, ...]:
    message = ANSWERER.analyse(answer.question)
    return summaries().related_questions(message, answer, served, phrasings, of_things)


def test_what_else_may_be_asked_is_answered_by_another_passage() -> None:
    said = ("زار الرباط وفد من نقابة الصيادين في المنارة.", "أعلنت الرباط خفض رسوم الموانئ بعد أسبوع.")
    served = edition(
        *(article(f"rabat {at}", f"خبر الرباط {at}", text) for at, text in enumerate(said)), LIBRARY, TRAINING
    )
    answer = ANSWERER.answer("من زار الرباط؟", served)
    assert isinstance(answer, Answer)
    related = related_questions(answer, served, PHRASINGS, ("متى كان تأسيس {topic}؟",))
    assert related
    for question in related:
        other = ANSWERER.answer(question, served)
        assert isinstance(other, Answer)
        assert other.quotes[0].article != answer.quotes[0].article
    assert not related_questions(answer, served, ("كم سعر {topic}؟",))
    unnamed = ANSWERER.answer("متى افتتحت المكتبة العامة؟", served)
    assert isinstance(unnamed, Answer)
    assert not related_questions(unnamed, served, PHRASINGS)


def test_what_else_may_be_asked_is_looked_for_by_a_few_questions_whatever_the_time() -> None:
    served = edition(article("rabat", "خبر الرباط", "زار الرباط وفد من نقابة الصيادين في المنارة."), LIBRARY, TRAINING)
    answer = ANSWERER.answer("من زار الرباط؟", served)
    assert isinstance(answer, Answer)
    tried: list[str] = []

    class Counting(Answerer):
        def analyse(self, message: str) -> AnalysedMessage:
            tried.append(message)
            return super().analyse(message)

    counting = CoverageSummaries(Counting(ANSWERER.knowledge))
    phrasings = [f"كم سعر {{topic}} رقم {number}؟" for number in range(20)]
    message, asked = ANSWERER.analyse(answer.question), [phrasing.format(topic="الرباط") for phrasing in phrasings[:6]]
    assert counting.related_questions(message, answer, served, phrasings, ()) == ()
    assert tried == asked
    # Another message with the same name tries what was tried no more, and a follow-up has the name of what it follows.
    follow_up = ANSWERER.analyse("ومتى؟")
    assert counting.related_questions(follow_up, answer, served, phrasings, ()) == ()
    assert tried == [*asked, answer.question]
    # Another edition may answer it.
    counting.related_questions(message, answer, edition(LIBRARY), phrasings, ())
    assert tried == [*asked, answer.question, *asked]


def test_an_edition_is_summarised_once_and_another_one_anew() -> None:
    one, kept = edition(LIBRARY), summaries()
    assert kept.summarise(one, PHRASINGS) is kept.summarise(one, PHRASINGS)
    assert kept.summarise(edition(FISHING), PHRASINGS).examples != kept.summarise(one, PHRASINGS).examples
    assert OPENING.question in kept.summarise(one, PHRASINGS, (OPENING,)).examples


def test_titles_that_are_elsewhere_are_read_in_batches() -> None:
    near = edition(LIBRARY, FISHING, *titled(*(f"خبر {number}" for number in range(1200))))
    far, store = with_far_articles(near)
    assert summaries().summarise(far, PHRASINGS) == summaries().summarise(near, PHRASINGS)
    assert len(store.batches) <= 7


def test_it_says_how_many_articles_there_are_and_from_when() -> None:
    dated = [replace(article, published=date(2026, 3, day)) for day, article in enumerate(titled("أ", "ب"), 8)]
    summary = summaries().summarise(make_edition(dated, (), ANALYSER), PHRASINGS)
    assert (summary.article_count, summary.first_day, summary.last_day) == (2, date(2026, 3, 8), date(2026, 3, 9))


@given(st.lists(st.sampled_from(["ترامب يلتقي وزيراً", "ترامب يعلن رسوماً", "أمطار على الساحل", ""]), max_size=12))
def test_each_title_is_in_one_group_and_a_topic_has_two_at_least(titles: list[str]) -> None:
    groups = group_by_topic(titles, KNOWLEDGE)
    assert sorted(number for _, numbers in groups for number in numbers) == list(range(len(titles)))
    assert all(len(numbers) > 1 for topic, numbers in groups if topic)
    assert [topic for topic, _ in groups[:-1] if topic is None] == []
