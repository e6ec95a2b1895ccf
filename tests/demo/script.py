"""What members type and press in the demonstration, in English too, and what the bot is then expected to show."""

from dataclasses import dataclass

from tests.demo.claims import Claim


@dataclass(frozen=True, slots=True)
class Ask:
    """Write a message; `<@bot>` in it mentions the bot, and a reply answers what the bot showed last.

    `meaning` is for readers who know no Arabic.
    """

    author: str
    text: str
    meaning: str
    claim: Claim
    in_reply: bool = False

    @property
    def question(self) -> str:
        """Return what is asked, without the mention."""
        return self.text.removeprefix("<@bot>").strip()


@dataclass(frozen=True, slots=True)
class Press:
    """Press a button under what the bot showed last, by its label."""

    author: str
    button: str
    meaning: str
    claim: Claim


Turn = Ask | Press

VIEWER = "سارة"
"""Through whose client all is seen."""

SCRIPT: tuple[Turn, ...] = (
    Ask(
        VIEWER,
        "<@bot> كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟",
        "“How much is Palantir's deal with the immigration agency?”",
        Claim.ANSWERED,
    ),
    Press(VIEWER, "السياق", "Sara presses «السياق», context", Claim.CONTEXT),
    Ask("ليلى", "<@bot> متى تأسست شركة بالانتير؟", "“When was Palantir founded?”", Claim.ANSWERED),
    Ask(VIEWER, "وأين مقرها؟", "“And where is its head office?”", Claim.FOLLOWED, in_reply=True),
    Ask(
        "ناصر",
        "<@bot> صحيح أن قيمة صفقة بالانتير مع وكالة الهجرة 50 مليون دولار؟",
        "“Is it true that the deal is worth 50 million dollars?”",
        Claim.CORRECTED,
    ),
    Ask("ناصر", "<@bot> كم عدد موظفي بالانتير؟", "“How many employees does Palantir have?”", Claim.UNSUPPORTED),
    Ask(VIEWER, "<@bot> What is the capital of France?", "And something else altogether, in English", Claim.OFF_TOPIC),
)
