"""A follow-up question completed: its own words, and of the question before it what it is about.

«كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟» and «ومن وقعها؟» make «ومن وقع صفقة بالانتير مع وكالة الهجرة؟»: a text
like any other question's, so that it takes the same road, can be shown to its asker, and can itself be followed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.knowledge import Lexicon
from bot.answering.question.follow_up import asked_kind, opening, without_pronoun
from bot.answering.question.question import Question, analyse
from bot.answering.reasons import AnswerType
from bot.arabic import Analyser, Term, Word, words
from bot.arabic.dates import is_year

# A date or a sum is not what a pronoun goes back to; a person or a place may be.
_BEINGS = {AnswerType.PERSON, AnswerType.PLACE}


def complete(text: str, earlier: str, analyser: Analyser, lexicon: Lexicon) -> Question | None:
    """Complete a leaning message with what an earlier question is about; None where that is about nothing."""
    rest = opening(text, lexicon).rest
    written = [rest[word.start : word.end] for word in words(rest)]
    bare = [without_pronoun(word) for word in written]
    own = analyse(" ".join(each or word for each, word in zip(bare, written, strict=True)), analyser, lexicon)
    subject = _subject(analyse(earlier, analyser, lexicon), own, analyser, lexicon)
    if not subject:
        return None
    # What belonged to somebody unnamed belongs to the subject: «كلفتها الإجمالية», «كلفة (المكتبة) الإجمالية».
    owned = next((place for place, word in enumerate(bare) if word), None)
    if owned is None:
        written.append(f"({subject})")
    else:
        written[owned] = f"{bare[owned]} ({subject})"
    return _with_own(analyse(f"{' '.join(written)}؟", analyser, lexicon), own, lexicon)


def _with_own(completed: Question, own: Question, lexicon: Lexicon) -> Question:
    """Say which terms of a completed question are the follow-up's own: what it wants to know, and what it adds."""
    focus, added = ({term.stem for term in terms} for terms in (own.focus, _added(own, lexicon)))
    return replace(
        completed,
        focus=tuple(term for term in completed.terms if term.stem in focus) or completed.focus,
        added=tuple(term for term in completed.terms if term.stem in added),
    )


def _added(own: Question, lexicon: Lexicon) -> Sequence[Term]:
    """Return the words of a follow-up that a passage must have one of; a value asked for by name stands for them."""
    kinds = [asked_kind(own.text[term.start : term.end], lexicon) for term in own.terms]
    if own.asks in lexicon.values and any(kinds):
        return ()
    return [term for term, kind in zip(own.terms, kinds, strict=True) if not kind and not term.normal[0].isdecimal()]


def _subject(earlier: Question, asking: Question, analyser: Analyser, lexicon: Lexicon) -> str:
    """Return the words of the earlier question that say what it is about, with the small words between them."""
    replaced = set(_replaced(earlier, asking, lexicon))
    kept = [term.start for term in earlier.terms if term not in replaced] or [term.start for term in earlier.terms]
    found = [word for word in words(earlier.text) if word.start in kept or _is_small(word, analyser, lexicon)]
    within = [word for word in found if kept and kept[0] <= word.start <= kept[-1]]
    return " ".join(earlier.text[word.start : word.end] for word in within)


def _replaced(earlier: Question, asking: Question, lexicon: Lexicon) -> Iterator[Term]:
    """Find the words of the earlier question that said what it asked for, or that the new question says anew."""
    own = {term.stem for term in asking.terms}
    has_year = any(is_year(term.normal) for term in asking.terms)
    for term in earlier.terms:
        if term.stem in own or (has_year and is_year(term.normal)) or _asked(term, earlier, asking, lexicon):
            yield term


def _asked(term: Term, earlier: Question, asking: Question, lexicon: Lexicon) -> bool:
    """Tell whether a word said what the earlier question asked for («قيمة»), or of which relation («توفي»).

    A bare «ومتى؟» asks one thing more about the same, so it needs all of that; «ومتى ولد؟» asks about another.
    """
    is_bare = all(each.normal[0].isdecimal() for each in asking.terms)
    if is_bare or term not in earlier.focus:
        return False
    kind = asked_kind(earlier.text[term.start : term.end], lexicon)
    if kind is not None:
        return kind is earlier.asks and kind not in _BEINGS
    # «من أسسها؟» names a person by the relation, and «ومتى ولد؟» may go back to that person.
    is_relation = any(term.normal in relation.asking for relation in lexicon.relations)
    return is_relation and earlier.asks is not AnswerType.PERSON


def _is_small(word: Word, analyser: Analyser, lexicon: Lexicon) -> bool:
    return analyser.is_stop_word(word.normal) and (word.normal == "من" or word.normal not in lexicon.question_words)
