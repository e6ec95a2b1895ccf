"""The documents of an edition as lines of a bulk request: passages, articles, and the chunks of its side file."""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from bot.articles import ArticleTable
from bot.retrieval.fields import Fields
from bot.retrieval.opensearch import index_fields as field
from bot.retrieval.opensearch.packed_passages import pack_layout, pack_words
from bot.retrieval.opensearch.published_articles import link_digest, pack_article, text_digest
from bot.retrieval.passage import NO_GROUP
from bot.retrieval.passage_layouts import Layouts
from bot.retrieval.ranking_parameters import RANKING
from bot.storage import Arrays, IntArray, Ragged, release_memory, strip_prefix

# Documents that are made until the pages read for them are given back: some forty megabytes.
_READ = 1 << 15


class EditionDocuments:
    """The documents of an edition in order, each made when it is asked for: an action and its document, two lines.

    An edition that is mapped takes little memory meanwhile, however many passages it has.
    """

    def __init__(self, arrays: Arrays) -> None:
        """Take the arrays of an edition that is embedded."""
        self._arrays = arrays
        index = strip_prefix(arrays, "index")
        self._fields = Fields.from_arrays(strip_prefix(index, "fields"))
        self._layouts = Layouts(strip_prefix(index, "layouts"))
        self._paragraphs: IntArray = index["paragraphs"]
        self._stems: IntArray = index["vocabulary.of_words.stems"]
        self._articles = ArticleTable(strip_prefix(arrays, "articles"))
        self._groups: IntArray = arrays["near_duplicates.groups"]
        members = Ragged.from_arrays(strip_prefix(arrays, "near_duplicates.members"))
        # The place of each passage in its group, 0 without a group.
        self._places = np.zeros(len(self._groups), dtype=np.int32)
        self._places[members.values] = np.arange(len(members.values)) - np.repeat(members.starts[:-1], members.lengths)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self._fields)

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self._articles)

    def lines(self, chunks: Iterable[str]) -> Iterator[bytes]:
        """Yield all documents; `chunks` are the side file's, as `cut_file` cuts it."""
        documents = chain(
            map(self._passage, range(self.passages)),
            map(self._article, range(self.articles)),
            (
                _lines(f"{field.CHUNK}{number}", f'"{field.CHUNK_NUMBER}":{number},"{field.DATA}":"{data}"')
                for number, data in enumerate(chunks)
            ),
        )
        for number, document in enumerate(documents):
            if number % _READ == 0:
                release_memory(self._arrays)
            yield document

    def _passage(self, number: int) -> bytes:
        fields, article, group = self._fields, int(self._fields.articles[number]), int(self._groups[number])
        title, heading, text = fields.titles[article], fields.headings[number], fields.texts[number]
        stems = self._stems[np.concatenate((*[title] * RANKING.title_count, heading, text))].tolist()
        layout = pack_layout(number, int(self._paragraphs[number]), self._layouts.of(number))
        columns = self._articles.columns
        place = f'"{field.GROUP}":{group},"{field.PLACE_IN_GROUP}":{self._places[number]},'
        return _lines(
            f"{field.PASSAGE}{number}",
            f'"{field.STEMS}":"{" ".join(map(str, stems))}",{"" if group == NO_GROUP else place}'
            f'"{field.NUMBER}":{number},"{field.ARTICLE_OF}":{article},'
            f'"{field.DAY}":{columns.days[article]},"{field.OUTLET}":{columns.outlets[article]},'
            f'"{field.WORDS}":"{pack_words(number, group, title, heading, text)}","{field.LAYOUT}":"{layout}"',
        )

    def _article(self, number: int) -> bytes:
        article = self._articles.at(number)
        link = f'"{field.LINK}":"{link_digest(article.url)}",' if article.url else ""
        text = text_digest(paragraph.text for paragraph in article.paragraphs)
        return _lines(
            f"{field.ARTICLE}{number}",
            f'"{field.ARTICLE_NUMBER}":{number},{link}"{field.TEXT}":"{text}","{field.DATA}":"{pack_article(article)}"',
        )


def _lines(name: str, fields: str) -> bytes:
    """Return the lines of a document; its fields are numbers, digits and base64, which JSON has as they are."""
    return f'{{"create":{{"_id":"{name}"}}}}\n{{{fields}}}\n'.encode("ascii")
