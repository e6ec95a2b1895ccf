"""Which sentences are quoted: whole, enough to be understood, no more than can be read, none of them twice."""

from collections import Counter
from collections.abc import Sequence

import pytest

from bot.answering.evidence.answer_values import AnswerValues
from bot.arabic import Word, sentences
from bot.articles import Article
from tests.answering.coverage import answered, article, sources

OPENING = "دشن الأمير محطة الرياح في صحراء الواحة."
ASIDE = (
    "وحضر الحفل مهندسون وطلاب ومزارعون من القرى المجاورة جاؤوا في حافلات كثيرة قبل الظهر بساعات ثم عادوا بعد الغروب."
)
FIGURE = "وتنتج محطة الرياح ستين ميغاواط."


def words(text: str) -> int:
    return len(text.split())


def long_story(*, sentence: str = ASIDE, times: int = 12) -> Article:
    return article("wind", "محطة الرياح", f"{OPENING} {' '.join([sentence] * times)} {FIGURE}")


def test_a_short_paragraph_is_quoted_whole() -> None:
    text = f"{OPENING} {ASIDE} {FIGURE}"
    [quote] = list(answered("كم ميغاواط تنتج محطة الرياح؟", article("wind", "طاقة", text)).quotes)
    assert (quote.text, quote.start, quote.end) == (text, 0, len(text))


def test_the_sentence_that_answers_is_in_the_first_quote_of_a_long_paragraph() -> None:
    first = answered("كم ميغاواط تنتج محطة الرياح؟", long_story()).quotes[0]
    assert FIGURE in first.text
    assert words(first.text) <= 80


def test_a_quote_grows_to_the_neighbours_of_its_sentence_as_far_as_it_may() -> None:
    first = answered("كم ميغاواط تنتج محطة الرياح؟", long_story()).quotes[0]
    assert first.text == " ".join([ASIDE] * 3 + [FIGURE])
    assert words(f"{ASIDE} {first.text}") > 80


def test_of_a_flood_of_sentences_that_match_as_well_not_each_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read, places = Counter[str](), AnswerValues.value_places

    def value_places(self: AnswerValues, text: str, found: Sequence[Word]) -> list[int]:
        read[text] += 1
        return places(self, text, found)

    monkeypatch.setattr(AnswerValues, "value_places", value_places)
    flood = "\n".join(f"تنتج محطة الرياح {number}." for number in range(20, 150))
    first = answered("كم تنتج محطة الرياح؟", article("wind", "طاقة", flood)).quotes[0]
    assert any(sentence in read for sentence in first.text.split("\n"))
    assert len(read) < 100


def test_what_is_left_of_the_paragraph_serves_a_second_quote() -> None:
    sights = ["الخيول تركض قرب التلال", "الأطفال يلعبون بالكرة", "النساء ينسجن السجاد", "الجمال تشرب من البئر"]
    between = " ".join(f"ورأى الزوار {sight} {'ثم مضوا في طريقهم ' * 6}دون تأخير." for sight in sights)
    told = article("wind", "طاقة", f"{OPENING} {between} {FIGURE}")
    first, second = list(answered("من دشن محطة الرياح في صحراء الواحة وهي تنتج ستين ميغاواط؟", told).quotes)
    assert FIGURE in (first if first.start > second.start else second).text
    assert OPENING in (second if first.start > second.start else first).text
    assert words(second.text) <= 60


def test_a_sentence_longer_than_the_budget_is_still_quoted_whole() -> None:
    sentence = "وتنتج محطة الرياح ستين ميغاواط " + "في اليوم والليلة " * 25 + "دائما."
    text = f"{OPENING} {sentence} {OPENING}"
    answer = answered("كم ميغاواط تنتج محطة الرياح؟", article("wind", "طاقة", text))
    assert 80 < words(answer.quotes[0].text) <= 100
    assert answer.quotes[0].text == sentence


@pytest.mark.parametrize("times", [1, 5, 40, 300])
def test_all_quotes_together_stay_readable(times: int) -> None:
    stories = [
        article(f"wind {number}", "محطة الرياح", f"{number} {OPENING} {f'{number} {ASIDE} ' * times}{FIGURE}")
        for number in range(5)
    ]
    answer = answered("كم ميغاواط تنتج محطة الرياح في صحراء الواحة؟", *stories)
    assert sum(words(quote.text) for quote in answer.quotes) <= 150


def test_a_sentence_that_repeats_the_title_is_no_answer_for_it() -> None:
    title, answer = "مصنع الزجاج الجديد في مدينة المنارة", "وتصدر إلى القرى البعيدة."
    told = article("glass", title, f"افتتح {title} بعد ثلاثة أعوام. {' '.join([ASIDE] * 4)} {answer}")
    assert answer in answered("إلى أين تصدر قوارير مصنع الزجاج الجديد بمدينة المنارة؟", told).quotes[0].text


