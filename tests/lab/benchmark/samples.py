"""Articles and figures to measure with."""

from datetime import date

from bot.articles import Article, Paragraph
from bot.lab.benchmark.measurements import EngineMeasurement

SENTENCES = (
    "افتتحت البلدية المكتبة العامة صباح الأحد بحضور مئات السكان.",
    "بلغت كلفة المكتبة اثني عشر مليون دينار.",
    "أغلقت البلدية الجسر القديم لأعمال الصيانة ثلاثة أشهر.",
    "تسلك السيارات الطريق الساحلي بدل الجسر حتى نهاية العام.",
    "بدأ قطف الزيتون في القرى الجبلية قبل موعده بأسبوعين.",
    "انتهت مباراة الفريقين بالتعادل أمام عشرين ألف متفرج.",
    "تضم المكتبة ثمانين ألف كتاب أهدتها جامعة المدينة.",
)


def article(number: int, *texts: str) -> Article:
    """Make an article of paragraphs with these texts."""
    return Article(f"a{number}", f"عنوان {number}", tuple(map(Paragraph, texts)), published=date(2026, 3, number + 1))


ARTICLES = (
    article(0, " ".join(SENTENCES[:2]), SENTENCES[2]),
    article(1, " ".join(SENTENCES[3:5])),
    article(2, SENTENCES[5], SENTENCES[6]),
)


def searching(microseconds: float = 10.0, *tops: tuple[list[int], list[float]]) -> EngineMeasurement:
    """Make figures of an engine that builds in two seconds."""
    return EngineMeasurement(10, 2.0, microseconds, microseconds * 2, 20.0, 30.0, 40.0, 50.0, list(tops))
