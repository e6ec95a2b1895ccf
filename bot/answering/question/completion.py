"""Completion of a follow-up question: its own words, and the subject of the question before it.

«كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟» and «ومن وقعها؟» make «ومن وقع صفقة بالانتير مع وكالة الهجرة؟»: a text
that is searched for like any other question, shown to its asker, and can be followed by another follow-up.

Of «who is X» a bare «ومتى؟» cannot be completed: any date of any passage about X would answer. It takes a word for what
happened, «ومتى ولد؟». Of a question about an event, «متى افتتحت المكتبة؟», a bare «where» asks enough.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.knowledge import Lexicon
from bot.answering.question.dependence import (
    is_name,
    is_noun_alone,
    is_other_year,
    noun_answer_type,
    without_diacritics,
    without_noun_pronoun,
)
from bot.answering.question.question import Question, QuestionAnalyser
from bot.answering.reasons import AnswerType, Mode
from bot.answering.words import MOST_CHARACTERS, TokenisedText, join_glosses
from bot.arabic import ARTICLE, Term
from bot.arabic.dates import is_year

# A pronoun can refer to a person or a place, not to a date or a sum.
_REFERENTS = {AnswerType.PERSON, AnswerType.PLACE}
# Chosen: more terms are no name alone.
_MOST_NAMES = 4
_MOST_OFFICE = 2
_WHAT, _OF = "ما", "من"
_OF_PERSONS = frozenset({AnswerType.PERSON, AnswerType.DEFINITION})
_OF_FIGURES = frozenset({AnswerType.QUANTITY, AnswerType.MONEY})
_OF_STORIES = frozenset({Mode.LATEST, Mode.LIST, Mode.TIMELINE})
_OF_NAMES = frozenset({None, AnswerType.THING}) | _OF_PERSONS


@dataclass(frozen=True, slots=True)
class CompletedFollowUp:
    """The completed question as one that stands alone, and the follow-up's own words as a question."""

    question: Question
    own: Question

    def with_own_terms(self, lexicon: Lexicon) -> Question:
        """Return the completed question, its focus and added terms those of the follow-up's own words."""
        focus, added = ({term.stem for term in terms} for terms in (self.own.focus, _added(self.own, lexicon)))
        terms = self.question.terms
        return replace(
            self.question,
            focus=tuple(term for term in terms if term.stem in focus) or self.question.focus,
            added=tuple(term for term in terms if term.stem in added),
        )


def complete_follow_up(
    text: TokenisedText, previous: Question, questions: QuestionAnalyser
) -> CompletedFollowUp | None:
    """Complete a follow-up, without openers, with the subject of the previous question; None where that has none.

    None as well where it would be too long.
    """
    completed = _completed(text, previous, questions)
    is_short = completed and max(map(len, (completed.question.text, completed.question.asked))) <= MOST_CHARACTERS
    return completed if is_short else None


def _completed(text: TokenisedText, previous: Question, questions: QuestionAnalyser) -> CompletedFollowUp | None:
    """Complete a follow-up; None where the previous question has no subject.

    A noun with a pronoun takes the subject behind it, «كلفتها الإجمالية», «كلفة (المكتبة) الإجمالية»; where no word
    has a pronoun, the subject comes last.
    """
    if is_other_year(own := questions.analyse_tokenised(text), questions.lexicon):
        return _with_year(own, previous, questions)
    if own.answer_type is None and not is_noun_alone(own, questions.lexicon):
        return _with_noun(own, previous, questions)
    if is_noun_alone(own, questions.lexicon):
        # «والسبب؟», «عمره؟».
        plain = text.text.removeprefix("و")
        noun = plain if noun_answer_type(plain.rstrip(" ؟?"), questions.lexicon) else text.text
        text = replace(questions.tokenise(f"{_WHAT} {noun}"), gloss=text.gloss)
    written = [text.written(word) for word in text.words]
    without_pronouns = [without_noun_pronoun(word, questions.lexicon) for word in written]
    bare = [short or word for short, word in zip(without_pronouns, written, strict=True)]
    own = questions.analyse(" ".join(bare), text.gloss)
    subject = _subject(previous, own, questions)
    if not subject:
        return None
    possessed = next((position for position, word in enumerate(without_pronouns) if word), None)
    if possessed is None:
        written.append(f"({subject})")
    else:
        written[possessed] = f"{bare[possessed]} ({subject})"
    completed = f"{' '.join(written)}؟"
    source = completed
    if own.gloss and previous.gloss:
        words = (previous.gloss.written.get(word, word) for word in subject.split())
        source = f"{own.gloss.source.rstrip(' ?؟')} ({' '.join(dict.fromkeys(filter(None, words)))})?"
    return CompletedFollowUp(questions.analyse(completed, join_glosses(previous.gloss, own.gloss, source)), own)


