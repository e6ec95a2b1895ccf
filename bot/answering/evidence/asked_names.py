"""Names in a passage for a question that asks what somebody or something is called: «ويدعى جيل», «مستشفى سهلول».

And the sentences that name the subject which somebody follows, and those who bear a family name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.candidate import Candidate, MatchedSentence
from bot.answering.evidence.term_weights import TermWeights
from bot.answering.evidence.word_match import CLITIC, SYNONYM, Matcher, Matches
from bot.answering.knowledge import Background, Lexicon, Phrase, noun_forms
from bot.answering.question import Question
from bot.answering.question.question_names import Bearer
from bot.arabic import (
    ACCUSATIVE,
    ARTICLE,
    CONJUNCTIONS,
    DEFINITE_PREPOSITIONS,
    NISBA,
    PREPOSITIONS,
    Term,
    consonant_skeleton,
)
from bot.retrieval import RANKING, SearchEngine

# A word that is not common may be a name where one is to be expected, and a rare one beside another anywhere. Right
# behind the noun without an article it may be twice as usual, «مستشفى سهلول», but for adjectives, «مستشفى ميداني».
_UNCOMMON, _RARE = RANKING.common_word, RANKING.rare_word
_BEHIND_THING = 2 * RANKING.common_word
_BEHIND_NOUN, _BEHIND_TITLE, _LEAST_LETTERS, _TITLE_WORDS = 4, 2, 3, 3
_PRONOUNS = ("ها", "هم", "ه")
_PLURAL, _FEMININE = "ات", "ه"
_QUOTES = "«»\"“”„'‘’:"


class AskedNames:
    """Finds names that answer a question for a name; the question's own do not."""

    def __init__(self, question: Question, lexicon: Lexicon, weights: TermWeights) -> None:
        self._asked = question.asked_name
        self._lexicon, self._naming, self._weights = lexicon, lexicon.name_words, weights
        noun = self._asked.noun if self._asked else None
        self._noun = None if noun is None else question.terms.index(noun)
        # The index does not see «مسرحية» in «مسرحيته».
        self._noun_forms = frozenset(noun_forms([noun.normal.removeprefix(ARTICLE)] if noun else []))
        self._is_who = self._asked is not None and self._asked.is_who
        # «من هي الشركة المنتجة؟» may be any body.
        self._is_institution = noun is not None and noun.normal in self._naming.institutions and not self._is_who
        self._is_general = noun is None or noun.normal in self._naming.general
        # Requiring, weighing and quoting look at the same sentences.
        self._in_sentences = dict[tuple[int, int], bool]()

    def are_missing(self, candidate: Candidate) -> bool:
        """Return whether a name is asked for and no sentence of a candidate that states something has one.

        Whoever did something need not have a name, «قوات الأمن», «تلميذ»; the coach has one.
        """
        asked = self._asked
        if asked is None or (asked.is_who and asked.noun is None):
            return False
        if self._is_titled(candidate):
            return False
        stating = [number for number, asks in enumerate(candidate.asking) if not asks]
        return not (
            any(self.found_in_sentence(candidate, number) for number in stating)
            or (asked.is_who and any(self._has_office(MatchedSentence(candidate, number)) for number in stating))
        )

    def found_in_sentence(self, candidate: Candidate, number: int) -> bool:
        """Return whether a sentence of a candidate, given by number, has a name of the kind that is asked for."""
        place = candidate.source.number, number
        if place not in self._in_sentences:
            found = self._asked is not None and self._has_name(MatchedSentence(candidate, number))
            self._in_sentences[place] = found
        return self._in_sentences[place]

    def _is_titled(self, candidate: Candidate) -> bool:
        """Return whether an article has nothing but a name for its title, and not the question's: «ألفرد نوبل»."""
        source = candidate.source
        normals = [source.vocabulary.words[word] for word in source.title_words.tolist()]
        matches = candidate.heading_word_matches[: len(normals)].max(axis=1, initial=0.0)
        if not 0 < len(normals) <= _TITLE_WORDS or (matches >= RANKING.least_match).any():
            return False
        return all(self._naming.is_given_name(normal) or self._weights.is_rare(normal, _UNCOMMON) for normal in normals)

    def _has_name(self, sentence: MatchedSentence) -> bool:
        bearer = Bearer.EITHER if self._asked is None else self._asked.bearer
        places = range(len(sentence.normals))
        return (
            (bearer is not Bearer.THING and any(self._is_person(sentence, at) for at in self._near_noun(sentence)))
            or (bearer is not Bearer.PERSON and self._has_thing(sentence))
            or any(self._is_introduced(sentence, at) for at in places)
        )

    def _near_noun(self, sentence: MatchedSentence) -> Iterable[int]:
        """Return the positions near the noun whose name is asked for; all where it is missing, or who is asked."""
        places = range(len(sentence.normals))
        nouns = [] if self._is_who else self._noun_places(sentence)
        return [at for at in places if not nouns or any(abs(at - noun) <= _BEHIND_NOUN for noun in nouns)]

    def _noun_places(self, sentence: MatchedSentence) -> list[int]:
        """Return the positions of the noun whose name is asked for."""
        noun, normals = self._noun, sentence.normals
        return [
            at
            for at, normal in enumerate(normals)
            if noun is not None and (normal in self._noun_forms or sentence.has(at, noun))
        ]

    def _is_person(self, sentence: MatchedSentence, at: int) -> bool:
        """Return whether a word is a person's name: a given one, one behind a title, or rare beside another."""
        naming, normal = self._naming, sentence.normals[at]
        # Most words are common, whatever stands before them.
        may_be = naming.is_given_name(normal) or self._weights.is_rare(normal, _UNCOMMON) or sentence.is_capital(at)
        if sentence.own[at] or not may_be:
            return False
        title = self._title_before(sentence, at)
        # «شارع الحبيب بورقيبة» names nobody, «القنصل سالم» whom the question names and does not ask the name of.
        if title is None:
            is_other = at > 0 and sentence.normals[at - 1] in naming.places
        else:
            is_other = sentence.own[title] and self._noun is not None and not sentence.has(title, self._noun)
        if is_other:
            return False
        is_next = sentence.is_next(at) and not sentence.own[at + 1]
        if sentence.is_capital(at):
            return is_next and sentence.is_capital(at + 1)
        return (
            normal in naming.given_names
            # «أكدت سعيدة حقي»: behind a word of saying it is a name beside whatever word.
            or (
                normal in naming.ambiguous_names
                and is_next
                and (title == at - 1 or self._may_be_name(sentence, at + 1, _UNCOMMON))
            )
            or (title is not None and self._begins_name(sentence, at, _UNCOMMON))
            or (is_next and self._begins_name(sentence, at, _RARE) and self._may_be_name(sentence, at + 1, _RARE))
        )

    def _begins_name(self, sentence: MatchedSentence, at: int, most: float) -> bool:
        """Return whether a rare word may begin a name: no further clause, «ولاذ بالفرار»."""
        normal = sentence.normals[at]
        is_word = normal.startswith(CONJUNCTIONS) or normal in self._naming.ambiguous_names
        # «ونقل السائق جريحا».
        is_word |= normal.endswith(ACCUSATIVE) and self._weights.is_listed_form(normal.removesuffix(ACCUSATIVE))
        # «حاول رجال الأمن توقيفه».
        pronoun = next(filter(sentence.written(at).endswith, _PRONOUNS), "")
        is_word |= bool(pronoun) and self._weights.is_listed_form(normal.removesuffix(pronoun))
        return not is_word and self._may_be_name(sentence, at, most)

    def _title_before(self, sentence: MatchedSentence, at: int) -> int | None:
        """Return the position of the title before a name, an adjective between them or none: «المخرج التونسي رشيد»."""
        for one in range(at - 1, max(at - _BEHIND_TITLE, 0) - 1, -1):
            if not sentence.is_next(one):
                return None
            if sentence.normals[one] in self._naming.titles or sentence.normals[one] in self._naming.persons:
                return one
            if not sentence.normals[one].startswith(ARTICLE) and not self._naming.is_given_name(sentence.normals[one]):
                return None
        return None

    def _may_be_name(self, sentence: MatchedSentence, at: int, most: float) -> bool:
        """Return whether a word that is not the question's is a given name, or rare enough to be one."""
        normal = sentence.normals[at]
        if sentence.own[at] or not normal.isalpha() or normal.isascii() or len(normal) < _LEAST_LETTERS:
            return False
        return self._naming.is_given_name(normal) or self._weights.is_rare_noun(normal, most)

    def _has_thing(self, sentence: MatchedSentence) -> bool:
        """Return whether a name stands behind the asked noun; in a sentence without it, whether one is marked."""
        places = self._noun_places(sentence)
        if places or self._is_institution:
            return any(self._is_named(sentence, at) for at in places)
        return any(self._stands_alone(sentence, at) for at in range(len(sentence.normals)))

    def _is_named(self, sentence: MatchedSentence, noun: int) -> bool:
        """Return whether a name stands behind a noun, before the next break: «مستشفى سهلول», «السفينة «تيتانيك»»."""
        is_joined = True
        for at in range(noun + 1, min(noun + 1 + _BEHIND_NOUN, len(sentence.normals))):
            if sentence.breaks(at - 1):
                return False
            # «السفينة أمام الميناء» gives no name.
            is_joined &= sentence.is_next(at - 1)
            if self._is_marked(sentence, at):
                return True
            names_noun = at == noun + 1 and self._names_noun(sentence, at)
            if is_joined and (names_noun or self._may_be_name(sentence, at, _UNCOMMON)):
                return True
        return False

    def _names_noun(self, sentence: MatchedSentence, at: int) -> bool:
        """Return whether a word right behind a noun may name it, though it is no rare one: «الكلية الجوية»."""
        normal, noun = sentence.normals[at], sentence.normals[at - 1]
        is_definite, is_nisba = noun.startswith((ARTICLE, *DEFINITE_PREPOSITIONS)), normal.endswith(NISBA)
        if normal.startswith(ARTICLE):
            # «حي الزهور», «الكلية الجوية», not «الشركة المنتجة».
            return not sentence.own[at] and (is_nisba or not is_definite)
        # «جامعات مرموقة»
        is_adjective = noun.endswith(_PLURAL) and normal.endswith(_FEMININE)
        is_construct = not (is_definite or is_nisba or is_adjective)
        return self._is_known(sentence, at) or (is_construct and self._may_be_name(sentence, at, _BEHIND_THING))

    def _stands_alone(self, sentence: MatchedSentence, at: int) -> bool:
        """Return whether a word is a name of something without a noun before it; what did something may be any."""
        if self._is_marked(sentence, at):
            return True
        is_rare = self._is_known(sentence, at) or self._may_be_name(sentence, at, _RARE)
        return is_rare and (self._is_who or self._is_general)

    @staticmethod
    def _is_marked(sentence: MatchedSentence, at: int) -> bool:
        """Return whether a word is quoted, or begins with a Latin capital."""
        return not sentence.own[at] and (sentence.is_quoted(at) or sentence.is_capital(at))

    def _is_known(self, sentence: MatchedSentence, at: int) -> bool:
        return not sentence.own[at] and self._lexicon.known_names.can_begin_with(sentence.normals[at])

    def _is_introduced(self, sentence: MatchedSentence, at: int) -> bool:
        """Return whether a word introduces a name: «ويدعى جيل», «تحت اسم «حريتي»»."""
        if sentence.normals[at] not in self._naming.introducing or not sentence.is_next(at, _QUOTES):
            return False
        return self._is_marked(sentence, at + 1) or self._may_be_name(sentence, at + 1, _UNCOMMON)

    def _has_office(self, sentence: MatchedSentence) -> bool:
        """Return whether a sentence has an office that the question does not: «وزير الصحة»."""
        offices = self._lexicon.definitions.offices
        return any(normal in offices and not own for normal, own in zip(sentence.normals, sentence.own, strict=True))


