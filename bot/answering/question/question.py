"""A question analysed: its search terms, the type of answer asked for, its language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import compress, groupby

from bot.answering.asked import NOTHING_ASKED, Asked, AskedReader
from bot.answering.knowledge import ARABIC_IN_LATIN, Background, Lexicon
from bot.answering.question.question_names import AskedName, Equivalent, find_asked_name, find_equivalents
from bot.answering.question.question_type import find_answer_type, find_counted_noun, find_number_noun
from bot.answering.question.standard_words import (
    find_foreign_words,
    find_standard_terms,
    find_standard_words,
    with_borrowed_words,
)
from bot.answering.question.written_words import (
    split_run_together_question_words,
    with_everyday_words,
    without_attached_words,
)
from bot.answering.reasons import AnswerType
from bot.answering.words import Gloss, QuestionWordFinder, TokenisedText, WordTable, request_length, tokenise
from bot.arabic import Analyser, Term, Word
from bot.storage import Memory

_FOCUS_TERMS_A_SIDE = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question's text, its words and search terms in order, and the type of answer that its question word asks for.

    The text has the spaces that its writer left out; the offsets of words and terms are offsets in it. `focus` are the
    terms next to the question word: what is asked about the subject. `defined_terms` are the terms of X in «what is X»
    and «who is X». `equivalents` are its names, numbers and dates with their other spellings. `language` is a tag,
    None for a text without letters. `added` are, in a follow-up question, the terms that it adds to the question
    before it; None in a question that stands alone. `standard_terms` are, by the stem of a dialect word, the terms of
    the standard words that mean the same. `counted` is the noun that «how many» counts, where it is a term, `event` the
    first term behind the question word, `asked_name` the name that is asked for, `asked_for` the kind of answer.
    `gloss` has the message in another language that the text stands for.
    """

    text: str
    words: tuple[Word, ...]
    terms: tuple[Term, ...]
    answer_type: AnswerType | None
    focus: tuple[Term, ...]
    defined_terms: tuple[Term, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()
    language: str | None = None
    added: tuple[Term, ...] | None = None
    counted: Term | None = None
    event: Term | None = None
    asked_name: AskedName | None = None
    asked_for: Asked = NOTHING_ASKED
    standard_terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    gloss: Gloss | None = None

    @property
    def asked(self) -> str:
        """The question as its asker would read it, in whatever language."""
        return self.gloss.source if self.gloss else self.text

    def written(self, term: Term) -> str:
        """Return a term as its asker wrote it, in whatever language; "" where it asks or stands for no word."""
        own = self.text[term.start : term.end]
        return self.gloss.written.get(own, "") if self.gloss else own

    def read(self, term: Term) -> str:
        """Return a term as its asker wrote it, but Arabic in Latin letters as it is read."""
        is_read = self.language == ARABIC_IN_LATIN and not term.normal.isascii()
        return self.text[term.start : term.end] if is_read else self.written(term)

    def written_at(self, start: int, end: int) -> str:
        """Return what stands at `text[start:end]` as its asker wrote it, in whatever language."""
        if self.gloss is None:
            return self.text[start:end]
        own = (self.text[word.start : word.end] for word in self.words if start <= word.start < end)
        # All words of a phrase stand for the same one.
        written = (word for word, _ in groupby(self.gloss.written.get(word, word) for word in own))
        return " ".join(filter(None, written))

    def stems(self, term: Term) -> list[str]:
        """Return the stem of a term, and for a dialect word those of its standard words."""
        return [term.stem, *(one.stem for one in self.standard_terms.get(term.stem, ()))]


@dataclass(frozen=True, slots=True)
class QuestionAnalyser:
    """Analyses questions with the analyser of the index and the word lists of the lexicon."""

    analyser: Analyser
    lexicon: Lexicon
    background: Background
    table: WordTable = field(init=False, repr=False, compare=False)
    # The terms of what dialect words mean.
    _standard: Memory[str, list[Term]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", WordTable(self.lexicon, self.background))
        object.__setattr__(self, "_standard", Memory[str, list[Term]](self.analyser.terms))

    def tokenise(self, text: str) -> TokenisedText:
        """Find the words of a text and recognise its language."""
        return tokenise(text, self.table)

    def analyse(self, text: str, gloss: Gloss | None = None) -> Question:
        """Analyse a cleaned text, of which words may be those of a gloss."""
        found = self.tokenise(text)
        return self.analyse_tokenised(replace(found, gloss=gloss) if gloss else found)

    def analyse_tokenised(self, text: TokenisedText) -> Question:
        """Analyse a tokenised text: stop words, question words and fillers are no terms, repetitions count once."""
        text = text.with_text(split_run_together_question_words(text))
        text = with_everyday_words(without_attached_words(text))
        text, borrowed = with_borrowed_words(text)
        dialect = [*find_standard_words(text), *find_foreign_words(text, borrowed)]
        standard_terms = find_standard_terms(dialect, self.analyser, self._standard)
        question_word = QuestionWordFinder(text).find() or find_number_noun(text.normals, self.lexicon)
        answer_type, defined = find_answer_type(question_word, text)
        excluded = {word.start for word in compress(text.words, text.unsearched)}
        if question_word:
            excluded |= {word.start for word in text.words[question_word.first : question_word.last]}
        excluded |= {word.start for word in text.words[: request_length(text)]}
        excluded |= {word.start for word in text.words if borrowed.get(word.normal) == ()}
        excluded |= {one.word.start for one in dialect if one.is_auxiliary}
        occurrences = [term for term in self.analyser.terms_of(text.words) if term.start not in excluded]
        terms: dict[str, Term] = {}
        for term in occurrences:
            terms.setdefault(term.stem, term)
        phrases = (Equivalent(one.word.start, one.word.end, one.phrases) for one in dialect if one.phrases)
        position = text.words[question_word.first].start if question_word else 0
        before = [term for term in terms.values() if term.start < position]
        behind = list(terms.values())[len(before) :]
        focus = (*before[-_FOCUS_TERMS_A_SIDE:], *behind[:_FOCUS_TERMS_A_SIDE])
        counted = None
        if question_word and answer_type is AnswerType.QUANTITY:
            noun = find_counted_noun(question_word, text)
            counted = next((term for term in terms.values() if term.start == noun), None)
        return Question(
            text.text,
            text.words,
            tuple(terms.values()),
            answer_type,
            focus,
            tuple(dict.fromkeys(terms[term.stem] for term in occurrences if term.start in defined)),
            (*find_equivalents(text, self.analyser.is_stop_word), *phrases),
            text.language,
            standard_terms=standard_terms,
            gloss=text.gloss,
            event=next((term for term in terms.values() if term.start > position), None) if question_word else None,
            counted=counted,
            asked_for=AskedReader(text, question_word, answer_type).read(),
            asked_name=find_asked_name(
                question_word, answer_type, text, {term.start: terms[term.stem] for term in occurrences}
            ),
        )