def _with_year(own: Question, previous: Question, questions: QuestionAnalyser) -> CompletedFollowUp:
    """Ask the previous question for another year, in the place of its own where it has one."""
    year = next(own.text[term.start : term.end] for term in own.terms if is_year(term.normal))
    if before := next((term for term in previous.terms if is_year(term.normal)), None):
        text = f"{previous.text[: before.start]}{year}{previous.text[before.end :]}"
        # Where it stands in another language is not known, and a longer number may begin with it.
        written = rf"(?<![\w.,]){re.escape(previous.written(before))}(?!\w)"
        source = re.sub(written, year, previous.asked, count=1) if previous.gloss else text
    else:
        text = f"{previous.text.rstrip(' ؟?')} {year}؟"
        source = f"{previous.asked.rstrip(' ؟?')} {year}?" if previous.gloss else text
    return CompletedFollowUp(questions.analyse(text, join_glosses(previous.gloss, own.gloss, source)), own)


def _with_noun(own: Question, previous: Question, questions: QuestionAnalyser) -> CompletedFollowUp:
    """Ask the previous question with another noun beside its own, «والدولار؟»."""
    text = f"{previous.text.rstrip(' ؟?')} {own.text.rstrip(' ؟?')}؟"
    source = f"{previous.asked.rstrip(' ؟?')} {own.asked.rstrip(' ؟?')}?"
    return CompletedFollowUp(questions.analyse(text, join_glosses(previous.gloss, own.gloss, source)), own)


def _added(own: Question, lexicon: Lexicon) -> Sequence[Term]:
    """Return the terms of a follow-up of which a passage must have at least one; none where it asks for a value."""
    answer_types = [noun_answer_type(own.text[term.start : term.end], lexicon) for term in own.terms]
    if own.answer_type in lexicon.values and any(answer_types):
        return ()
    return [
        term
        for term, answer_type in zip(own.terms, answer_types, strict=True)
        if not answer_type and not term.normal[0].isdecimal()
    ]


def _subject(previous: Question, own: Question, questions: QuestionAnalyser) -> str:
    """Return the words of the previous question that name its subject, with the function words between them."""
    stems = {term.stem for term in own.terms}
    has_year = any(is_year(term.normal) for term in own.terms)
    asking = _words_of_mode(previous, questions.lexicon) | _words_of_figure(previous, questions.lexicon)
    # What the follow-up repeats, or asks another thing instead of, it replaces.
    kept = [
        term.start
        for term in previous.terms
        if term.stem not in stems
        and term.start not in asking
        and not (has_year and is_year(term.normal))
        and not _is_asked_attribute(term, previous, own, questions.lexicon)
    ] or [term.start for term in previous.terms]
    # «من» is a preposition between two terms.
    asking_words = questions.lexicon.question_words.keys() - {_OF}
    within = (
        word
        for word in previous.words
        if word.start in kept or (questions.analyser.is_stop_word(word.normal) and word.normal not in asking_words)
    )
    return " ".join(
        previous.text[word.start : word.end] for word in within if kept and kept[0] <= word.start <= kept[-1]
    )


def _is_asked_attribute(term: Term, previous: Question, own: Question, lexicon: Lexicon) -> bool:
    """Whether a term is the attribute («قيمة») or relation («توفي») that the previous question asked for.

    A bare «ومتى؟» asks one thing more about the same, so it needs all of that; «ومتى ولد؟» asks about another.
    """
    is_bare = all(term.normal[0].isdecimal() for term in own.terms)
    if is_bare or term not in previous.focus:
        return False
    answer_type = noun_answer_type(previous.text[term.start : term.end], lexicon)
    if answer_type is not None:
        return answer_type is previous.answer_type and answer_type not in _REFERENTS
    # «من أسسها؟» names a person by the relation, and «ومتى ولد؟» may go back to that person.
    return lexicon.is_relation(term.normal) and previous.answer_type is not AnswerType.PERSON


