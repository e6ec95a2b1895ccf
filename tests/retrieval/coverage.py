"""Articles to index, and questions to put to the index."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.arabic import Analyser, Term
from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.retrieval import Passage, PassageIndex, SearchEngine, SignatureBuilder, StemEquivalents
from bot.retrieval.duplicates.shingles import hash_chunks
from bot.retrieval.passage import passages
from bot.retrieval.vocabulary import ChunkReader

ANALYSER = Analyser({"في", "من"})


def article(name: str, *paragraphs: str, title: str = "خبر", section: str | None = None) -> Article:
    return Article(name, title, tuple(Paragraph(text, section) for text in paragraphs))


@dataclass(frozen=True)
class Hit:
    number: int
    passage: Passage
    score: float


def index(*articles: Article) -> PassageIndex:
    return embedded(make_edition(articles, (), ANALYSER))


def sign(builder: SignatureBuilder, article: Article) -> None:
    """Add the signatures of an article's passages."""
    texts = [passage.text for passage in passages(article)]
    [(hashes, owners, _)] = ChunkReader(hash_chunks).read(texts)
    builder.extend([len(texts)], hashes, owners)


def embedded(edition: Edition) -> PassageIndex:
    """Return the index of an edition, which is the embedded engine."""
    assert isinstance(edition.index, PassageIndex)
    return edition.index


def search(
    engine: SearchEngine, terms: Sequence[Term], limit: int, equivalents: Sequence[StemEquivalents] = ()
) -> list[Hit]:
    """Return the best passages for terms, best first."""
    shortlist = engine.shortlist(terms, equivalents)
    best = shortlist.top_k(limit)
    scores = shortlist.scores[best].tolist()
    return [Hit(each.number, each.passage, score) for each, score in zip(shortlist.read(best), scores, strict=True)]


def found(engine: SearchEngine, question: str, limit: int = 10) -> list[tuple[str, int]]:
    """Return article and paragraph of each hit that scores above zero."""
    hits = search(engine, ANALYSER.terms(question), limit)
    return [(hit.passage.article.id, hit.passage.paragraph) for hit in hits if hit.score > 0]
