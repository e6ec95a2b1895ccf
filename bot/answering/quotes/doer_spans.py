"""Spans of who did something where no name tells: behind «على يد», behind the verb, before «هو»."""

from collections.abc import Iterator

from bot.answering.evidence import AskedNames
from bot.answering.knowledge import Lexicon, phrase_length
from bot.answering.quotes.name_extent import CONNECTORS, MOST_WORDS, NISBA, NameExtent
from bot.answering.quotes.quoted_sentence import FoundPositions, Positions, QuotedSentence
from bot.arabic import ARTICLE, PREPOSITIONS

# Chosen: what is added for who stands behind «على يد», and for what opens a sentence that says what it is.
AGENT, _OPENING = 0.2, 0.3
_PRONOUNS = frozenset({"هو", "هي", "وهو", "وهي"})


class DoerSpans:
    """Finds spans of who did something."""

    def __init__(self, names: AskedNames, extent: NameExtent, lexicon: Lexicon) -> None:
        self._names, self._extent, self._lexicon = names, extent, lexicon

    def doers(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield who stands behind «على يد», behind the verb as its subject, or before «هو» that opens a sentence."""
        for at in range(len(sentence.words)):
            is_agent = self.is_agent(sentence, at) and sentence.normals[at - 1] not in _PRONOUNS
            is_subject = (
                at > 0
                and sentence.is_joined(at - 1)
                and sentence.is_event(at - 1)
                and not sentence.normals[at - 1].startswith((ARTICLE, *PREPOSITIONS))
                and sentence.normals[at].startswith(ARTICLE)
            )
            if (
                sentence.normals[at].isalpha()
                and (is_agent or is_subject)
                and not sentence.own[at]
                and not self._extent.ends(sentence, at)
            ):
                last = at
                while last - at < MOST_WORDS and sentence.is_joined(last) and self._goes_on(sentence, last + 1):
                    last += 1
                if last > at or not self._is_title(sentence.normals[at]):
                    yield (at, last), AGENT if is_agent else 0.0
        if (span := self._opening(sentence)) and not any(sentence.own[span[0] : span[1] + 1]):
            yield span, _OPENING

    def _is_title(self, normal: str) -> bool:
        """Tell whether a word says of nobody in particular who he is: «الوزير», «القيادي»."""
        lexicon = self._lexicon
        return normal in lexicon.name_words.persons or normal in lexicon.definitions.offices or normal.endswith(NISBA)

    def _goes_on(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a word goes on with who did something, by a name or an adjective."""
        normal = sentence.normals[at]
        return not sentence.own[at] and (self._extent.goes_on(sentence, at) or normal.startswith(ARTICLE))

    def _opening(self, sentence: QuotedSentence) -> Positions | None:
        """Return the subject that opens a sentence which says what it is: «ألكسندر بيل (1847)، مخترع الهاتف»."""
        last = 0
        while (
            last < MOST_WORDS
            and last + 1 < len(sentence.words)
            and sentence.is_joined(last)
            and sentence.normals[last + 1] not in _PRONOUNS
        ):
            last += 1
        if last >= MOST_WORDS or last + 1 >= len(sentence.words):
            return None
        is_said = sentence.normals[last + 1] in _PRONOUNS or "(" in sentence.gap(last)
        if not is_said or not all(
            self._names.may_continue(sentence.normals[at]) or sentence.normals[at] in CONNECTORS
            for at in range(last + 1)
        ):
            return None
        return 0, last

    def is_agent(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether what somebody stands behind who did something stands before a position."""
        agents = self._lexicon.answer_words.agents
        return any(
            phrase_length(agents, sentence.normals[first:at], 0) == at - first for first in range(max(at - 2, 0), at)
        )
