"""Interpretation of a message: the question that it asks, completed where it is a follow-up, or why it asks none.

A message is analysed once, into an `AnalysedMessage` that is handed forward. Only where a step changes its text are
words and language found anew: where spaces are put in, and in the text of a completed follow-up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

from bot.answering.knowledge import ARABIC_IN_LATIN, Continuation
from bot.answering.question.completion import asks_nothing_of, complete_follow_up
from bot.answering.question.dependence import Dependence, find_dependence, is_joined, names_subject_of
from bot.answering.question.question import Question, QuestionAnalyser
from bot.answering.question.question_names import with_names_by_sound
from bot.answering.question.written_words import split_run_together_words, without_slips
from bot.answering.reasons import ABOUT_BOT, AnswerType, Mode, Reason
from bot.answering.words import (
    MOST_CHARACTERS,
    MessageCore,
    TalkToBot,
    TokenisedText,
    clean,
    find_bot_question,
    find_core,
    find_talk_to_bot,
    gloss,
    language_by_glossary,
    spelled_as_held,
    with_bot_spoken_to,
)
from bot.arabic import CONJUNCTIONS, light_stem
from bot.retrieval import SearchEngine

# Chosen: no question has so many pages of further quotes.
_MOST_PAGES = 20
# Chosen: the first question, and the follow-ups to it that a further one still depends on.
_MOST_LINES = 4
# Chosen: a message without a question word that asks the same of something else, «والجسر القديم؟».
_MOST_NOUNS = 4
# Chosen: two questions about the bot are no longer; what joins or parts them.
_MOST_OF_TWO, _AND, _MARKS = 20, frozenset({"و", "and", "et", "w"}), frozenset("؟?!.،,؛\n")
MORE = "كمل"
"""The line that stands for a further page behind the questions that an outcome was completed from."""
_OF_MORE = frozenset({AnswerType.THING, AnswerType.DEFINITION})
# Small talk that a phrase of going on from an answer is nearer to than to what small talk says.
_NEARLY_CONTINUATIONS = frozenset({None, Reason.COMPLAINT, Reason.HELP, Reason.IDENTITY})


@dataclass(frozen=True, slots=True)
class AnalysedMessage:
    """A message, its cleaned text with words and language, and the analysis of its question.

    `message` is as it was sent, `text` its core: the courtesies around the question are taken off. `stripped` is the
    text without openers, `question` the analysis of that; both are None where the message is small talk, which `reason`
    then tells, and `courtesy_reply` returns. `dependence` is that on a previous question, `goes_on` whether it begins
    as a follow-up does, `continuation` what a message without a question goes on for, `also` what its second half asks
    the bot about itself.
    """

    message: str
    text: TokenisedText
    reason: Reason | None = None
    stripped: TokenisedText | None = None
    question: Question | None = None
    dependence: Dependence = Dependence.NONE
    goes_on: bool = False
    core: MessageCore | None = None
    courtesy_reply: str | None = None
    talk: TalkToBot | None = None
    continuation: Continuation | None = None
    also: Reason | None = None

    @property
    def may_depend_on_previous(self) -> bool:
        """Whether the message would be completed if the question before it were known."""
        return self.dependence is not Dependence.NONE

    @property
    def needs_previous(self) -> bool:
        """Whether the message asks nothing without the question before it."""
        return self.dependence is Dependence.ALWAYS


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A message's text, the tag of its language, its question, and why it is refused whatever is found.

    `completed_from` are the questions that a follow-up was completed from, in their askers' words, one a line, with
    `MORE` behind them for each page but the first two; `alone` is how it reads without them, where it may. `removed`
    are the courtesies that the message has besides its question, `courtesy_reply` what returns the courtesy of a
    message that asks nothing. `mode` is the kind of answer asked for, of which the question has the subject.
    `quotation` is the text that a member quotes, to find where it stands. `page` counts how often more was asked for of
    the same question; `asked` is what a follow-up asks for that the previous question does not complete. `also` is a
    second thing that the bot was asked about itself.
    """

    text: str
    language: str | None
    question: Question | None = None
    reason: Reason | None = None
    completed_from: str | None = None
    alone: "Interpretation | None" = None
    removed: tuple[str, ...] = ()
    courtesy_reply: str | None = None
    mode: Mode = Mode.FACT
    quotation: str | None = None
    page: int = 0
    asked: AnswerType | None = None
    also: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Previous:
    """A previous question, completed, with the lines of its conversation, and how often more of it was asked for.

    What only asked for more or could not be completed is no line.
    """

    question: Question
    lines: tuple[str, ...]
    page: int = 0

    @property
    def asked(self) -> str:
        """The lines in one text."""
        return "\n".join(self.lines)


