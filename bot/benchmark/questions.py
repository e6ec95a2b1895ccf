"""Questions about passages, out of the passages' own words."""

import random
from collections.abc import Sequence

from bot.answering import Lexicon
from bot.arabic import Analyser, words
from bot.benchmark.synthetic import spell

_LEAST_LETTERS = 3
_FEWEST, _MOST = 4, 6
# Of ten questions, the first has a word with a slip in it, the second a word that the corpus lacks.
_EVERY = 10
_SLIP, _UNKNOWN = 0, 1
# Words of the made-up tail of a synthetic corpus have smaller numbers.
_BEYOND = 10_000_000


def make_questions(texts: Sequence[str], analyser: Analyser, lexicon: Lexicon, seed: int) -> list[str]:
    """Make a question of each passage: a question word and four to six words of it, as they stand there.

    One in ten has a slip of typing in a word, and one in ten a word that the corpus does not have.
    """
    chance = random.Random(f"{seed} questions")
    openers = sorted(lexicon.question_words.keys() - lexicon.dialect_words)
    return [_ask(text, chance.choice(openers), turn % _EVERY, analyser, chance) for turn, text in enumerate(texts)]


def _ask(text: str, opener: str, kind: int, analyser: Analyser, chance: random.Random) -> str:
    found = [word for word in words(text) if not analyser.is_stop_word(word.normal)]
    content = [text[word.start : word.end] for word in found if len(word.normal) >= _LEAST_LETTERS] or text.split()
    number = min(chance.randint(_FEWEST, _MOST), len(content))
    chosen = [content[place] for place in sorted(chance.sample(range(len(content)), number))]
    place = chance.randrange(number)
    if kind == _SLIP:
        chosen[place] = _with_slip(chosen[place], chance)
    if kind == _UNKNOWN:
        chosen[place] = spell(_BEYOND + chance.randrange(_BEYOND // 2))
    return f"{opener} {' '.join(chosen)}؟"


def _with_slip(word: str, chance: random.Random) -> str:
    """Let two neighbouring letters change places."""
    place = chance.randrange(max(len(word) - 1, 1))
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
