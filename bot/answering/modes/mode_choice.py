"""The mode of the answer that a question asks for, and the question about its subject alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.knowledge import Lexicon, ModePhrase
from bot.answering.question import Interpretation, Question, QuestionAnalyser
from bot.answering.reasons import VALUED, AnswerType, Mode, Reason
from bot.arabic import ARTICLE, normal_words

# Where a message has phrases of several, the first of these: what was heard is said as a reason for asking, too.
_PRIORITY = (Mode.TIMELINE, Mode.LIST, Mode.LATEST, Mode.OVERVIEW, Mode.DEFINITION, Mode.CLAIM)
_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"")
# What a message says of its subject ends with its clause: behind it are reasons, thanks, further questions.
_CLAUSE_END = re.compile(r"[؟?!؛\n]|[.،,](?=\s|$)")
# Chosen: fewer words in quotation marks are a title or a name.
_LEAST_QUOTED = 5
# Chosen: with more words beside it, a quotation is a part of a question.
_MOST_BESIDE = 6
# Chosen: a name of more words is a sentence.
_MOST_NAMED = 8
# Chosen: with a question mark, more words ask something by their tone.
_MOST_ASKED = 3
# Chosen: fewer words to search for are a name, and no claim.
_LEAST_CLAIM = 4
# Chosen: a smaller number is more often a label, «النوع 2», than a figure to compare.
_LEAST_FIGURE = 10
# What a question can ask by a question word without asking for a fact of its own.
_OPEN = frozenset({None, AnswerType.THING, AnswerType.CHOICE, AnswerType.MANNER, AnswerType.DEFINITION})
_OF_CLAIMS = frozenset({None, AnswerType.CHOICE})


def choose_mode(interpretation: Interpretation, questions: QuestionAnalyser) -> Interpretation:
    """Return an interpretation with its mode, and with the subject alone as its question.

    The mode is told by phrases, by the question word, or by being a bare name; it is a fact in a follow-up question,
    and that of the previous question where more of the same is asked for.
    """
    question = interpretation.question
    is_alone = question is None or question.added is None
    if interpretation.page and is_alone:
        chosen = _choose_alone(replace(interpretation, completed_from=None), questions)
        return replace(chosen, completed_from=interpretation.completed_from)
    if question and interpretation.mode is Mode.TIMELINE:
        # «وكيف تطورت القضية؟», of what was asked about before.
        return replace(interpretation, question=_asked_of(question, questions))
    return _choose_alone(interpretation, questions)


def _choose_alone(interpretation: Interpretation, questions: QuestionAnalyser) -> Interpretation:
    question = interpretation.question
    if interpretation.completed_from is not None or interpretation.reason not in {None, Reason.ONE_WORD}:
        return interpretation
    if question is None:
        phrases = questions.lexicon.mode_phrases.find(questions.tokenise(interpretation.text).normals)
        is_latest = any(phrase.mode is Mode.LATEST for phrase in phrases)
        return replace(interpretation, mode=Mode.LATEST) if is_latest else interpretation
    if question.answer_type in _OF_CLAIMS and (quotation := _quotation(question)):
        quoted = questions.analyse(quotation, question.gloss)
        return replace(interpretation, question=quoted, mode=Mode.CLAIM, quotation=quotation)
    if by_phrases := _by_phrases(question, questions):
        mode, subject = by_phrases
        return replace(interpretation, question=subject, mode=mode)
    # «صدگ …؟»: what was taken off a message of more than a name may ask whether the rest is true.
    removed = (list(normal_words(text)) for text in interpretation.removed)
    doubts = (one for words in removed for one in questions.lexicon.mode_phrases.find(words) if one.mode is Mode.CLAIM)
    if question.answer_type in _OF_CLAIMS and len(question.terms) >= _LEAST_CLAIM and any(doubts):
        return replace(interpretation, mode=Mode.CLAIM)
    mode = _by_question_word(question, questions.lexicon)
    return interpretation if mode is interpretation.mode else replace(interpretation, mode=mode)


def _quotation(question: Question) -> str | None:
    """Return what a message quotes, where that is most of it."""
    for match in _QUOTED.finditer(question.text):
        inside = sum(match.start() < word.start < match.end() for word in question.words)
        if inside >= _LEAST_QUOTED and len(question.words) - inside <= _MOST_BESIDE:
            return next((str(group) for group in match.groups() if group), None)
    return None


def _by_phrases(question: Question, questions: QuestionAnalyser) -> tuple[Mode, Question | None] | None:
    """Choose the mode by a phrase, with the subject, unless what is left of the question asks for a fact."""
    lexicon = questions.lexicon
    found = list(_phrases_that_count(question, lexicon))
    mode = next((mode for mode in _PRIORITY if any(phrase.mode is mode for phrase in found)), None)
    if mode is None:
        return None
    if mode is Mode.DEFINITION:
        return mode, question
    without = _without(question, found)
    whole = questions.analyse(without, question.gloss)
    if whole.answer_type not in (_OF_CLAIMS if mode is Mode.CLAIM else _OPEN):
        return None
    if not whole.terms:
        return (mode, None) if mode is Mode.LATEST else None
    if mode is Mode.CLAIM:
        return mode, whole
    start = next(question.words[phrase.last - 1].end for phrase in found if phrase.mode is mode)
    clause_end = _CLAUSE_END.search(question.text, start)
    text = _without(question, found, start, clause_end.start() if clause_end else None)
    behind = whole if text == without else questions.analyse(text, question.gloss)
    return mode, _subject(mode, behind if behind.terms else whole, questions)


def _asked_of(question: Question, questions: QuestionAnalyser) -> Question:
    """Return what a question is about: the subject of its mode, or of a fact all but verbs and what is asked for.

    That is an asking noun, and the first word beside the question word: «متى أوقف …», «كم كلفة …».
    """
    lexicon, by_phrases = questions.lexicon, _by_phrases(question, questions)
    if by_phrases and by_phrases[1]:
        return _subject(Mode.TIMELINE, by_phrases[1], questions)
    asked = next((term for term in question.terms if term in question.focus), None)
    kept = [
        question.text[term.start : term.end]
        for term in question.terms
        if term != asked
        and not lexicon.everyday.is_verb(term.normal)
        and term.normal.removeprefix(ARTICLE) not in lexicon.asking_nouns
    ]
    subject = questions.analyse(" ".join(kept), question.gloss)
    return subject if subject.terms else question


def _subject(mode: Mode, question: Question, questions: QuestionAnalyser) -> Question:
    """Return a question without what stands beside its subject and is no part of that, unless nothing would be left.

    «عندكم», «لديك» before it are said to the bot.
    """
    words = question.words
    own = list(questions.lexicon.mode_phrases.subject_words(mode, [word.normal for word in words]))
    while own and questions.table[words[own[0]].normal].is_bare_function:
        del own[0]
    if not own or len(own) == len(words):
        return question
    subject = questions.analyse(question.text[words[own[0]].start : words[own[-1]].end], question.gloss)
    return subject if subject.terms else question


def _phrases_that_count(question: Question, lexicon: Lexicon) -> Iterator[ModePhrase]:
    """Yield the phrases that tell a mode; one word does so at the beginning alone, of a claim also where a clause ends.

    «…، صحيح تقالت؟» and «… صح ولا لا» end a claim with more than the word.
    """
    normals = [word.normal for word in question.words]
    is_marked = "؟" in question.text or "?" in question.text
    found = [one for one in lexicon.mode_phrases.find(normals) if is_marked or not one.needs_mark]
    begun = 0
    for phrase in found:
        passed = lexicon.stop_words if begun else lexicon.openers
        before = normals[begun : phrase.first]
        is_first = all(normal in passed or normal in lexicon.question_fillers for normal in before)
        is_last = phrase.mode is Mode.CLAIM and not phrase.needs_mark and _ends_clause(question, phrase)
        is_long = phrase.last - phrase.first > 1
        if is_long or is_first or is_last:
            # What stands behind a phrase begins anew: «ما الجديد في قضية …».
            begun = phrase.last
            yield phrase


def _ends_clause(question: Question, phrase: ModePhrase) -> bool:
    """Whether a phrase stands at an end of a clause."""
    words, text, first, last = question.words, question.text, phrase.first, phrase.last
    gaps = ((one.end, other.start) for one, other in (words[max(first - 1, 0) : first + 1], words[last - 1 : last + 1]))
    is_at_end = first == 0 or last == len(words)
    return is_at_end or any(_CLAUSE_END.search(text, *gap) for gap in gaps)


def _without(question: Question, phrases: Sequence[ModePhrase], start: int = 0, end: int | None = None) -> str:
    """Return a question's text from one offset to another without some phrases of it."""
    text = question.text[:end]
    kept = ""
    for phrase in phrases:
        first = question.words[phrase.first].start
        if start <= first < len(text):
            kept += text[start:first]
            start = question.words[phrase.last - 1].end
    return kept + text[start:]


