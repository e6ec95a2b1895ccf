"""A follow-up question completed: its own words, and of the question before it what it is about.

«كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟» and «ومن وقعها؟» make «ومن وقع صفقة بالانتير مع وكالة الهجرة؟»: a text
like any other question's, so that it takes the same road, can be shown to its asker, and can itself be followed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.knowledge import Lexicon
from bot.answering.question.follow_up import noun_answer_type, strip_openers, without_pronoun
from bot.answering.question.question import Question, analyse
from bot.answering.reasons import AnswerType
from bot.arabic import Analyser, Term, Word, words
from bot.arabic.dates import is_year

# A date or a sum is not what a pronoun goes back to; a person or a place may be.
_BEINGS = {AnswerType.PERSON, AnswerType.PLACE}


def complete_follow_up(text: str, previous: str, analyser: Analyser, lexicon: Lexicon) -> Question | None:
    """Complete a leaning message with what an earlier question is about; None where that is about nothing."""
    rest = strip_openers(text, lexicon).rest
    written = [rest[word.start : word.end] for word in words(rest)]
    bare = [without_pronoun(word) for word in written]
    own = analyse(" ".join(each or word for each, word in zip(bare, written, strict=True)), analyser, lexicon)
    subject = _subject(analyse(previous, analyser, lexicon), own, analyser, lexicon)
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
    answer_types = [noun_answer_type(own.text[term.start : term.end], lexicon) for term in own.terms]
    if own.answer_type in lexicon.values and any(answer_types):
        return ()
    return [
        term
        for term, answer_type in zip(own.terms, answer_types, strict=True)
        if not answer_type and not term.normal[0].isdecimal()
    ]


def _subject(previous: Question, follow_up: Question, analyser: Analyser, lexicon: Lexicon) -> str:
    """Return the words of the earlier question that say what it is about, with the small words between them."""
    replaced = set(_replaced(previous, follow_up, lexicon))
    kept = [term.start for term in previous.terms if term not in replaced] or [term.start for term in previous.terms]
    found = [word for word in words(previous.text) if word.start in kept or _is_small(word, analyser, lexicon)]
    within = [word for word in found if kept and kept[0] <= word.start <= kept[-1]]
    return " ".join(previous.text[word.start : word.end] for word in within)


def _replaced(previous: Question, follow_up: Question, lexicon: Lexicon) -> Iterator[Term]:
    """Find the words of the earlier question that said what it asked for, or that the new question says anew."""
    own = {term.stem for term in follow_up.terms}
    has_year = any(is_year(term.normal) for term in follow_up.terms)
    for term in previous.terms:
        if term.stem in own or (has_year and is_year(term.normal)) or _asked(term, previous, follow_up, lexicon):
            yield term


def _asked(term: Term, previous: Question, follow_up: Question, lexicon: Lexicon) -> bool:
    """Tell whether a word said what the earlier question asked for («قيمة»), or of which relation («توفي»).

    A bare «ومتى؟» asks one thing more about the same, so it needs all of that; «ومتى ولد؟» asks about another.
    """
    is_bare = all(each.normal[0].isdecimal() for each in follow_up.terms)
    if is_bare or term not in previous.focus:
        return False
    answer_type = noun_answer_type(previous.text[term.start : term.end], lexicon)
    if answer_type is not None:
        return answer_type is previous.answer_type and answer_type not in _BEINGS
    # «من أسسها؟» names a person by the relation, and «ومتى ولد؟» may go back to that person.
    is_relation = any(term.normal in relation.question_forms for relation in lexicon.relations)
    return is_relation and previous.answer_type is not AnswerType.PERSON


def _is_small(word: Word, analyser: Analyser, lexicon: Lexicon) -> bool:
    return analyser.is_stop_word(word.normal) and (word.normal == "من" or word.normal not in lexicon.question_words)
