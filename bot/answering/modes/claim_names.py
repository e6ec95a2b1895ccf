"""Names of a claim: countries, cities, ranks, fractions, and others in their place: «ألمانيا» for «فرنسا».

Other names are compared only by whether a passage has them, in the claim's order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.answering.evidence import Candidate, TermWeights
from bot.answering.knowledge import Lexicon, Spellings
from bot.answering.modes.claim_lines import Line, is_matched
from bot.answering.words import PRONOUNS, RELATIVES
from bot.arabic import is_inflected, light_stem, normal_words


class NameKind(Enum):
    """What is compared with its like alone."""

    COUNTRY = auto()
    CITY = auto()
    RANK = auto()
    FRACTION = auto()


# «الترجي هو اللي …»: whoever stands before a pronoun and one of these did it, and no other.
_WHO = RELATIVES | {"الي", "يلي"}
_ASKS = "ا"
# Chosen: claims and sentences that name more are lists, and what stands in whose place nobody can tell.
_MOST_COMPARED = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a line from one word to another, that included, by kind and by what it names."""

    first: int
    last: int
    kind: NameKind
    key: Spellings | int

    @property
    def words(self) -> range:
        """The numbers of its words."""
        return range(self.first, self.last + 1)


def listed_names(line: Line, lexicon: Lexicon) -> list[Named]:
    """Find the countries, cities, ranks and fractions of a line; a capital is a city and stands for its country."""
    regions, polarity = lexicon.regions, lexicon.polarity
    found = [
        Named(match.start, match.end - 1, kind, match.spellings)
        for names, kind in ((regions.cities, NameKind.CITY), (regions.countries, NameKind.COUNTRY))
        for match in names.find(line.normals)
    ]
    cities = {place for one in found if one.kind is NameKind.CITY for place in one.words}
    found = [one for one in found if one.kind is NameKind.CITY or cities.isdisjoint(one.words)]
    for at, normal in enumerate(line.normals):
        if (rank := polarity.ordinals.get(normal)) is not None:
            found.append(Named(at, at, NameKind.RANK, rank))
        elif (fraction := polarity.fractions.get(normal)) is not None:
            found.append(Named(at, at, NameKind.FRACTION, fraction))
    return found


class NameComparison:
    """Compares the names of one claim with those of passages."""

    def __init__(self, claim: Line, weights: TermWeights, lexicon: Lexicon) -> None:
        self._claim, self._weights, self._lexicon = claim, weights, lexicon
        self._listed = listed_names(claim, lexicon)
        self._claimed = frozenset((one.kind, one.key) for one in self._listed)
        listed = frozenset(at for one in self._listed for at in one.words)
        self._names = [
            at
            for at, word in enumerate(claim.words)
            if word.columns and (at in listed or self._may_be_name(word.normal) or _is_singled_out(claim, at))
        ]
        self._named = dict[int, frozenset[Spellings]]()

    @property
    def region_words(self) -> list[int]:
        """The numbers of the words of the claim's countries and cities."""
        return [at for one in self._listed if isinstance(one.key, tuple) for at in one.words]

    def are_in(self, candidate: Candidate, window: slice) -> bool:
        """Return whether some sentences of a passage, with its title, have every name and every rank of the claim."""
        matches, spans = candidate.window_matches(window), candidate.sentences[window]
        texts = candidate.passage.article.title, candidate.text[spans[0].start : spans[-1].end]
        told = self._lexicon.regions.named([normal for text in texts for normal in normal_words(text)])
        return all(not told.isdisjoint(self._keys(one)) for one in self._listed if isinstance(one.key, tuple)) and all(
            is_matched(self._claim.words[at], matches) for at in self._names
        )

    def are_in_order(self, sentence: Line) -> bool:
        """Return whether a sentence has those names of the claim that it has in their order: who did what to whom."""
        places = [
            next((place for place, told in enumerate(sentence.words) if told.columns & columns), None)
            for columns in (self._claim.words[at].columns for at in self._names)
        ]
        told = [place for place in places if place is not None]
        return told == sorted(told)

    def _may_be_name(self, normal: str) -> bool:
        """Return whether a word of the claim is a given name, or one that no list of words has."""
        lexicon = self._lexicon
        if lexicon.name_words.is_given_name(normal):
            return True
        # «أهذا صحيح» asks.
        if is_inflected(normal) or (normal[0] == _ASKS and normal[1:] in lexicon.function_words):
            return False
        is_listed = self._weights.is_listed_form(normal) or lexicon.dialects.look_up(normal).standard
        is_event = any(light_stem(normal) in side.own for side in lexicon.opposites)
        return normal.isalpha() and not (is_listed or is_event or lexicon.everyday.is_verb(normal))

    def differences(self, candidate: Candidate, sentence: Line) -> Iterator[tuple[Named, Named]]:
        """Yield the names that a passage lacks, each with the name in its place in a sentence.

        A country or a city that the article has anywhere is not among them: it may stand there in other words.
        """
        told = listed_names(sentence, self._lexicon)
        keys, unclaimed = {one.key for one in told}, [one for one in told if (one.kind, one.key) not in self._claimed]
        for asked in self._listed[:_MOST_COMPARED] if unclaimed else ():
            if asked.key in keys:
                continue
            others = [one for one in unclaimed if one.kind is asked.kind][:_MOST_COMPARED]
            agreeing = next((one for one in others if self._share_word(asked, one, sentence)), None)
            if agreeing is None:
                continue
            if isinstance(asked.key, int) or not self._is_in_article(asked, candidate):
                yield asked, agreeing

    def _is_in_article(self, asked: Named, candidate: Candidate) -> bool:
        """Return whether the article of a passage names a country or a city, or the country of a capital."""
        number = candidate.source.number
        if number not in self._named:
            texts = map(normal_words, candidate.passage.surroundings())
            self._named[number] = frozenset[Spellings]().union(*map(self._lexicon.regions.named, texts))
        return not self._keys(asked).isdisjoint(self._named[number])

    def _keys(self, asked: Named) -> frozenset[Spellings]:
        """Return the countries and cities that the words of a name are spellings of: a capital is of both."""
        return self._lexicon.regions.named([self._claim.words[at].normal for at in asked.words])

    def _share_word(self, asked: Named, found: Named, sentence: Line) -> bool:
        """Return whether a word beside both is the same.

        It stands before both or, of a rank, behind both; or what is done stands behind the one, «فرنسا هي اللي وقعت»,
        and before the other, «وقعت ألمانيا».
        """
        claim = self._claim
        before, behind = claim.columns_at(claim.before(asked.first)), claim.columns_at(claim.behind(asked.last))
        told_before = sentence.columns_at(sentence.before(found.first))
        told_behind = sentence.columns_at(sentence.behind(found.last))
        is_before, is_behind = not before.isdisjoint(told_before), not behind.isdisjoint(told_behind)
        match asked.kind:
            case NameKind.FRACTION:
                return is_behind
            case NameKind.RANK:
                return is_before or is_behind
        return is_before or (claim.before(asked.first) is None and not behind.isdisjoint(told_before))


def _is_singled_out(line: Line, at: int) -> bool:
    """Return whether a word is who is said to have done something, and nobody else: «ألمانيا هي اللي وقعت»."""
    pronoun, who, *_ = (*line.normals[at + 1 : at + 3], "", "")
    return pronoun in PRONOUNS and who in _WHO
