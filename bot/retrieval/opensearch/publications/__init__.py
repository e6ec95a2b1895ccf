"""Editions published on a cluster: their indices, the alias that names the one that serves, and their side files."""

from bot.retrieval.opensearch.publications.edition_documents import EditionDocuments
from bot.retrieval.opensearch.publications.publications import Publications
from bot.retrieval.opensearch.publications.published_index import Publication
from bot.retrieval.opensearch.publications.side_file import side_arrays, side_facts

__all__ = ["EditionDocuments", "Publication", "Publications", "side_arrays", "side_facts"]