def test_quotes_are_whole_sentences() -> None:
    for quote in answered("من دشن محطة الرياح وكم ميغاواط تنتج؟", long_story(times=6)).quotes:
        spans = sentences(quote.article.paragraphs[quote.paragraph].text)
        assert quote.start in {span.start for span in spans}
        assert quote.end in {span.end for span in spans}


def test_a_text_without_full_stops_is_quoted_in_part() -> None:
    endless = " ".join(["وقال الصيادون إن البحر هائج"] * 150) + " وتنتج محطة الرياح ستين ميغاواط"
    [*quotes] = answered("كم ميغاواط تنتج محطة الرياح؟", article("wind", "محطة الرياح", endless)).quotes
    assert "ستين ميغاواط" in quotes[0].text
    assert sum(words(quote.text) for quote in quotes) <= 150


def test_another_article_that_answers_as_well_is_quoted_too() -> None:
    one = article("one", "طاقة", "دشن الأمير محطة الرياح في صحراء الواحة، وتنتج ستين ميغاواط.")
    other = article("other", "كهرباء", "بنت شركة محلية محطة الرياح في صحراء الواحة لتنتج ستين ميغاواط للقرى.")
    answer = answered("كم ميغاواط تنتج محطة الرياح في صحراء الواحة؟", one, other)
    assert {name for name, _ in sources(answer)} == {"one", "other"}


def test_a_passage_far_behind_the_best_is_not_quoted() -> None:
    one = article("one", "محطة الرياح", "دشن الأمير محطة الرياح في صحراء الواحة، وتنتج ستين ميغاواط.")
    other = article("other", "سوق", "هبت الرياح على سوق الخضار.")
    assert sources(answered("كم ميغاواط تنتج محطة الرياح في صحراء الواحة؟", one, other)) == [("one", 0)]


def test_the_first_quote_comes_first_however_the_articles_are_ordered() -> None:
    one = article("one", "محطة الرياح", f"{OPENING} {FIGURE}")
    other = article("other", "سوق الخضار", "هبت الرياح على سوق الخضار.")
    question = "كم ميغاواط تنتج محطة الرياح؟"
    assert sources(answered(question, one, other))[0] == sources(answered(question, other, one))[0] == ("one", 0)


@pytest.mark.parametrize("times", [1, 12])
def test_a_sentence_that_asks_stands_in_a_quote_only_beside_one_that_answers(times: int) -> None:
    asking = "وكم ميغاواط تنتج محطة الرياح في صحراء الواحة؟"
    told = article("wind", "محطة الرياح", f"{asking} {' '.join([ASIDE] * times)} {FIGURE} {ASIDE}")
    quotes = answered("كم ميغاواط تنتج محطة الرياح؟", told).quotes
    assert FIGURE in quotes[0].text
    assert asking not in [quote.text for quote in quotes]


def test_what_is_left_of_room_serves_the_other_paragraphs_of_the_article() -> None:
    told = article("wind", "محطة الرياح", OPENING, "وحضر الحفل ضيوف من القرى.", "وتعمل المحطة بستين مروحة.", ASIDE)
    answer = answered("كيف تعمل محطة الرياح التي دشنها الأمير في صحراء الواحة؟", told)
    assert set(sources(answer)) == {("wind", 0), ("wind", 2)}


def test_a_sentence_without_a_number_is_not_added_where_one_is_asked_for() -> None:
    told = article("wind", "محطة الرياح", OPENING, FIGURE, "وتنتج محطة الرياح التيار بلا دخان.")
    assert ("wind", 2) not in sources(answered("كم ميغاواط تنتج محطة الرياح في صحراء الواحة؟", told))


def test_of_another_article_no_more_is_quoted_for_its_place_alone() -> None:
    told = article("wind", "محطة الرياح", OPENING)
    other = article("market", "سوق الخميس", "يفتح السوق كل خميس ويبيع ستين صنفا من التمر.")
    assert sources(answered("من دشن محطة الرياح في صحراء الواحة؟", told, other)) == [("wind", 0)]


@pytest.mark.parametrize("times", [1, 8])
def test_filled_up_quotes_stay_readable(times: int) -> None:
    paragraphs = [f"{OPENING} {f'{number} {ASIDE} ' * times}{FIGURE}" for number in range(6)]
    answer = answered("كم ميغاواط تنتج محطة الرياح في صحراء الواحة؟", article("wind", "محطة الرياح", *paragraphs))
    assert len(answer.quotes) <= 3
    assert sum(words(quote.text) for quote in answer.quotes) <= 150