# Chosen: a shorter sentence is a caption or a heading, a longer one is not read.
_TOLD_WORDS = range(5, 81)
# Chosen: of a subject of more words only names must stand side by side: all words together leave little doubt.
_WHOLE_WORDS = 3
# Measured on two months of an archive and 79 subjects: a lead that names one further on is about something else.
_OPENING_WORDS = 20


class SubjectNames:
    """Finds sentences that name a subject: every word of it, or another name that is known, and one name as a whole."""

    def __init__(self, question: Question, lexicon: Lexicon, background: Background, rarest: int) -> None:
        """`rarest` is the place of the word of the subject that the fewest passages have."""
        self._terms, self._matcher, self._rarest = question.terms, Matcher(lexicon), rarest
        self._lexicon, self._background = lexicon, background
        # What stands for words of another language has neither their order nor the endings of a text.
        self._is_glossed = question.gloss is not None
        joined = [not question.text[one.end : other.start].strip() for one, other in pairwise(self._terms)]
        is_short = len(self._terms) <= _WHOLE_WORDS
        self._pairs = [
            at
            for at, (one, other) in enumerate(pairwise(self._terms))
            if joined[at] and self._is_one_name(one, other, is_short=is_short)
        ]

    def is_about(self, candidate: Candidate, *, is_lead: bool) -> bool:
        """Whether an article is about the subject by its title, or by how a candidate that is its lead begins."""
        opening = candidate.source.words[:_OPENING_WORDS] if is_lead else candidate.source.words[:0]
        named = self._meant(candidate, opening, candidate.word_matches[: len(opening)])
        return bool(self._of_title(candidate)[:, self._rarest].any() or named[:, self._rarest].any())

    def sentences(self, candidate: Candidate) -> Iterator[tuple[int, int]]:
        """Yield the sentences that name the subject, together with the title, each with how many of its words."""
        source, layout = candidate.source, candidate.source.layout
        words, of_title = source.words, self._of_title(candidate)
        title, terms = source.title_and_heading[0]
        title_gaps = [title[one.end : other.start] for one, other in pairwise(terms)]
        for number, (own, asks) in enumerate(zip(layout.words, candidate.asking, strict=True)):
            sentence = range(number, number + 1)
            ends = candidate.text[: candidate.sentences[number].end].endswith(":")
            if asks or ends or candidate.count_words(sentence) not in _TOLD_WORDS:
                continue
            named = self._meant(candidate, words[own], candidate.word_matches[own])
            starts, stops = layout.starts[own], layout.ends[own]
            gaps = [candidate.text[end:start] for end, start in zip(stops[:-1], starts[1:], strict=True)]
            is_named = (named.any(axis=0) | of_title.any(axis=0)).all()
            texts = (named, gaps), (of_title, title_gaps)
            if is_named and all(any(self._is_whole(at, *text) for text in texts) for at in self._pairs):
                yield number, int(named.any(axis=0).sum())

    def _is_whole(self, at: int, named: NDArray[np.bool_], gaps: Sequence[str]) -> bool:
        """Whether some words have the terms `at` and behind it side by side, or one word both: «أمريكا»."""
        first, second = named[:, at], named[:, at + 1]
        is_next = np.array([not gap.strip() for gap in gaps], dtype=np.bool_)
        behind = first[:-1] & second[1:]
        if self._is_glossed:
            behind |= second[:-1] & first[1:]
        return bool((first & second).any() or (behind & is_next).any())

    def _of_title(self, candidate: Candidate) -> NDArray[np.bool_]:
        titles = candidate.source.title_words
        return self._meant(candidate, titles, candidate.heading_word_matches[: len(titles)])

    def _meant(self, candidate: Candidate, words: NDArray[np.integer], matches: Matches) -> NDArray[np.bool_]:
        """Return which words mean which terms, (words, terms) bool: no slip, no like spelling, no other ending.

        Synonyms stand for a word of another language alone: news on «الإرهاب» is not all that is «مسلح».
        """
        found, vocabulary = matches >= SYNONYM, candidate.source.vocabulary
        stems = [{term.stem, term.without_proclitic} for term in self._terms]
        for row, column in np.argwhere(found).tolist():
            word, term = int(words[row]), self._terms[column]
            stem = vocabulary.forms[int(vocabulary.stems[word])]
            own = {stem, vocabulary.forms[int(vocabulary.stems_without_proclitic[word])]}
            if not own.isdisjoint(stems[column]):
                found[row, column] = self._is_glossed or _is_same_form(term.normal, vocabulary.words[word])
            elif matches[row, column] >= CLITIC:
                # The subject is known under another name: whole under that, too, so not by one of its own words.
                found[row, column] = all(map(own.isdisjoint, stems))
            else:
                is_synonym = self._is_glossed and matches[row, column] == SYNONYM
                found[row, column] = is_synonym and not self._matcher.likeness(term.stem, stem)
        return found

    def _is_one_name(self, one: Term, other: Term, *, is_short: bool) -> bool:
        """Whether two words of a subject, side by side there, are meant to stand so: not «الرئيس» and his name."""
        definitions = self._lexicon.definitions
        is_kind = any(one.normal.removeprefix(ARTICLE) in words for words in (definitions.kinds, definitions.roles))
        if is_kind:
            return is_short and not self._may_be_name(other)
        return is_short or (self._may_be_name(one) and self._may_be_name(other))

    def _may_be_name(self, term: Term) -> bool:
        is_given = self._lexicon.name_words.is_given_name(term.normal)
        return is_given or not self._background.is_listed(term.stem)


