"""Articles to index, and questions to put to the index."""

from bot.arabic import Analyser
from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.retrieval import PassageIndex

ANALYSER = Analyser({"في", "من"})


def article(name: str, *paragraphs: str, title: str = "خبر", section: str | None = None) -> Article:
    return Article(name, title, tuple(Paragraph(text, section) for text in paragraphs))


def index(*articles: Article) -> PassageIndex:
    return make_edition(articles, (), ANALYSER).index


def found(passages: PassageIndex, question: str, limit: int = 10) -> list[tuple[str, int]]:
    """Return article and paragraph of each hit that scores above zero."""
    hits = passages.search(ANALYSER.terms(question), limit)
    return [(hit.passage.article.id, hit.passage.paragraph) for hit in hits if hit.score > 0]
