"""Tests of an edition's documents as lines of a bulk request; what they hold, the contract of engines reads."""

import json
from typing import Any

from bot.retrieval.opensearch.index_fields import GAP, index_body
from bot.retrieval.opensearch.publications.document_numbers import number_documents
from bot.retrieval.opensearch.publications.edition_documents import EditionDocuments
from tests.retrieval.opensearch.publications.editions import edition

EDITION = edition()
DOCUMENT_NUMBERS = number_documents(EDITION.arrays)


def documents() -> dict[str, dict[str, Any]]:
    lines = b"".join(EditionDocuments(EDITION.arrays, DOCUMENT_NUMBERS).lines(["Y2h1bms=", "dHdv"])).splitlines()
    actions = [json.loads(line) for line in lines[::2]]
    return {action["create"]["_id"]: json.loads(line) for action, line in zip(actions, lines[1::2], strict=True)}


def test_passages_come_first_then_articles_then_chunks() -> None:
    places = [(1, 0), (1, 1), (3, 0), (4, 0)]
    passages = [f"p{article * GAP + place}" for article, place in places]
    assert list(documents()) == [*passages, *(f"a{article * GAP}" for article in (1, 2, 3, 4)), "s0", "s1"]
    assert len(EditionDocuments(EDITION.arrays, DOCUMENT_NUMBERS)) == 8


def test_documents_have_no_field_that_the_mapping_lacks() -> None:
    known = set(index_body({})["mappings"]["properties"])
    assert {field for document in documents().values() for field in document} == known


def test_chunks_are_as_they_were_given() -> None:
    assert [documents()[name] for name in ("s0", "s1")] == [{"chunk": 0, "j": "Y2h1bms="}, {"chunk": 1, "j": "dHdv"}]
