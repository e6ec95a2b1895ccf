"""Tests of an edition's documents as lines of a bulk request."""

import json
from typing import Any

from bot.retrieval.opensearch.index_fields import index_body
from bot.retrieval.opensearch.packed_passages import unpack_layout, unpack_words
from bot.retrieval.opensearch.publications.edition_documents import EditionDocuments
from bot.retrieval.opensearch.published_articles import link_digest, text_digest, unpack_article
from bot.retrieval.passage import NO_GROUP
from tests.retrieval.coverage import embedded
from tests.retrieval.opensearch.publications.editions import REPORT, edition

EDITION = edition()
INDEX = embedded(EDITION)


def documents() -> dict[str, dict[str, Any]]:
    lines = b"".join(EditionDocuments(EDITION.arrays).lines(["Y2h1bms=", "dHdv"])).splitlines()
    actions = [json.loads(line) for line in lines[::2]]
    return {action["create"]["_id"]: json.loads(line) for action, line in zip(actions, lines[1::2], strict=True)}


def test_passages_come_first_then_articles_then_chunks() -> None:
    assert list(documents()) == ["p0", "p1", "p2", "p3", "a0", "a1", "a2", "a3", "s0", "s1"]
    counted = EditionDocuments(EDITION.arrays)
    assert (counted.passages, counted.articles) == (4, 4)


def test_documents_have_no_field_that_the_mapping_lacks() -> None:
    known = set(index_body({})["mappings"]["properties"])
    assert {field for document in documents().values() for field in document} == known


def test_a_passage_has_its_stems_title_twice() -> None:
    stems = INDEX.vocabulary.stems
    for number in range(len(INDEX)):
        title, heading, text = (
            stems[row[at]].tolist()
            for row, at in (
                (INDEX.fields.titles, INDEX.article_numbers[number]),
                (INDEX.fields.headings, number),
                (INDEX.fields.texts, number),
            )
        )
        assert list(map(int, documents()[f"p{number}"]["t"].split())) == [*title, *title, *heading, *text]


def test_a_passage_has_its_words_and_its_layout() -> None:
    for number in range(len(INDEX)):
        document, passage = documents()[f"p{number}"], INDEX.read([number])[0]
        words, place = unpack_words([document["w"]]), unpack_layout(document["l"])
        assert (words.numbers.tolist(), words.groups.tolist()) == ([number], [passage.group])
        assert words.fields.titles[0].tolist() == passage.title_words.tolist()
        assert words.fields.headings[0].tolist() == passage.heading_words.tolist()
        assert words.fields.texts[0].tolist() == passage.words.tolist()
        assert (place.number, place.paragraph) == (number, passage.passage.paragraph)
        assert place.layout.sentences == passage.layout.sentences
        assert list(place.layout.starts) == list(passage.layout.starts)


def test_a_passage_has_the_columns_of_its_article() -> None:
    columns = EDITION.articles.columns
    for number, article in enumerate(INDEX.article_numbers.tolist()):
        document = documents()[f"p{number}"]
        assert (document["n"], document["a"]) == (number, article)
        assert (document["day"], document["outlet"]) == (columns.days[article], columns.outlets[article])


def test_near_duplicates_have_their_group_and_place_in_order_of_publication() -> None:
    first, second = (documents()[name] for name in ("p0", "p3"))
    assert [INDEX.passage(number).text for number in (0, 3)] == [REPORT, REPORT]
    assert first["g"] == second["g"] == INDEX.read([0])[0].group != NO_GROUP
    assert (first["r"], second["r"]) == (0, 1)
    assert not {"g", "r"} & set(documents()["p1"])


def test_an_article_is_found_by_number_link_and_text_and_has_all_of_itself() -> None:
    found = documents()
    for number, article in enumerate(EDITION.articles.values()):
        document = found[f"a{number}"]
        unpacked = unpack_article(document["j"])
        assert (document["article"], unpacked, unpacked.dropped) == (number, article, article.dropped)
        assert document["text"] == text_digest(paragraph.text for paragraph in article.paragraphs)
        assert document.get("link") == (link_digest(article.url) if article.url else None)


def test_chunks_are_as_they_were_given() -> None:
    assert [documents()[name] for name in ("s0", "s1")] == [{"chunk": 0, "j": "Y2h1bms="}, {"chunk": 1, "j": "dHdv"}]