def analyse_message(message: str, questions: QuestionAnalyser) -> AnalysedMessage:
    """Clean and analyse a message as it was sent."""
    cleaned = clean(message)
    # Length comes first: to find the words of a flood of combining marks takes seconds.
    if len(cleaned.text) > MOST_CHARACTERS:
        return AnalysedMessage(message, TokenisedText(cleaned.text, (), None, questions.table), Reason.TOO_LONG)
    whole = questions.tokenise(cleaned.text)
    small_talk = questions.lexicon.small_talk
    had = (cleaned.had_code, cleaned.had_link, cleaned.had_symbols)
    wordless = next(compress((Reason.CODE_ONLY, Reason.LINK_ONLY, Reason.EMOJI_ONLY), had), Reason.EMPTY)
    reason = _said_to_bot(whole, questions) if whole.words else wordless
    # A message that says «and» and nothing to the bot is not halved: most are about news.
    speaks = reason is not None or any(word.is_you or word.base for word in whole.known)
    if halves := _asked_of_bot(whole, questions, at_conjunctions=speaks):
        return AnalysedMessage(message, whole.on_one_line(), halves[0], also=halves[1])
    continuation = _continuation(whole, questions)
    if continuation and (reason in _NEARLY_CONTINUATIONS or "؟" in message or "?" in message):
        return _continued(message, whole.on_one_line(), continuation)
    glossed = whole if reason else gloss(whole)
    if glossed is not whole and glossed.language == ARABIC_IN_LATIN:
        reason = small_talk.recognise(glossed.spoken)
    if reason is not None:
        reply = small_talk.reply(whole.spoken)
        said = replace(whole.on_one_line(), language=language_by_glossary(whole))
        return AnalysedMessage(message, said, reason, courtesy_reply=reply)
    if glossed is not whole:
        return _with_gloss(message, whole, glossed.on_one_line(), questions)
    return _without_courtesies(message, whole, questions)


def _said_to_bot(text: TokenisedText, questions: QuestionAnalyser) -> Reason | None:
    """Return what a message says to the bot, or says of it to others: «هالبوت شنو يعرف يسوي»."""
    small_talk = questions.lexicon.small_talk
    if reason := find_bot_question(text) or small_talk.recognise(text.spoken):
        return reason
    if (told := with_bot_spoken_to(text)) is None:
        return None
    spoken_to = questions.tokenise(told)
    if reason := find_bot_question(spoken_to) or small_talk.recognise(spoken_to.spoken):
        return reason
    talk = find_talk_to_bot(spoken_to, spoken_to)
    # «كيف اسأل انت» says nothing.
    is_said = talk is not None and (talk.reason is Reason.MAKER or not any(word.is_you for word in spoken_to.known))
    return talk.reason if talk and is_said and not talk.doubtful else None


def _asked_of_bot(
    text: TokenisedText, questions: QuestionAnalyser, *, at_conjunctions: bool
) -> tuple[Reason, Reason] | None:
    """Return what the halves of a message, at a mark or a conjunction, ask the bot: «شكون انت وشكون صنعك؟»."""

    def asked(half: TokenisedText) -> Reason | None:
        reason = find_bot_question(half) or questions.lexicon.small_talk.recognise(half.spoken)
        speaks = reason is None and any(word.is_you or word.base for word in half.known)
        if speaks and (talk := find_talk_to_bot(half, gloss(half))) and not talk.doubtful:
            reason = talk.reason
        return reason if reason in ABOUT_BOT else None

    for at in range(1, min(len(text.words), _MOST_OF_TWO)):
        before, word = text.words[at - 1], text.words[at]
        is_and = word.normal in _AND
        is_joined_on = at_conjunctions and (is_and or word.normal.startswith(CONJUNCTIONS))
        if is_joined_on or not _MARKS.isdisjoint(text.text[before.end : word.start]):
            # To divide a text into words takes longer than to leave some out.
            if (other := asked(text.from_word(at + is_and))) is None:
                continue
            one = asked(questions.tokenise(text.text[: word.start]))
            if one and one is not other:
                return one, other
    return None


