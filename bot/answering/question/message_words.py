"""The words of a message, each told from the words to search for: courtesies, everyday talk, function words, names."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from bot.answering.knowledge import Lexicon, Phrase
from bot.answering.knowledge.courtesies import GREETING, with_and_without_conjunction
from bot.answering.knowledge.languages import ARABIC
from bot.answering.question.message import TokenisedText
from bot.answering.question.question_type import (
    QuestionWord,
    QuestionWordFinder,
    bare_question_word,
    is_opened_by,
)
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS, light_stem

# They stand by themselves before a word in other letters: «ال match».
_ARTICLES = frozenset({ARTICLE, *DEFINITE_PREPOSITIONS})
_SEPARATORS = frozenset("،,.!؟?؛;:\n…-–—()")
# Without a blank beside it, it joins words: «a-t-il», «كوفيد-19».
_HYPHEN = "-"
_QUOTED = re.compile(r'«[^«»]{1,200}»|“[^“”]{1,200}”|"[^"]{1,200}"')
_OPENING = "«“\"'(["
_DROPPED = " \n\t،,:؛;-–—…"
# «يا أهل الكرم والجود»
_CALL, _LONGEST_CALL = "يا", 4
# «salam khouti»
_LONGEST_FOREIGN = 2
# A courtesy may have one word in four that no list has, what is said of the asker one in three, but none that stands
# where a subject does.
_LEAST_KNOWN, _LEAST_KNOWN_OF_ASKER = 4, 3
_LEAST_TOLD = 2
_BEFORE_SUBJECT = frozenset(
    {
        "عن",
        "علي",
        "ع",
        "حول",
        "في",
        "ف",
        "مع",
        "ب",
        "من",
        "ان",
        "انو",
        "انه",
        "الي",
        "بلي",
        "حكايه",
        "قصه",
        "موضوع",
        "قضيه",
        "خبر",
        "اسم",
        "about",
        "on",
        "of",
        "de",
        "sur",
    }
)
_LAST_LATIN = "\u024f"


class MessageWords:
    """The words of a message; a span is `words[first:last]`, a folded word has each repeated letter once."""

    def __init__(self, text: TokenisedText, lexicon: Lexicon) -> None:
        self.text, self._words = text, text.words
        self.folded = list(map(lexicon.courtesies.folded, text.normals))
        self._latin = [normal[0] <= _LAST_LATIN for normal in text.normals]
        self._lexicon, self._courtesies = lexicon, lexicon.courtesies
        self._question_words = dict[tuple[int, int], QuestionWord | None]()
        self._question_places = QuestionWordFinder.places(text.normals, lexicon)
        quoted = [match.span() for match in _QUOTED.finditer(text.text)]
        self._quoted = {
            position
            for position, word in enumerate(text.words)
            if any(start <= word.start < end for start, end in quoted)
        }

    def __len__(self) -> int:
        return len(self._words)

    def is_quoted(self, first: int, last: int) -> bool:
        """Tell whether a span has words in quotation marks."""
        return not self._quoted.isdisjoint(range(first, last))

    def is_set_off(self, position: int) -> bool:
        """Tell whether a mark or a line break separates a word from the one before; at the ends of the text, always."""
        return not 0 < position < len(self._words) or self._set_off[position]

    @cached_property
    def _set_off(self) -> list[bool]:
        text, gaps = self.text.text, pairwise(self._words)
        between = (text[before.end : word.start] for before, word in gaps)
        return [True, *(marks != _HYPHEN and not _SEPARATORS.isdisjoint(marks) for marks in between)]

    def changes_letters(self, position: int) -> bool:
        """Tell whether a word in Latin letters stands beside one in other letters: «slm 3likom متى».

        In a gloss it is a name: «who beat zarina».
        """
        if self.text.gloss or self.is_latin(position - 1) is self.is_latin(position):
            return False
        before, word = self._words[position - 1].normal, self._words[position].normal
        if before in _ARTICLES:
            return False
        is_letter = before[-1].isalpha() or before[0].isalpha() or self._is_letter(position - 1)
        return is_letter and word[0].isalpha()

    def is_latin(self, position: int) -> bool:
        """Tell whether a word is in Latin letters, accents included, or in the digits of Arabizi."""
        return self._latin[position]

    def is_foreign_article(self, position: int) -> bool:
        """Tell whether a word is an article of another language: «la campagne» names something."""
        return any(self._words[position].normal in one.articles for one in self._lexicon.glossaries.values())

    def content(self, positions: Iterable[int]) -> int:
        """Count the words to search for."""
        return sum(not self._grammar[position] for position in positions)

    def begins_question(self, first: int, last: int) -> bool:
        """Tell whether a span begins with a question word, or with one behind a preposition: «في أي عام»."""
        found = self._question_word(first, last)
        return found is not None and is_opened_by(found, self.text, first, self._lexicon)

    def has_question_word(self, first: int, last: int) -> bool:
        """Tell whether a span has a question word."""
        return self._question_word(first, last) is not None

    def is_talk(self, first: int, last: int) -> bool:
        """Tell whether two words or more are courtesies or everyday words, one a courtesy's alone, and none other."""
        says = sum(word.normal not in self._lexicon.stop_words for word in self._words[first:last])
        return says >= _LEAST_TOLD and self._tells(first, last) and all(map(self.is_known, range(first, last)))

    def is_talk_clause(self, first: int, last: int) -> bool:
        """Tell whether a clause is talk, or says in everyday words something of the asker."""
        if not all(map(self.is_known, range(first, last))):
            return False
        is_personal = not self._courtesies.personal_words.isdisjoint(self.folded[first:last])
        return is_personal or self.is_talk(first, last) or self._is_phrase(tuple(self.folded[first:last]))

    def is_nearly_talk(self, first: int, last: int) -> bool:
        """Tell whether a clause calls somebody, or is a courtesy but for words that can be no subject."""
        unknown = [position for position in range(first, last) if not self.is_known(position)]
        if any(map(self.asks_anywhere, range(first, last))) or self.is_quoted(first, last):
            return False
        if self.is_foreign_article(first):
            return False
        if self._tells(first, last) and last - first <= _LONGEST_FOREIGN and self._is_in_other_letters(first, last):
            return True
        if any(map(self._is_name, unknown)):
            return False
        if self._words[first].normal == _CALL and last - first <= _LONGEST_CALL:
            return True
        is_personal = not self._courtesies.personal_words.isdisjoint(self.folded[first:last])
        least = _LEAST_KNOWN_OF_ASKER if is_personal else _LEAST_KNOWN
        is_talk = len(unknown) * least <= last - first and (is_personal or self._tells(first, last))
        return is_talk and not any(map(self._may_be_subject, unknown))

    def is_known(self, position: int) -> bool:
        """Tell whether a word is one of courtesies, of everyday talk or without a subject; never a name or a number."""
        normal = self._words[position].normal
        if position in self._quoted:
            return False
        if normal[0].isdecimal():
            return self._is_letter(position)
        if self.is_abbreviation(position):
            return False
        written = self.text.written(self._words[position])
        is_common = self._lexicon.languages.is_common(written, self.text.language)
        return is_common or self._courtesies.knows(self.folded[position]) or self._grammar[position]

    def is_function_word(self, position: int) -> bool:
        """Tell whether a word is never searched for: grammar, a filler, a question word."""
        return self._grammar[position]

    @cached_property
    def _grammar(self) -> list[bool]:
        return list(map(self._is_grammar, self.text.normals))

    def is_greeting(self, position: int) -> bool:
        """Tell whether a word set off from the one before it is a greeting by itself."""
        return self.is_set_off(position) and self._courtesies.before.get((self.folded[position],)) == GREETING

    def speaks_to_somebody(self, position: int) -> bool:
        """Tell whether a word ends in the pronoun of several people spoken to."""
        return self._courtesies.speaks_to_somebody(self.folded[position])

    def opens_phrase(self, first: int, last: int) -> bool:
        """Tell whether a listed phrase that may stand behind a question begins at a word, and is no subject."""
        courtesies = self._courtesies
        if not courtesies.may_begin(self.folded[first]):
            return False
        longest = min(last, first + courtesies.longest)
        spans = (tuple(self.folded[first:end]) for end in range(first + _LEAST_TOLD, longest + 1))
        phrases = (phrase for words in spans for phrase in with_and_without_conjunction(words))
        return any(phrase in courtesies.behind and phrase not in courtesies.careful for phrase in phrases)

    def behind(self, position: int) -> str:
        """Return the text between a word and the next one."""
        end = self._words[position + 1].start if position + 1 < len(self._words) else len(self.text.text)
        return self.text.text[self._words[position].end : end]

    def is_abbreviation(self, position: int) -> bool:
        """Tell whether a word is in Latin capitals, «US»."""
        written = self.text.written(self._words[position])
        return written.isascii() and written.isupper() and len(written) > 1

    def written(self, first: int, last: int) -> str:
        """Return a span as it is written, on one line, with the marks that open before it and those behind it."""
        text, start = self.text.text, self._words[first].start if first else 0
        while start and text[start - 1] in _OPENING:
            start -= 1
        end = self._words[last].start if last < len(self._words) else len(text)
        return text[start:end].rstrip(_DROPPED + _OPENING).lstrip(_DROPPED).replace("\n", " ")

    def _is_phrase(self, folded: Phrase) -> bool:
        courtesies = self._courtesies
        return any(
            phrase in courtesies.before or phrase in courtesies.behind
            for phrase in with_and_without_conjunction(folded)
        )

    def _tells(self, first: int, last: int) -> bool:
        return any(map(self._courtesies.tells, self.folded[first:last]))

    def _is_grammar(self, normal: str) -> bool:
        lexicon = self._lexicon
        is_empty = (
            normal in lexicon.stop_words or normal in lexicon.question_fillers or normal in lexicon.dialect_fillers
        )
        return is_empty or bool(bare_question_word(normal, lexicon))

    def asks_anywhere(self, position: int) -> bool:
        """Tell whether a word is a question word wherever it stands, unlike «من» and «ما»."""
        question_word = bare_question_word(self._words[position].normal, self._lexicon)
        return bool(question_word) and question_word not in self._lexicon.initial_question_words

    def _is_in_other_letters(self, first: int, last: int) -> bool:
        """Tell whether a span of an Arabic message is in small Latin letters, «salam khouti»."""
        written = [self.text.written(word) for word in self._words[first:last]]
        return self.text.language == ARABIC and all(word.isascii() and word.islower() for word in written)

    def _is_name(self, position: int) -> bool:
        """Tell whether a word is a number, a name that the lexicon has, or in other letters than the message."""
        normal = self._words[position].normal
        is_foreign = normal.isascii() and self.text.language == ARABIC
        return normal[0].isdecimal() or is_foreign or light_stem(normal) in self._lexicon.names

    def _may_be_subject(self, position: int) -> bool:
        """Tell whether an unknown word stands where the subject of a clause can: first, definite, behind «عن»."""
        is_definite = self.text.written(self._words[position]).startswith(("ال", "وال", "بال", "لل"))
        return not position or is_definite or self._words[position - 1].normal in _BEFORE_SUBJECT

    def _is_letter(self, position: int) -> bool:
        """Tell whether a digit stands for a letter: «3likom», «ya3tikom»."""
        neighbours = self._words[max(position - 1, 0) : position + 2]
        touches = any(first.end == second.start for first, second in pairwise(neighbours))
        return touches and any(word.normal.isascii() and word.normal.isalpha() for word in neighbours)

    def _question_word(self, first: int, last: int) -> QuestionWord | None:
        if first >= last:
            return None
        at = bisect_left(self._question_places, first)
        if at == len(self._question_places) or self._question_places[at] >= last:
            return None
        if (first, last) not in self._question_words:
            self._question_words[first, last] = QuestionWordFinder(self.text, self._lexicon, first, last).find()
        return self._question_words[first, last]