def _words_of_figure(previous: Question, lexicon: Lexicon) -> set[int]:
    """Return where the units and powers of ten begin that the previous question asked for, «كم مليون دولار»."""
    if previous.answer_type not in _OF_FIGURES:
        return set()
    normals = [word.normal for word in previous.words]
    asking = next((at for at, normal in enumerate(normals) if lexicon.bare_question_word(normal)), len(normals))
    units = list[int]()
    for word in previous.words[asking + 1 :]:
        if lexicon.quantities.unit(word.normal) or word.normal in lexicon.values[AnswerType.QUANTITY]:
            units.append(word.start)
        # «قداش من شهر».
        elif word.normal != _OF:
            break
    return set(units)


def _words_of_mode(previous: Question, lexicon: Lexicon) -> set[int]:
    """Return where the words begin with which the previous question asked for a kind of answer, «شو الجديد عن»."""
    found = lexicon.mode_phrases.find([word.normal for word in previous.words])
    spans = [previous.words[phrase.first : phrase.last] for phrase in found if phrase.mode in _OF_STORIES]
    return {word.start for words in spans for word in words}


def asks_nothing_of(previous: Question, question: Question | None, lexicon: Lexicon) -> bool:
    """Whether a question is a bare question word that cannot be asked of a previous one."""
    if question is None:
        return False
    if is_other_year(question, lexicon):
        return previous.answer_type is AnswerType.TIME
    # Nothing but a question word and what that asks for anyway.
    says = question.answer_type is None or any(not _says_nothing(term, question, lexicon) for term in question.terms)
    return not says and _names_no_event(previous, lexicon)


def _says_nothing(term: Term, question: Question, lexicon: Lexicon) -> bool:
    """Whether a term is a number or a noun like «السبب»; «المقر» and «عمره» ask for something of a subject."""
    written = without_diacritics(question.text[term.start : term.end])
    if term.normal[0].isdecimal():
        return True
    answer_type = noun_answer_type(written, lexicon)
    is_definite_place = answer_type is AnswerType.PLACE and term.normal.removeprefix("و").startswith(ARTICLE)
    has_pronoun = question.gloss is not None and question.gloss.has_pronoun
    is_own = (
        has_pronoun
        or lexicon.is_relation(term.normal)
        or is_definite_place
        or without_noun_pronoun(written, lexicon) is not None
    )
    return answer_type is question.answer_type and not is_own


def _names_no_event(previous: Question, lexicon: Lexicon) -> bool:
    """Whether a question is about somebody or something as such, and about nothing that happened."""
    if previous.added is not None or not previous.terms:
        return False
    normals = [word.normal for word in previous.words]
    modes = {phrase.mode for phrase in lexicon.mode_phrases.find(normals)}
    if not modes.isdisjoint(_OF_STORIES):
        return True
    terms = previous.terms
    asked = (lexicon.question_words.get(lexicon.bare_question_word(normal)) for normal in normals)
    if set(terms) == set(previous.defined_terms) and AnswerType.PERSON in asked:
        return True
    if previous.answer_type not in _OF_NAMES or len(terms) > _MOST_NAMES:
        return False
    if all(is_name(term, lexicon) or term.normal in lexicon.definitions.kinds for term in terms):
        return True
    # «الشاعر سليم الحداد».
    titles = lexicon.name_words.titles | {ARTICLE + role for role in lexicon.definitions.roles}
    named = next((term.normal for term in terms if term.normal not in titles), "")
    # «شكون وزير النقل؟»; with more words, something happened.
    is_of_office = terms[0].normal in lexicon.definitions.offices and len(terms) <= _MOST_OFFICE
    is_of_person = previous.answer_type in _OF_PERSONS or Mode.OVERVIEW in modes
    return is_of_person and (lexicon.name_words.is_given_name(named) or is_of_office)
