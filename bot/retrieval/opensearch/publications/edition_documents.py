"""The documents of an edition that a base lacks, as lines of a bulk request: passages, articles, and chunks."""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from bot.articles import ArticleTable
from bot.retrieval.fields import Fields
from bot.retrieval.opensearch import index_fields as field
from bot.retrieval.opensearch.index_fields import DocumentKeys
from bot.retrieval.opensearch.packed_passages import pack_layout, pack_words
from bot.retrieval.opensearch.publications.document_numbers import DocumentNumbers
from bot.retrieval.opensearch.published_articles import link_digest, outlet_digest, pack_article, text_digest
from bot.retrieval.passage_layouts import Layouts
from bot.retrieval.ranking_parameters import RANKING
from bot.storage import Arrays, IntArray, release_memory, strip_prefix

# Documents that are made until the pages read for them are given back: some forty megabytes.
_READ = 1 << 15


class EditionDocuments:
    """The documents of an edition in order, each made when it is asked for: an action and its document, two lines.

    An edition that is mapped takes little memory meanwhile, however many passages it has.
    """

    def __init__(self, arrays: Arrays, numbers: DocumentNumbers) -> None:
        """Take the arrays of an edition that is embedded, and the numbers of what is to be sent."""
        self._arrays, self._numbers = arrays, numbers
        index = strip_prefix(arrays, "index")
        self._fields = Fields.from_arrays(strip_prefix(index, "fields"))
        self._layouts = Layouts(strip_prefix(index, "layouts"))
        self._paragraphs: IntArray = index["paragraphs"]
        self._stems: IntArray = numbers.stems[index["vocabulary.of_words.stems"]]
        self._articles = ArticleTable(strip_prefix(arrays, "articles"))
        passages, articles = self._fields.articles, len(self._articles)
        self._keys = DocumentKeys(numbers.keys, np.searchsorted(passages, np.arange(articles + 1)))
        self._sent = np.flatnonzero(numbers.is_sent[passages]), np.flatnonzero(numbers.is_sent)

    def __len__(self) -> int:
        """Return how many passages and articles are sent."""
        return sum(map(len, self._sent))

    def lines(self, chunks: Iterable[str]) -> Iterator[bytes]:
        """Yield all documents; `chunks` are the side file's, as `cut_file` cuts it."""
        documents = chain(
            map(self._passage, self._sent[0].tolist(), self._keys.of_passages(self._sent[0]).tolist()),
            map(self._article, self._sent[1].tolist()),
            (
                _lines(f"{field.CHUNK}{number}", f'"{field.CHUNK_NUMBER}":{number},"{field.DATA}":"{data}"')
                for number, data in enumerate(chunks)
            ),
        )
        for number, document in enumerate(documents):
            if number % _READ == 0:
                release_memory(self._arrays)
            yield document

    def _passage(self, number: int, key: int) -> bytes:
        fields, article = self._fields, int(self._fields.articles[number])
        title, heading, text = fields.titles[article], fields.headings[number], fields.texts[number]
        stems = self._stems[np.concatenate((*[title] * RANKING.title_count, heading, text))].tolist()
        layout = pack_layout(key, int(self._paragraphs[number]), self._layouts.of(number))
        columns, numbers = self._articles.columns, self._numbers.words
        words = pack_words(key, numbers[title], numbers[heading], numbers[text])
        name = self._articles.outlet_names.get(int(columns.outlets[article]))
        outlet = "" if name is None else f'"{field.OUTLET}":"{outlet_digest(name)}",'
        return _lines(
            f"{field.PASSAGE}{key}",
            f'"{field.STEMS}":"{" ".join(map(str, stems))}",{outlet}"{field.DAY}":{columns.days[article]},'
            f'"{field.KEY}":{key},"{field.ARTICLE_OF}":{self._numbers.keys[article]},'
            f'"{field.WORDS}":"{words}","{field.LAYOUT}":"{layout}"',
        )

    def _article(self, number: int) -> bytes:
        article = self._articles.at(number)
        link = f'"{field.LINK}":"{link_digest(article.url)}",' if article.url else ""
        text = text_digest(paragraph.text for paragraph in article.paragraphs)
        key = self._numbers.keys[number]
        return _lines(
            f"{field.ARTICLE}{key}",
            f'"{field.ARTICLE_KEY}":{key},{link}"{field.TEXT}":"{text}","{field.DATA}":"{pack_article(article)}"',
        )


def _lines(name: str, fields: str) -> bytes:
    """Return the lines of a document; its fields are numbers, digits and base64, which JSON has as they are."""
    return f'{{"create":{{"_id":"{name}"}}}}\n{{{fields}}}\n'.encode("ascii")