def _without_courtesies(message: str, whole: TokenisedText, questions: QuestionAnalyser) -> AnalysedMessage:
    """Analyse the core of a message that is in Arabic, or of which its courtesies alone ask something in Arabic."""
    core = find_core(whole)
    text = core.text
    # «من فضلك» has a word that asks elsewhere.
    if core.removed and (glossed := gloss(text)) is not text:
        return _with_gloss(message, text, glossed, questions, *core.removed)
    if core.removed and (continuation := _continuation(text, questions)):
        return _continued(message, text, continuation)
    one_word, talk = Reason.ONE_WORD if len(text.words) == 1 else None, find_talk_to_bot(whole, text)
    return _with_question(AnalysedMessage(message, text, one_word, core=core, talk=talk), questions)


def _with_gloss(
    message: str, whole: TokenisedText, glossed: TokenisedText, questions: QuestionAnalyser, *removed: str
) -> AnalysedMessage:
    """Analyse a message in another language by what stands for it in Arabic; courtesies are left out of that."""
    core = find_core(glossed)
    core = replace(core, removed=(*removed, *core.removed))
    one_word, talk = Reason.ONE_WORD if len(whole.words) == 1 else None, find_talk_to_bot(whole, glossed)
    analysed = AnalysedMessage(message, core.text, one_word, core=core, talk=talk)
    return _with_question(analysed, questions)


def interpret(
    message: AnalysedMessage, previous: str | None, index: SearchEngine, questions: QuestionAnalyser
) -> Interpretation:
    """Interpret a message that is put to an index.

    `previous` are the questions before it, one a line, each of which may be a follow-up to the line above.
    """
    if message.talk and not any(map(index.document_frequency, message.talk.doubtful)):
        return Interpretation(message.text.text, message.text.language, reason=message.talk.reason)
    spaced = _put_to(index, message, questions)
    removed = message.core.removed if message.core else ()
    alone = _interpret_alone(spaced, questions, message.text.language, removed)
    # Whoever asks reads the previous question only where the message itself may need it.
    if previous is not None and message.may_depend_on_previous and spaced.may_depend_on_previous:
        before = _previous_question(previous.splitlines(), index, questions)
        if before is not None and (follow_up := _interpret_follow_up(spaced, before, index, questions)):
            is_whole = spaced.dependence is Dependence.JOINED
            return replace(follow_up, removed=removed, alone=alone if is_whole else None)
    return alone


def _continuation(text: TokenisedText, questions: QuestionAnalyser) -> Continuation | None:
    """Return what a text goes on for, with or without openers."""
    lexicon = questions.lexicon
    found = (lexicon.continuations.recognise(text.spoken[at:]) for at in range(text.openers + 1))
    if continuation := next(filter(None, found), None):
        return continuation
    passed = (lexicon.stop_words, lexicon.openers, lexicon.question_fillers)
    is_timeline = text.modes and lexicon.mode_phrases.lacks_subject(Mode.TIMELINE, text.normals, text.modes, passed)
    return Continuation.TIMELINE if is_timeline else None


def _continued(message: str, text: TokenisedText, continuation: Continuation) -> AnalysedMessage:
    if continuation is Continuation.SOURCES:
        return AnalysedMessage(message, text, Reason.SOURCES)
    return AnalysedMessage(message, text, Reason.INCOMPLETE, dependence=Dependence.ALWAYS, continuation=continuation)


def _interpret_follow_up(
    message: AnalysedMessage, before: _Previous, index: SearchEngine, questions: QuestionAnalyser
) -> Interpretation | None:
    """Interpret a message that depends on a previous question; None where that does not complete it."""
    text, language, lexicon = message.text.text, message.text.language, questions.lexicon
    if message.continuation is Continuation.TIMELINE:
        story = replace(before.question, added=None)
        return Interpretation(text, language, story, completed_from=before.asked, mode=Mode.TIMELINE)
    if _wants_more(message):
        page = min(before.page + 1, _MOST_PAGES)
        # As many lines as there are pages: what goes on from this goes on from the last of them.
        lines = "\n".join([before.asked, *[MORE] * (page - 1)])
        return Interpretation(text, language, before.question, completed_from=lines, page=page)
    if message.stripped is None or asks_nothing_of(before.question, message.question, lexicon):
        asked = message.question.answer_type if message.question else None
        return Interpretation(text, language, reason=Reason.INCOMPLETE, completed_from=before.asked, asked=asked)
    # A long chain is shortened behind its first question.
    while len(before.lines) > _MOST_LINES or (len(before.lines) > 1 and len(before.asked) > MOST_CHARACTERS):
        first, _, *others = before.lines
        if (shorter := _previous_question([first, *others], index, questions)) is None:
            return None
        before = shorter
    completed = complete_follow_up(message.stripped, before.question, questions)
    if not completed:
        return None
    question = completed.with_own_terms(lexicon)
    own, reason = (question, None) if question.terms else (None, Reason.INCOMPLETE)
    return Interpretation(text, language, own, reason, completed_from=before.asked)


