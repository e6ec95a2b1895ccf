"""What a question's words, and the words that stand for them, count in a search."""

from bot.arabic import Term, grams
from bot.retrieval import MOST_SPELLINGS, PassageIndex, Variant
from bot.retrieval.query import Query, make_query
from tests.retrieval.coverage import ANALYSER, article, index

CORPUS = index(article("a", "افتتحت المكتبة"), article("b", "محدد محمد"), article("c", "أغلق الجسر"))


def query(text: str, corpus: PassageIndex = CORPUS) -> Query:
    return make_query(ANALYSER.terms(text), corpus.near)


def test_each_stem_counts_once_and_each_gram_as_often_as_it_stands() -> None:
    made = query("المكتبة مكتبة الجسر")
    assert made.stems == {"مكتب": 1.0, "جسر": 1.0}
    assert made.grams["مكتب"] == 2.0
    assert made.grams["الجس"] == 1.0
    assert made.variants == ((), (), ())


def test_variants_count_as_much_as_they_are_near() -> None:
    made = query("محد الجسر")
    first, second = made.variants[0]
    assert made.stems == {"محد": 1.0, "جسر": 1.0, first.stem: first.similarity, second.stem: second.similarity}
    assert first.similarity > second.similarity


def test_the_grams_of_the_nearest_variant_count_beside_those_of_the_word() -> None:
    made = query("املكتبة")
    [variant] = made.variants[0]
    [term] = ANALYSER.terms("املكتبة")
    own = dict.fromkeys(term.grams, 1.0)
    assert made.grams == {**dict.fromkeys(grams(variant.word), variant.similarity), **own}
    assert "محمد" not in query("محد").grams


def test_a_word_that_stands_for_another_counts_no_less_where_it_is_named_itself() -> None:
    assert query("محمد محد").stems["محمد"] == 1.0


def test_no_terms_make_an_empty_query() -> None:
    nothing: list[Term] = []
    assert make_query(nothing, CORPUS.near) == Query(nothing, {}, {}, ())


def test_of_a_flood_of_unknown_words_only_the_first_are_looked_for_in_other_spellings() -> None:
    looked_for = list[str]()

    def near(term: Term) -> tuple[Variant, ...]:
        looked_for.append(term.normal)
        return ()

    terms = ANALYSER.terms(" ".join(f"كلمة{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤئ"))
    assert len(make_query(terms, near).variants) == len(terms) > MOST_SPELLINGS
    assert looked_for == [term.normal for term in terms[:MOST_SPELLINGS]]
