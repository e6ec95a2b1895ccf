"""Questions about the bot itself, and orders that it does not follow: «تحفظ أسئلتي؟», «ترجملي هذا الخبر»."""

from collections.abc import Collection, Iterator, Sequence

from bot.answering.knowledge.word_lists import squeezed
from bot.answering.reasons import Reason
from bot.answering.words.known_word import KnownWord, word_fact
from bot.answering.words.message import TokenisedText
from bot.answering.words.plain_word import spoken_forms
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS, PREPOSITIONS

# Chosen: a longer message has something else to ask. One that speaks to the bot may have so many words that no list
# has, another one of so many words a single one.
_MOST_WORDS, _MOST_OTHERS, _LONG = 25, 2, 5
_BEFORE = (*DEFINITE_PREPOSITIONS, ARTICLE, *PREPOSITIONS)
_PRONOUNS, _LEAST_OWN = ("ها", "هم", "لي", "لك"), 4
# Chosen: what is ordered stands so near, and a longer order asks for nothing else.
_NEAR, _LONG_ORDER = 4, 12

_IDLE, _FOUND_NOTHING, _ACT = "idle", "found_nothing", "act"
# Of these no word may be of anything else: «شو رأيك بالميزانية؟», «ما جاوب الوزير».
_STRICT, _SAID = frozenset({Reason.RULES, Reason.COMPLAINT}), frozenset({Reason.COMPLAINT})

Places = dict[str, list[range]]


def find_bot_question(text: TokenisedText) -> Reason | None:
    """Return what a message asks or orders the bot itself; None where it may ask something of the coverage."""
    if not 0 < len(text.words) <= _MOST_WORDS:
        return None
    topics, places = text.table.lexicon.bot_topics, _places(text)
    orders, questions = (
        # Most messages lack even one part.
        [(reason, parts) for reason, parts in one if parts[-1] in places and places.keys() >= set(parts)]
        for one in (topics.orders, topics.questions)
    )
    if not (orders or questions):
        return None
    beside = {at for part in topics.beside for found in places.get(part, ()) for at in found}
    opens = [at in beside or _opens(text, at) for at in range(len(text.words))]
    for reason, parts in orders:
        if any(_is_order(text, one, _of(parts[1:], places), opens, beside) for one in places[parts[0]]):
            return reason
    # Question words and words of talk could not be looked up, but for what is named among these, «شو بيعرف غوغل عني».
    empty = (
        one.asks
        or one.is_function_form
        or (one.is_talk and not one.is_name)
        or one.is_talk_to_bot
        or one.is_person
        or one.is_you
        or one.reason in _SAID
        for one in text.known
    )
    passed = [is_opening or says_nothing for is_opening, says_nothing in zip(opens, empty, strict=True)]
    for reason, parts in questions:
        # «كل ما أسألك تقولي ما لقيت»: nobody else says so to whoever asks.
        is_strict = reason in _STRICT or _ACT in parts
        most = len(passed) if _FOUND_NOTHING in parts else 0 if is_strict else None
        if _are_apart(_of(parts, places)) and _is_whole(text, places, parts, passed, most):
            return reason
    return None


def _of(parts: Sequence[str], places: Places) -> list[list[range]]:
    return [places[part] for part in parts]


def _is_order(
    text: TokenisedText, verb: range, others: Sequence[Sequence[range]], opens: Sequence[bool], beside: Collection[int]
) -> bool:
    """Whether a verb begins a message, with what is ordered behind it, and nothing is asked for: «من ترجم الرواية؟»."""
    is_long = len(opens) > _LONG_ORDER
    asking = (at for at, word in enumerate(text.known) if word.question_word and at not in beside)
    if not all(opens[: verb.start]) or any(at < verb.start or (is_long and at >= verb.stop) for at in asking):
        return False
    near = [[one for one in part if 0 <= one.start - verb.stop < _NEAR] for part in others]
    return _are_apart(near, verb)


def _is_whole(
    text: TokenisedText, places: Places, parts: Sequence[str], passed: Sequence[bool], most: int | None
) -> bool:
    """Whether a message has hardly a word beside those of some parts, no number and no name."""
    own = {at for part in parts for found in places[part] for at in found}
    others = [word for at, word in enumerate(text.known) if not (passed[at] or at in own)]
    if most is None:
        speaks = any(one.speaks or one.asks_of_you or one.is_addressed(is_alone=False) for one in text.known)
        most = _MOST_OTHERS if speaks else int(len(passed) >= _LONG)
    return len(others) <= most and not any(word.is_name or word.is_number for word in others)


def _are_apart(parts: Sequence[Sequence[range]], taken: Collection[int] = frozenset()) -> bool:
    """Whether each part has a place where none of the others stands."""
    if not parts:
        return True
    free = (one for one in parts[0] if not any(at in taken for at in one))
    return any(_are_apart(parts[1:], {*taken, *one}) for one in free)


def _places(text: TokenisedText) -> Places:
    """Find the words and phrases of all parts, also behind what is written onto a word."""
    matcher, found = text.table.lexicon.bot_topics.phrases, Places()
    for first, word in enumerate(text.known):
        beginnings, own = _beginnings_and_parts(word)
        # «بشي تاني»
        for form in beginnings:
            for end, parts in matcher.at([form, *text.spoken[first + 1 : first + matcher.longest]], 0):
                for part in parts if end > 1 else ():
                    found.setdefault(part, []).append(range(first, first + end))
        for part in own:
            found.setdefault(part, []).append(range(first, first + 1))
    if not (idle := {at for place in found.pop(_IDLE, ()) for at in place}):
        return found
    return {part: kept for part, places in found.items() if (kept := [one for one in places if idle.isdisjoint(one)])}


@word_fact
def _beginnings_and_parts(word: KnownWord) -> tuple[Sequence[str], frozenset[str]]:
    """Return the forms of a word with which phrases of several words begin, and the parts that one is by itself.

    Forms are also without what is written before it or a pronoun behind it.
    """
    matcher, forms = word.lexicon.bot_topics.phrases, tuple(dict.fromkeys(_forms(word.normal)))
    parts = frozenset(part for form in forms for part in matcher.whole([form]) or ())
    return tuple(filter(matcher.may_go_on, forms)), parts


def _forms(normal: str) -> Iterator[str]:
    for spoken in spoken_forms(normal):
        bare = (spoken.removeprefix(one) for one in _BEFORE if len(spoken) > len(one) + 1)
        own = (spoken.removesuffix(one) for one in _PRONOUNS if len(spoken) >= _LEAST_OWN + len(one))
        yield from map(squeezed, (spoken, *bare, *own))


def _opens(text: TokenisedText, at: int) -> bool:
    """Whether a word may stand before an order: grammar, a courtesy."""
    word = text.known[at]
    return text.common[at] or word.is_filler or word.is_courtesy