def _wants_more(message: AnalysedMessage) -> bool:
    question = message.question
    # «شو صار؟» has nothing but «what».
    is_bare_what = question is not None and not question.terms and question.answer_type in _OF_MORE
    return is_bare_what or message.continuation is Continuation.MORE


def _with_question(message: AnalysedMessage, questions: QuestionAnalyser) -> AnalysedMessage:
    """Analyse the question of a message behind its openers."""
    text = message.text.from_word(message.text.openers)
    question = questions.analyse_tokenised(text)
    opening = text.normals[0] if text.words else ""
    is_on_question_word = opening[:1] in CONJUNCTIONS and opening[1:] in questions.lexicon.question_words
    is_continuation = (
        is_on_question_word or message.text.openers > 0 or bool(message.core and message.core.is_continuation)
    )
    dependence = find_dependence(question, questions.lexicon, is_continuation=is_continuation)
    asks = question.answer_type is not None
    goes_on = (asks and is_continuation) or (
        (asks or len(question.words) <= _MOST_NOUNS) and is_joined(question, questions.table)
    )
    if dependence is Dependence.NONE and goes_on:
        # «والشعير؟» asks the same of something else, and nothing by itself.
        dependence = Dependence.JOINED if asks else Dependence.IN_REPLY
    return replace(message, stripped=text, question=question, dependence=dependence, goes_on=goes_on)


def _put_to(index: SearchEngine, message: AnalysedMessage, questions: QuestionAnalyser) -> AnalysedMessage:
    """Put in the spaces missing between words of an index; a message that names a subject of it may stand alone."""
    if message.question is None:
        return message

    def held(word: str) -> float:
        return index.document_frequency(light_stem(word)) if index.vocabulary.words.find(word) is not None else 0.0

    text = without_slips(with_names_by_sound(spelled_as_held(message.text, held), index), index)
    text = text.with_text(split_run_together_words(text, index))
    if text is not message.text:
        message = _with_question(replace(message, text=text), questions)
    if not message.may_depend_on_previous or not message.question:
        return message
    opening = message.text.normals[0]
    if message.goes_on and held(opening) and not held(opening.removeprefix("و")):
        return replace(message, dependence=Dependence.NONE, goes_on=False)
    is_of_same = message.goes_on and message.question.answer_type is None
    if is_of_same or not names_subject_of(index, message.question, questions.table):
        return message
    return replace(message, dependence=Dependence.JOINED if message.goes_on else Dependence.NONE)


def _previous_question(lines: Sequence[str], index: SearchEngine, questions: QuestionAnalyser) -> _Previous | None:
    """Return the last of the previous questions, completed as one that stands alone; None where it is no question."""
    before: _Previous | None = None
    for line in lines:
        message = _put_to(index, analyse_message(line, questions), questions)
        if before is not None and message.may_depend_on_previous and _wants_more(message):
            before = replace(before, page=before.page + 1)
        elif before and (message.continuation or asks_nothing_of(before.question, message.question, questions.lexicon)):
            continue
        else:
            completed = None
            if before and message.stripped and message.may_depend_on_previous:
                completed = complete_follow_up(message.stripped, before.question, questions)
            if before and completed:
                before = _Previous(completed.with_own_terms(questions.lexicon), (*before.lines, line))
            else:
                alone = _interpret_alone(message, questions, message.text.language).question
                before = _Previous(alone, (alone.asked,)) if alone else None
    return before


def _interpret_alone(
    message: AnalysedMessage, questions: QuestionAnalyser, language: str | None, removed: tuple[str, ...] = ()
) -> Interpretation:
    """Interpret a message without regard to previous questions, in the language that it was sent in."""
    question, reason = message.question, message.reason
    if question and message.needs_previous:
        question, reason = None, Reason.INCOMPLETE
    elif question and message.stripped is not message.text:
        question = questions.analyse_tokenised(message.text)
    asked, reply = question if question and question.terms else None, message.courtesy_reply
    text = message.text.text
    return Interpretation(text, language, asked, reason, removed=removed, courtesy_reply=reply, also=message.also)
