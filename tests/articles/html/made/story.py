"""Made-up articles with what stands around them: readers' comments, other news, promotions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Piece:
    """A block of an article: `p`, `h2`, `li` or `quote`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Story:
    """An article, and what readers wrote under it; `others` are headlines of other news."""

    title: str
    author: str
    day: str
    pieces: tuple[Piece, ...]
    comments: tuple[tuple[str, str], ...]
    others: tuple[str, ...]

    def texts(self, *kinds: str) -> list[str]:
        """List the texts of some kinds, in order."""
        return [piece.text for piece in self.pieces if piece.kind in kinds]

    def html(self, kinds: str = "p h2 li quote") -> str:
        """Write pieces as plain HTML, an element a line: paragraphs, headings, one list, quotations."""
        lines = list[str]()
        for piece in self.pieces:
            if piece.kind not in kinds.split():
                continue
            text = escape(piece.text, quote=False)
            if piece.kind == "li" and lines[-1].startswith("<ul>"):
                lines[-1] = lines[-1].replace("</ul>", f"<li>{text}</li></ul>")
            elif piece.kind == "li":
                lines.append(f"<ul><li>{text}</li></ul>")
            elif piece.kind == "quote":
                lines.append(f"<blockquote><p>{text}</p></blockquote>")
            else:
                lines.append(f"<{piece.kind}>{text}</{piece.kind}>")
        return "\n".join(lines)


@dataclass(frozen=True)
class MadePage:
    """A page of a template: the texts that must be paragraphs, or none where it has no article."""

    template: str
    name: str
    html: str
    gold: tuple[str, ...]
    headings: tuple[str, ...]
    comments: tuple[str, ...]


Template = Callable[[Story], str]

# thing, body, person, place, cost in millions, count
_TOPICS = (
    ("جسر الوادي القديم", "بلدية المنارة", "هدى السالم", "حي الصفصاف", "12.4", "ثمانية عشر"),
    ("مكتبة الميناء", "دائرة الثقافة", "سامر الخطيب", "شارع البريد", "3.1", "خمسة"),
    ("محطة القطار الشمالية", "هيئة السكك", "نوال برهومة", "ضاحية الأثل", "47.8", "واحد وعشرين"),
    ("سوق السمك", "غرفة الصيادين", "بسام عرفة", "رصيف المرجان", "8.6", "تسعة"),
    ("مستشفى السنونو", "وزارة الصحة", "رنا العويدي", "تلة الخروب", "65.2", "أربعين"),
    ("مدرسة القرنفل", "مديرية التعليم", "فراس حمدون", "قرية الغدير", "2.7", "ثلاثة"),
    ("محمية الطيور", "جمعية البيئة", "ليلى النجار", "وادي النخيل", "5.9", "أحد عشر"),
    ("ملعب الواحة", "اتحاد الكرة", "مازن الدهماني", "طريق المطار", "21.3", "سبعة"),
    ("سد الهضبة", "شركة المياه", "عبير الشامي", "مرج التوت", "33.5", "ستة عشر"),
)


def stories() -> list[Story]:
    """Return all stories, always the same."""
    return [_story(number) for number in range(len(_TOPICS))]


def _story(number: int) -> Story:
    thing, body, person, place, cost, count = _TOPICS[number]
    pieces = (
        Piece(
            "p",
            f"أعلنت {body} صباح الأحد أن أعمال الترميم في {thing} ستبدأ مطلع الشهر المقبل، بعد تأخر دام {count} شهراً.",
        ),
        Piece("p", f"وقالت {person}، المتحدثة باسم {body}، إن الكلفة تبلغ {cost} مليون دينار، تدفع الحكومة نصفها."),
        Piece("h2", f"ماذا يتغير في {place}"),
        Piece("p", f"يُغلق الطريق المؤدي إلى {thing} من الساعة الثامنة مساءً حتى الفجر، وتُحوّل الحافلات عبر {place}."),
        Piece("p", "ويشمل المشروع ما يأتي:"),
        Piece("li", f"تجديد الواجهة الشرقية في {place}"),
        Piece("li", f"شبكة إنارة جديدة كلفتها {count} ألف دينار."),
        Piece("p", f"وكان أهالي {place} قد طالبوا بالترميم منذ سنوات، ورفعوا عريضة وقّعها {count} ألف شخص."),
        Piece("quote", f"لن ندفع قرشاً واحداً من جيوب سكان {place}، وسيكون العمل أمام أعين الجميع."),
        Piece("p", "«هذا وعد»، بحسب رئيس اللجنة."),
        Piece("p", f"ويرى مهندسون أن {thing} يحتمل خمسين سنة أخرى إذا جُدّدت الأساسات قبل حلول الشتاء المقبل."),
        Piece(
            "p", f"ومن المقرر أن تعرض {body} تقريراً عن سير العمل كل ثلاثة أشهر على مجلس المدينة، وفق ما جاء في البيان."
        ),
    )
    comments = (
        ("أبو خالد", f"والله مشروع {thing} كله سرقة، والمقاول ابن عم الوزير كما يعرف الجميع."),
        ("Nadia 77", f"أخيراً! سكان {place} ينتظرون هذا منذ كان جدي طفلاً، لكن السعر مبالغ فيه جداً."),
        ("مواطن", f"كذب في كذب، لن يبدأوا في {thing} قبل عشر سنوات، وتذكروا كلامي هذا."),
    )
    names = [_TOPICS[(number + step) % len(_TOPICS)] for step in (1, 2, 3, 4)]
    forms = (
        "إضراب مفاجئ يوقف العمل في {0}",
        "{1} تنفي شائعات بيع {0}",
        "حريق محدود قرب {0} ولا إصابات",
        "حوار مع {2}: سنفتح {0} للجميع",
    )
    others = tuple(form.format(*name) for form, name in zip(forms, names, strict=True))
    return Story(
        f"{body} ترمّم {thing} بكلفة {cost} مليون دينار",
        f"كريم {person.split()[-1]}",
        f"2026-0{number + 1}-14",
        pieces,
        comments,
        others,
    )


def document(story: Story, body: str, head: str = "", site: str = "موقع المنارة") -> str:
    """Wrap the body of a page with the head that most of them have."""
    title = escape(story.title)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title} - {site}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'
        f'<meta property="article:published_time" content="{story.day}T08:00:00+03:00">{head}</head>'
        f"<body>{body}</body></html>"
    )


def made_pages(templates: dict[str, tuple[Template, str]], each: int = 3) -> Iterator[MadePage]:
    """Yield pages of templates, each with the kinds of blocks that its gold has, "" for a page without an article."""
    known = stories()
    for place, (name, (template, kinds)) in enumerate(templates.items()):
        for number in range(each):
            story = known[(place + 3 * number) % len(known)]
            texts = story.texts(*kinds.replace("h2", "").split())
            headings = story.texts("h2") if "h2" in kinds else []
            yield MadePage(
                name,
                f"{name}-{number}",
                template(story),
                tuple(texts),
                tuple(headings),
                tuple(text for _, text in story.comments),
            )