def _is_same_form(asked: str, found: str) -> bool:
    """Whether two words in normal form differ in nothing but what is written onto their beginning, or a tanwin."""
    bare = asked.removeprefix(ARTICLE)
    return found.removesuffix(ACCUSATIVE).endswith(bare.removesuffix(ACCUSATIVE))


# Chosen: a name is frequent that stands so often before the family's, and of all first names there so large a share; a
# word is a family's name where first names are so large a share of the words before it.
_LEAST_BEARINGS, _LEAST_OF_BEARERS, _LEAST_OF_FAMILY = 5, 0.05, 0.2
_JOINED = (*CONJUNCTIONS, *PREPOSITIONS)


def full_names(question: Question, index: SearchEngine, lexicon: Lexicon) -> Iterator[tuple[str, Phrase]]:
    """Yield each family name that is asked about, as written, with the full names of those who bear it in the coverage.

    They are in normal form, the usual ones first: two at least, none of whom the question names.
    """
    is_given, words = lexicon.name_words.is_given_name, index.vocabulary.words
    is_name = index.vocabulary.among(lexicon.name_words.all_given_names)
    normals = [word.normal for word in question.words]
    named = {other for one, other in pairwise(["", *normals]) if is_given(one) or is_given(other)}
    asked = [term for term in question.terms if term.normal not in named]
    index.expect_words_before(term.normal for term in asked)
    for term in asked:
        family: Phrase = (term.normal,)
        before = index.words_before(*family)
        if len(before) < 2 * _LEAST_BEARINGS:
            continue
        # What more than half are stands in the middle.
        usual = int(np.partition(before, len(before) // 2)[len(before) // 2])
        if 2 * np.count_nonzero(before == usual) > len(before) and not is_name[usual]:  # «قايد السبسي»
            family = (words[usual], *family)
            before = index.words_before(*family)
        borne = before[is_name[before]]
        # Most words stand behind no names, and to read words takes longer than to count them.
        if len(borne) < max(2 * _LEAST_BEARINGS, _LEAST_OF_FAMILY * len(before)):
            continue
        bearers = Counter[str]()
        for name, count in Counter(map(words.__getitem__, borne.tolist())).most_common():
            if not (name.startswith(_JOINED) and is_given(name[1:])):
                spelled = (known for known in bearers if consonant_skeleton(known) == consonant_skeleton(name))
                bearers[next(spelled, name)] += count
        least = max(_LEAST_BEARINGS, _LEAST_OF_BEARERS * bearers.total())
        usual_names = [name for name, count in bearers.most_common() if count >= least]
        is_family = bearers.total() >= _LEAST_OF_FAMILY * len(before) and len(usual_names) > 1
        if is_family and not {*bearers, *family[:-1]}.intersection(normals):
            yield from ((question.written(term), (name, *family)) for name in usual_names)
