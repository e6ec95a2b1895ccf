"""What members type and press in the demonstration, in English too, and what the bot must then show."""

from dataclasses import dataclass

from tests.chat.samples import ARABIC, ENGLISH


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody writes a message, or presses a button under what the bot showed last, and the bot replies.

    `<@bot>` in a message mentions the bot; one that is `in_reply` answers what the bot showed last. `meaning` and
    `caption` tell readers who know no Arabic what is asked, and what the reply is: it must have all that it `shows`.
    `still` names the reply's picture where docs show it alone.
    """

    author: str
    text: str
    meaning: str
    caption: str
    shows: tuple[str, ...]
    is_press: bool = False
    in_reply: bool = False
    is_quoted: bool = True
    still: str = ""


VIEWER = "سارة"
"""Through whose client all is seen."""
_ANSWER = "Word for word, the answer in bold, with its source"
_SOURCE = ARABIC("answer.source")

SCRIPT: tuple[Turn, ...] = (
    Turn(
        VIEWER,
        "<@bot> كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟",
        "“How much is Palantir's deal with the immigration agency?”",
        _ANSWER,
        ("(ICE) **30 مليون دولار**", _SOURCE),
    ),
    Turn(
        VIEWER,
        "السياق",
        "Sara presses «السياق», context",
        "The paragraphs around the quote, for her alone",
        ("تعين أدوات المراقبة",),
        is_press=True,
        still="context",
    ),
    Turn("ليلى", "<@bot> متى تأسست شركة بالانتير؟", "“When was Palantir founded?”", _ANSWER, ("عام **2003**", _SOURCE)),
    Turn(
        VIEWER,
        "وأين مقرها؟",
        "“And where is its head office?”",
        "A reply is enough; it says how it was understood",
        (ARABIC("answer.follows", question="متى تأسست شركة بالانتير؟"), "دنفر", _SOURCE),
        in_reply=True,
        still="follow-up",
    ),
    Turn(
        "ناصر",
        "<@bot> صحيح أن قيمة صفقة بالانتير مع وكالة الهجرة 50 مليون دولار؟",
        "“Is it true that the deal is worth 50 million dollars?”",
        "The article says otherwise: both figures, and the quote",
        (
            ARABIC("statement.otherwise", asked="50 مليون دولار", found="30 مليون دولار"),
            "(ICE) **30 مليون دولار**",
            _SOURCE,
        ),
        still="claim",
    ),
    Turn(
        "ناصر",
        "<@bot> كم عدد موظفي بالانتير؟",
        "“How many employees does Palantir have?”",
        "No article says: refused, with what comes near",
        (ARABIC("refusal.unsupported"), ARABIC("refusal.related")),
        is_quoted=False,
    ),
    Turn(
        VIEWER,
        "<@bot> What is the capital of France?",
        "And something else altogether, in English",
        "Off the coverage: refused, with questions to try",
        (ENGLISH("refusal.off_topic"), ENGLISH("example.overview", topic="بالانتير")),
        is_quoted=False,
        still="english",
    ),
)
