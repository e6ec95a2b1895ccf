"""What the words beside a question word make of it: «ما سعر», «كم دولارا», «سنة كام»."""

from collections.abc import Sequence

from bot.answering.asking import Asking
from bot.answering.asks import Asks
from bot.answering.lexicon import Lexicon
from bot.answering.question_words import PRONOUNS, RELATIVES

_ARTICLE = "ال"
_SCALES = frozenset({"الف", "مليون", "مليار", "تريليون"})
_MOST_PASSED = 4


def kind(asking: Asking, normals: Sequence[str], lexicon: Lexicon) -> Asks:
    """Tell what kind of answer a question word asks for among the words of its question, definitions aside."""
    noun = _noun(asking, normals, lexicon)
    asked = lexicon.asking_nouns.get(noun) or lexicon.asking_nouns.get(noun.removeprefix(_ARTICLE))
    is_money = asked is Asks.MONEY or noun.removeprefix(_ARTICLE) in lexicon.counted_money
    match asking.asks:
        case Asks.THING:
            return asked or Asks.THING
        case Asks.QUANTITY:
            # «سنة كام» asks for a year, «كم سنة» for how many.
            before = normals[asking.first - 1].removeprefix(_ARTICLE) if asking.first else ""
            counted = Asks.MONEY if is_money else Asks.QUANTITY
            return Asks.TIME if lexicon.asking_nouns.get(before) is Asks.TIME else counted
        case Asks.MONEY:
            # «بكم الكتاب» asks for a price, «بكم هدفا» counts.
            return Asks.MONEY if is_money or not noun or noun.startswith(_ARTICLE) else Asks.QUANTITY
    return asking.asks


def _noun(asking: Asking, normals: Sequence[str], lexicon: Lexicon) -> str:
    """Return the first word behind the question word that is no word of grammar, no filler and no superlative."""
    passed = {*PRONOUNS, *RELATIVES, *_SCALES, *lexicon.definitions.superlatives}
    for normal in normals[asking.last : asking.last + _MOST_PASSED]:
        is_passed = normal in passed or normal in lexicon.stop_words or normal in lexicon.question_fillers
        if normal in lexicon.asking_nouns or not is_passed:
            return normal
    return ""
