"""A made-up town's newspaper to ask about, and editions built from articles."""

from collections.abc import Sequence

from bot.answering import Answer, Answerer, Background, EvidenceModel, Knowledge, Lexicon, Refusal
from bot.arabic import Analyser
from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.retrieval import Passage
from bot.settings import CONFIG

LEXICON = Lexicon.read(CONFIG)
ANALYSER = Analyser(LEXICON.stop_words)
BACKGROUND = Background.read(CONFIG / "background.tsv")
MODEL = EvidenceModel.read(CONFIG / "evidence.toml")
KNOWLEDGE = Knowledge(ANALYSER, LEXICON, BACKGROUND, MODEL)
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