def _by_question_word(question: Question, lexicon: Lexicon) -> Mode:
    """Choose the mode by what the question word asks for, and of what has none, an overview of a bare name."""
    is_of_value = any(one.date or (one.number or 0) >= _LEAST_FIGURE for one in question.equivalents)
    # A bare name or subject has no question word, and nothing that asks for a value.
    is_short = len(question.words) <= (_MOST_ASKED if "؟" in question.text else _MOST_NAMED)
    is_of_noun = any(word.normal.removeprefix(ARTICLE) in lexicon.asking_nouns for word in question.words[:1])
    # «ما هي شركة بالانتير؟» is about nothing but a name with its kind.
    kind, *named = [term.normal for term in question.terms] or [""]
    is_kind = kind in lexicon.definitions.kinds
    is_kind_with_name = is_kind and len(named) == 1 and not named[0].startswith(ARTICLE)
    match question.answer_type:
        case AnswerType.DEFINITION if question.defined_terms:
            return Mode.DEFINITION
        case AnswerType.THING if is_kind_with_name:
            return Mode.DEFINITION
        case AnswerType.CHOICE if is_of_value:
            return Mode.CLAIM
        case None if is_short and not is_of_noun and question.asked_for.kind not in VALUED:
            has_relation = any(lexicon.is_relation(word.normal) for word in question.words)
            return Mode.FACT if has_relation else Mode.OVERVIEW
    return Mode.FACT
