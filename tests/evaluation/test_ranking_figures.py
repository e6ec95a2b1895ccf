"""The ranking's figures count the rank of the passage with the answer."""

import pytest

from bot.arabic import Analyser
from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.evaluation import Case, RankingFigures, mean_ranking, score_ranking
from bot.evaluation.sets import Place
from tests.answering.coverage import ANALYSER, KNOWLEDGE


def test_ranks_are_counted_to_their_depths() -> None:
    figures = RankingFigures.of_ranks([1, 2, 5, 10, 11, 20, None, None])
    assert figures.mrr_at_10 == pytest.approx((1 + 1 / 2 + 1 / 5 + 1 / 10) / 8)
    assert (figures.recall_at_1, figures.recall_at_5, figures.recall_at_20) == (1 / 8, 3 / 8, 6 / 8)


def test_the_mean_is_plain() -> None:
    one, other = RankingFigures(1.0, 1.0, 1.0, 1.0), RankingFigures(0.5, 0.0, 0.5, 1.0)
    assert mean_ranking([one, other]) == RankingFigures(0.75, 0.5, 0.75, 1.0)


def test_passages_are_found_behind_those_that_are_ranked_anew() -> None:
    # The more often a passage names the bridge, the earlier it comes; the last comes in the place after the twentieth.
    texts = [f"{'الجسر ' * (21 - number)}{'طويل ' * number}." for number in range(21)]
    bridges = Article("bridges", "أخبار", tuple(map(Paragraph, texts)))
    others = Article("others", "أخبار", tuple(Paragraph(f"قطف الزيتون {number}.") for number in range(40)))
    edition = make_edition([bridges, others], [], ANALYSER)
    found = [
        score_ranking(
            [Case("أين الجسر؟", "gold", ("الجسر",), Place("bridges", number))], edition, KNOWLEDGE
        ).recall_at_20
        for number in range(21)
    ]
    assert found == [1.0] * 20 + [0.0]


def test_questions_of_other_kinds_and_without_words_find_nothing() -> None:
    edition = make_edition([Article("a", "أخبار", (Paragraph("الجسر طويل."),))], [], ANALYSER)
    case = Case("أين الجسر؟", "gold", ("طويل",), Place("a", 0))
    others = [Case("ما؟", "gold", ("طويل",), Place("a", 0)), Case("أين القلعة؟", "foreign", ())]
    assert score_ranking([case, *others], edition, KNOWLEDGE) == RankingFigures(0.5, 0.5, 0.5, 0.5)


def test_a_passage_is_found_by_article_and_paragraph() -> None:
    one, other = (Article(name, "الجسر", (Paragraph("الجسر طويل."),)) for name in ("one", "other"))
    edition = make_edition([one, other], [], Analyser())
    figures = score_ranking([Case("الجسر؟", "gold", ("طويل",), Place("other", 0))], edition, KNOWLEDGE)
    assert (figures.recall_at_1, figures.mrr_at_10) == (0, 0.5)
