"""What people say, call and press for the pictures of the running bot, scene by scene."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Say:
    """Write a message; `<@bot>` in it mentions the bot. `in_reply` answers the bot's last message."""

    text: str
    in_reply: bool = False
    is_drawn: bool = True
    is_answered: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """Call a slash command."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    author: str = "سارة"


@dataclass(frozen=True, slots=True)
class Press:
    """Press a button under the bot's last message, by its label or emoji, and look at what that shows.

    `turns` where that changes the message itself.
    """

    button: str
    author: str = "سارة"
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose the first article whose title has some words in the menu below; `turns` as in `Press`."""

    title: str
    turns: bool = True


@dataclass(frozen=True, slots=True)
class OpenMenu:
    """Call the command in the menu of the last message that a person wrote."""

    name: str


Step = Say | Call | Press | Choose | OpenMenu

_QUESTION = "كم شخصًا يريد البيت الأبيض ترحيلهم خلال هذه السنة؟"
_QUOTATION = "شركة بالانتير تكنولوجيز من الشركات العملاقة في تحليل البيانات، تأسست عام 2003 ويقع مقرها في دنفر"
_MODERATOR = "ناصر"

ACTS: Mapping[str, tuple[Step, ...]] = {
    "answer": (Say(f"<@bot> {_QUESTION}"),),
    "answer-latin": (Say("<@bot> ماذا قال موقع 404 Media عن بالانتير؟"),),
    "follow-up": (Say("<@bot> أين مقر شركة بالانتير؟"), Say("ومتى تأسست؟", in_reply=True)),
    "context": (Say(f"<@bot> {_QUESTION}"), Press("السياق")),
    "citation": (Say(f"<@bot> {_QUESTION}"), Press("نسخ")),
    "further": (Say(f"<@bot> {_QUESTION}"), Press("📚")),
    "vote": (Say(f"<@bot> {_QUESTION}"), Press("👎")),
    # Behind `vote`, which is listed there.
    "privacy": (Call("privacy"),),
    "privacy-erase": (Call("privacy"), Press("احذف ما يخصّني", turns=True)),
    "refusal-near": (Say("<@bot> كم سعر سهم بالانتير اليوم؟"),),
    "bell": (Say("<@bot> كم سعر سهم بالانتير اليوم؟"), Press("نبّهني حين يصل جواب")),
    "bell-waiting": (
        Say("<@bot> كم سعر سهم بالانتير اليوم؟", is_drawn=False),
        Press("نبّهني حين يصل جواب", author="ليلى"),
        Press("في الخاص", author="ليلى", turns=True),
    ),
    "refusal-off-topic": (Say("<@bot> ما هي أعراض نقص فيتامين د؟"),),
    "ask": (Call("اسأل", {"سؤال": _QUESTION}),),
    "ask-in-scope": (Call("اسأل", {"سؤال": _QUESTION, "منذ": "2025"}),),
    "sources": (Call("sources"),),
    "article": (Call("article", {"title": "البيت الأبيض يريد ترحيل مليون"}),),
    "sources-next": (Call("sources"), Press("◀️", turns=True)),
    "article-chosen": (Call("sources"), Choose("")),
    "related-chosen": (Say("<@bot> كم سعر سهم بالانتير اليوم؟", is_drawn=False), Choose("", turns=False)),
    "deletion": (Say(f"<@bot> {_QUESTION}"), Press("🗑️")),
    "not-yours": (Say(f"<@bot> {_QUESTION}"), Press("🗑️", author="ليلى")),
    "menu": (Say(_QUESTION, is_answered=False), OpenMenu("اسأل عن هذه الرسالة")),
    "greeting": (Say("<@bot> السلام عليكم"),),
    "help": (Call("help"),),
    "explain": (Call("corpus explain", {"question": _QUESTION}, author=_MODERATOR),),
    "explain-refused": (Call("corpus explain", {"question": "كم سعر سهم بالانتير اليوم؟"}, author=_MODERATOR),),
    "moderators": (
        Say("<@bot> ما هو مرض السكري؟", is_drawn=False),
        Say("<@bot> كم سعر سهم بالانتير اليوم؟", is_drawn=False),
        Say("<@bot> بكم سهم شركة بالانتير؟", is_drawn=False),
        Call("corpus gaps", author=_MODERATOR),
        Call("corpus status", author=_MODERATOR),
    ),
    "reload": (Call("corpus reload", author=_MODERATOR),),
    # Behind `moderators`, which shows what was refused before it.
    "definition": (Say("<@bot> ما هي شركة بالانتير؟"),),
    "overview": (Say("<@bot> احكيلي على حملة الترحيل في أمريكا"),),
    "latest": (Say("<@bot> ما الجديد في قضية الطلاب المعتقلين؟"),),
    "value": (Say("<@bot> بكام صفقة بالانتير مع وكالة الهجرة؟"),),
    "claim-otherwise": (Say("<@bot> صحيح أن قيمة صفقة بالانتير مع وكالة الهجرة 50 مليون دولار؟"),),
    "claim-same": (Say("<@bot> هل صحيح أن بالانتير تأسست عام 2003؟"),),
    "claim-not-found": (Say("<@bot> صحيح أن الأمطار أغرقت شوارع المدينة؟"),),
    "quotation": (Say(f"<@bot> «{_QUOTATION}»"),),
    "quotation-nearly": (Say(f"<@bot> «{_QUOTATION.replace('2003', '2004')}»"),),
    "list": (Say("<@bot> مقالات عن وكالة الهجرة"),),
    "timeline": (Say("<@bot> كيف تطورت قضية بالانتير؟"),),
    "timeline-end": (
        Call("timeline", {"topic": "بالانتير", "since": "2025"}),
        Press("◀️", turns=True),
        Press("◀️", turns=True),
    ),
    "timeline-one-day": (Say("<@bot> تسلسل إلغاء تأشيرات الطلاب"),),
    "small-talk": tuple(
        Say(f"<@bot> {words}")
        for words in ("السلام عليكم", "مين صنعك؟", "شو بتعرف تعمل؟", "أنت غبي", "يعطيك العافية، شكراً جزيلاً")
    ),
    "two-questions": (Say("<@bot> متى تأسست بالانتير؟ وكم شخصاً يريد البيت الأبيض ترحيلهم؟"),),
    "two-questions-one-answer": (Say("<@bot> متى تأسست بالانتير؟ وكم سعر سهمها اليوم؟"),),
    "follow-up-bare": (Say("<@bot> من أبرم صفقة مع وكالة الهجرة؟"), Say("ومتى؟", in_reply=True)),
    "follow-up-incomplete": (Say("<@bot> ما هي شركة بالانتير؟"), Say("وبكم؟", in_reply=True)),
    "go-on": (Say(f"<@bot> {_QUESTION}"), Say("كمل", in_reply=True), Say("شو المصدر؟", in_reply=True)),
    "refusal-names": (Say("<@bot> ما علاقة بالانتير بشركتي Anduril ولوكهيد مارتن؟"),),
    "answer-doubtful": (Say("<@bot> شو بيسموا بالانتير مقارنة بباقي شركات التكنولوجيا الأمريكية الكبيرة؟"),),
    "refusal-quote": (Say("<@bot> بأي جريدة حطت بالانتير إعلان إنها واقفة مع إسرائيل؟"),),
    "refusal-dialect": (Say("<@bot> قداش عدد الموظفين متاع بالانتير بربي؟"),),
}

LIGHT = ("answer", "refusal-near", "sources", "article", "context", "help", "moderators", "errors", "audit")
"""The scenes that are drawn in the light theme too."""
