"""Articles, answers and refusals to lay out, and the reply texts of all languages."""

from dataclasses import replace
from datetime import date

from bot.answering import Answer, OtherSource, Quote, Reason, Refusal
from bot.articles import Article, CitedSource, Paragraph
from bot.settings import CONFIG
from bot.texts import Texts

ARABIC = Texts.read(CONFIG / "texts", "ar")
ENGLISH = Texts.read(CONFIG / "texts", "en")
FRENCH = Texts.read(CONFIG / "texts", "fr")
ARABIC_FIRST, ENGLISH_FIRST = (Texts.read_all(CONFIG / "texts", language) for language in ("ar", "en"))


def article(  # noqa: PLR0913 (what an article may have)
    title: str = "افتتاح المكتبة العامة في المدينة القديمة",
    *,
    words: str = "افتتحت البلدية المكتبة العامة صباح الأحد. وحضر الافتتاح مئات السكان.",
    outlet: str | None = "صحيفة الضفة",
    url: str | None = "https://news.example/library",
    published: date | None = date(2026, 3, 9),
    sources: tuple[CitedSource, ...] = (),
) -> Article:
    return Article(title, title, (Paragraph(words),), outlet=outlet, url=url, published=published, sources=sources)


def answer(*articles: Article) -> Answer:
    quotes = (
        Quote(source.paragraphs[0].text, source, 0, 0, len(source.paragraphs[0].text), 0.9) for source in articles
    )
    first, *others = quotes
    return Answer("متى افتتحت المكتبة؟", (first, *others), "edition")


def also_in(result: Answer, *others: Article) -> Answer:
    also = tuple(OtherSource(other, 0, 0, 1) for other in others)
    first, *rest = (replace(quote, other_sources=also) for quote in result.quotes)
    return replace(result, quotes=(first, *rest))


def refusal(
    reason: Reason = Reason.OFF_TOPIC, missing: tuple[str, ...] = (), related: tuple[Article, ...] = ()
) -> Refusal:
    return Refusal("متى افتتح المتحف؟", reason, "edition", missing, related)
