"""A made-up town's newspaper to ask about, and editions built from articles."""

import functools
from collections.abc import Sequence
from pathlib import Path

from bot.answering import Answer, Answerer, Knowledge, Refusal, Risk
from bot.articles import Article, BoilerplatePhrases, Paragraph
from bot.edition import Edition, make_edition
from bot.retrieval import Passage
from bot.settings import CONFIG, read_config

_read_project_config = functools.cache(read_config)


def read_config_once(folder: Path, risk: Risk, cache: Path | None = None) -> tuple[BoilerplatePhrases, Knowledge]:
    """Read the project's own lists once for all tests, and those of other folders each time."""
    return _read_project_config(folder, risk) if folder == CONFIG else read_config(folder, risk, cache)


PHRASES, KNOWLEDGE = read_config_once(CONFIG, Risk.NORMAL)
ANALYSER, LEXICON = KNOWLEDGE.analyser, KNOWLEDGE.lexicon
BACKGROUND, MODEL = KNOWLEDGE.background, KNOWLEDGE.model
ANSWERER = Answerer(KNOWLEDGE)
QUESTIONS = KNOWLEDGE.questions


def article(name: str, title: str, *paragraphs: str, section: str | None = None) -> Article:
    return Article(name, title, tuple(Paragraph(text, section) for text in paragraphs))


def edition(*articles: Article) -> Edition:
    return make_edition(articles, (), ANALYSER)


LIBRARY = article(
    "library",
    "افتتاح المكتبة العامة في مدينة المنارة",
    "افتتحت بلدية المنارة المكتبة العامة صباح الأحد 8 مارس 2026 بحضور مئات السكان. وبلغت كلفة البناء 12 مليون دينار.",
    "تضم المكتبة العامة ثمانين ألف كتاب، وأهدتها أسرة الشاعر سليم الحداد خمسة آلاف مخطوطة نادرة.",
    "قالت مديرة المكتبة هدى البستاني إن الدخول مجاني لأن القراءة حق للجميع.",
)
BRIDGE = article(
    "bridge",
    "إغلاق الجسر القديم لأعمال الصيانة",
    "أغلقت وزارة النقل الجسر القديم فوق نهر الزرقاء بسبب تشققات ظهرت في أعمدته. ويستمر الإغلاق ثلاثة أشهر.",
    "تسلك السيارات الطريق الساحلي بدل الجسر، وتعبر الحافلات من نفق الميناء.",
)
TRAINING = article(
    "training",
    "المغرب ومايكروسوفت يتفقان على تدريب المعلمين",
    "وقعت حكومة المغرب في يونيو 2025 اتفاقا مع شركة مايكروسوفت لتدريب المعلمين. وقيمة الاتفاق 9 ملايين دولار.",
    "يبدأ تدريب المعلمين في الرباط ثم ينتقل إلى القرى الجبلية.",
)
FISHING = article(
    "fishing",
    "موسم صيد السردين يبدأ متأخرا",
    "خرجت مراكب الصيد من الميناء قبل الفجر بعد أسبوعين من العواصف. واصطاد البحارة أربعة أطنان من السردين.",
    "يباع السردين في السوق الكبير، ويعود البحارة إلى بيوتهم ظهرا.",
)
ORCHARD = article(
    "orchard",
    "مزارعو الوادي يحصدون الزيتون",
    "يحصد مزارعو الوادي الزيتون يدويا، ويعصرون الزيت في معصرة حجرية بناها أجدادهم.",
)
TOWN = edition(LIBRARY, BRIDGE, TRAINING, FISHING, ORCHARD)


def ask(question: str, *articles: Article) -> Answer | Refusal:
    """Ask the town's newspaper, or these articles alone."""
    return ANSWERER.answer(question, edition(*articles) if articles else TOWN)


def answered(question: str, *articles: Article) -> Answer:
    outcome = ask(question, *articles)
    assert isinstance(outcome, Answer), outcome
    return outcome


def refused(question: str, *articles: Article) -> Refusal:
    outcome = ask(question, *articles)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def passages(coverage: Edition) -> list[Passage]:
    """Return all passages of an edition."""
    return [indexed.passage for indexed in coverage.index.read(range(len(coverage.index)))]


def sources(answer: Answer) -> Sequence[tuple[str, int]]:
    """Return article and paragraph of each quote."""
    return [(quote.article.id, quote.paragraph) for quote in answer.quotes]
