"""A small edition to publish: outlets, a report that two of them have, headings, a link, an article without text."""

from datetime import date

from bot.articles import Article, CitedSource, Paragraph, Rejection, RejectionReason
from bot.edition import Edition, make_edition
from tests.retrieval.coverage import ANALYSER

REPORT = "افتتحت البلدية المكتبة العامة صباح الأحد بحضور مئات السكان. وبلغت كلفة المكتبة 12 مليون دينار."
BRIDGE = "أغلقت وزارة النقل الجسر القديم فوق النهر بسبب تشققات في أعمدته. متى يُفتح؟ بعد ثلاثة أشهر."
CONFIGURATION = "0123456789abcdef0123456789abcdef"


def articles(word: str = "أول") -> list[Article]:
    """Return the articles of an edition that differs from others by a word."""
    library = Article(
        "مكتبة",
        "افتتاح المكتبة",
        (Paragraph(REPORT), Paragraph(f"قال مسؤول {word} إن المكتبة مفتوحة للجميع.", "تصريحات")),
        outlet="جريدة النهر",
        url="https://www.news.example/library/",
        author="هيئة التحرير",
        published=date(2026, 3, 2),
        language="ar",
        sources=(CitedSource("البلدية"),),
        dropped=2,
    )
    return [
        library,
        Article("صورة", "صورة بلا نص", (), outlet="جريدة الجبل"),
        Article("جسر", "الجسر القديم", (Paragraph(BRIDGE, "نقل"),), published=date(2026, 3, 1)),
        Article("نقلا", "مكتبة جديدة", (Paragraph(REPORT),), outlet="جريدة الجبل", published=date(2026, 3, 3)),
    ]


def edition(word: str = "أول") -> Edition:
    """Return an edition of these."""
    rejections = [Rejection("فارغ.md", RejectionReason.EMPTY)]
    return make_edition(articles(word), rejections, ANALYSER)
