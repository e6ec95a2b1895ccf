"""A message in another language, word by word in Arabic: what it asks is then understood as an Arabic question is."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, dropwhile, islice, pairwise
from operator import attrgetter

from bot.answering.knowledge import ARABIC_IN_LATIN, UNDETERMINED, Glossary, GlossedRun
from bot.answering.reasons import Mode
from bot.answering.words.message import MOST_CHARACTERS, MOST_WORDS, Gloss, TokenisedText, is_arabic
from bot.answering.words.question_word import QuestionWordFinder
from bot.arabic import ARTICLE, month_number, normalise, without_accents, words

_WHETHER, _IN = "هل", "في"
_ARTICLES = frozenset({"el", "al", "il"})
_MOST_DAYS = 31
# Chosen: of «prix huawei mate 9 tunisie» two of five words are in the glossary.
_LEAST_KNOWN = 0.3
# Chosen: the language of keywords is named, and answered in, where a glossary alone knows so many.
_LEAST_CLEAR = 0.5
# Chosen: what is longer, «LIBRARY», is a word that its asker stresses.
_LONGEST_ABBREVIATION = 4
# Measured: of a line further words are as often another meaning, and answers with them more often wrong.
_MOST_OTHERS = 1
# Chosen, in characters: what stands for a word is seldom longer than it, and never four times so in a whole message.
_LONGEST = 4 * MOST_CHARACTERS
# Chosen: shorter words of other languages are spelled like Arabic ones, «sin», «nes».
_LEAST_BORROWED, _LEAST_FOREIGN = 4, 6
# Chosen: of a question in Arabic one word in three may be a name.
_LEAST_READ = 2 / 3
# Numbers with their signs, «5.2%», and words; a hyphen or an apostrophe parts two of them.
_TYPED = re.compile(r"\d[\d.,:/]*%?(?![^\W\d_])|[^\W_]+")
_PUNCTUATION = re.compile(r"[^\w\s'’-]+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Arabic words, or a name as it is written, and what stood there."""

    text: str
    written: str
    others: tuple[str, ...] = ()
    is_definite: bool = False


def gloss(text: TokenisedText) -> TokenisedText:
    """Return a text in Arabic where it is Arabic in Latin letters or asks in a language that has a glossary.

    Words that the glossary does not know stay, without accents: they are names sooner than anything else. Any other
    text is returned as it is.
    """
    if text.language == ARABIC_IN_LATIN and not text.arabic:
        return _in_arabic(text, list(_spelled(text)), has_pronoun=False)
    glossaries, asking = text.table.lexicon.glossaries, text.table.lexicon.question_words.keys()
    may_be_glossed = not text.arabic or (text.language in glossaries and asking.isdisjoint(text.arabic))
    language = _language(text) if may_be_glossed else _asking_language(text)
    glossary = glossaries.get(language)
    if text.language == UNDETERMINED and not text.arabic and _asks_in_arabic(text, is_sure=glossary is not None):
        return gloss(replace(text, language=ARABIC_IN_LATIN))
    if glossary is None:
        return text
    text = replace(text, language=language_by_glossary(text))
    phrases = _mode_phrases(text, glossary)
    runs = list(_runs_between(text, glossary, phrases))
    # Phrases that ask for a mode are whole unless another word asks something.
    if phrases and any(run.asks and run not in phrases for run in runs):
        runs = list(_runs_between(text, glossary, ()))
    found = _with_dates(list(_pieces(text, runs, glossary)))
    return _in_arabic(text, found, has_pronoun=not glossary.pronouns.isdisjoint(text.normals))


def _in_arabic(text: TokenisedText, found: Sequence[_Piece], *, has_pronoun: bool) -> TokenisedText:
    """Return the text that pieces make, as it is where nothing but function words is left."""
    # Courtesies that are left out leave a comma.
    all_pieces = list(dropwhile(lambda piece: _PUNCTUATION.fullmatch(piece.text) is not None, found))
    # Of a run of ligatures each word is written as all of the run: their number squared.
    ends = list(accumulate(len(piece.text) + 1 for piece in all_pieces))
    pieces = all_pieces[: bisect_left(ends, _LONGEST)]
    arabic = " ".join(piece.text for piece in pieces)
    in_arabic = tuple(islice(words(arabic), MOST_WORDS))
    if not in_arabic:
        # All of it is function words: nothing is asked.
        return text
    written, others, definite = dict[str, str](), dict[str, tuple[str, ...]](), set[str]()
    firsts = [0, *(bisect_left(in_arabic, end, key=attrgetter("start")) for end in ends[: len(pieces)])]
    for piece, (first, last) in zip(pieces, pairwise(firsts), strict=True):
        own = in_arabic[first:last]
        written.update((arabic[word.start : word.end], piece.written) for word in own)
        others.update((word.normal, piece.others) for word in own if piece.others)
        definite.update(word.normal for word in own if piece.is_definite)
    own_gloss = Gloss(text.on_one_line().text, written, others, has_pronoun, frozenset(definite))
    return TokenisedText(arabic, in_arabic, text.language, text.table, own_gloss)


def _asks_in_arabic(text: TokenisedText, *, is_sure: bool) -> bool:
    """Whether a text in no language that is known has a question word of Arabic, and other words of it mostly.

    Where keywords of another language may be meant, the word is a listed one: «mate» is no «متى».
    """
    spellings, asking = text.table.latin_spellings, text.table.lexicon.question_words
    # To read all words takes longer than to look for the listed ones.
    if is_sure and asking.keys().isdisjoint(map(spellings.particles.get, text.normals)):
        return False
    read = list(map(spellings.read, text.normals))
    asks = is_sure or any(words[0] in asking for words in read if words)
    return asks and sum(any(words) for words in read) >= _LEAST_READ * len(read)


def _spelled(text: TokenisedText) -> Iterator[_Piece]:
    """Yield what words in Latin letters stand for in Arabic; numbers and names stay, as do words that are not read."""
    line, end, article = text.on_one_line().text, 0, ""
    for match in _TYPED.finditer(line):
        yield from _punctuation(line[end : match.start()])
        written, end = match.group(), match.end()
        normal = normalise(written)
        if not any(map(str.isalpha, written)):
            yield _Piece(written, written)
            continue
        best, *others = _standard_of(normal, text) or [written]
        # The first word of a message is capital in any case.
        if written[0].isupper() and match.start() and normal not in text.table.latin_spellings.particles:
            best, others = written, []
        if best:
            is_bare = is_arabic(normalise(best)) and not best.startswith(ARTICLE)
            yield _Piece(article + best if is_bare else best, written, tuple(map(normalise, others)))
        article = ARTICLE if normal in _ARTICLES else ""
    yield from _punctuation(line[end:])


def spelled_as_held(text: TokenisedText, held: Callable[[str], float]) -> TokenisedText:
    """Return a text that was in Latin letters with its words as a coverage has them, where it has what they may be."""
    if text.gloss is None or text.language != ARABIC_IN_LATIN:
        return text
    written, others, other_words = dict[str, str](), dict[str, tuple[str, ...]](), dict[str, str]()
    counts = Counter(text.gloss.written.values())
    for own, typed in text.gloss.written.items():
        is_whole = typed.islower() and counts[typed] == 1
        best, *further = (_standard_of(normalise(typed), text, held) if is_whole else []) or [own]
        is_bare = own.startswith(ARTICLE) and not best.startswith(ARTICLE)
        other_words[own] = best = f"{ARTICLE}{best}" if is_bare and is_arabic(normalise(best)) else best or own
        written[best] = typed
        others[normalise(best)] = tuple(map(normalise, further))
    spelled = " ".join(other_words.get(word, word) for word in text.text.split())
    if spelled == text.text:
        return text
    gloss = replace(text.gloss, written=written, others={**text.gloss.others, **others})
    return replace(text.with_text(spelled), gloss=gloss)


def _standard_of(normal: str, text: TokenisedText, held: Callable[[str], float] | None = None) -> list[str]:
    """Return the Arabic words for one in Latin letters, the likeliest first, "" for none; nothing where it is not read.

    Who writes so mixes other languages in. A name is also looked for as it is written, by its sound.
    """
    lexicon, spellings = text.table.lexicon, text.table.latin_spellings
    normal = without_accents(normal)
    read, is_long = spellings.read(normal, held), len(normal) >= _LEAST_BORROWED
    if read and (read[0] in lexicon.function_words or not read[0]):
        return [read[0]]
    glossaries = lexicon.glossaries.values() if is_long and normal.isalpha() else ()
    names, foreign = (
        [own[0].replace("_", " ") for table in tables if (own := table.get(normal))]
        for tables in ([one.names for one in glossaries], [one.words for one in glossaries])
    )
    # «mars» is no planet.
    months = [one for one in foreign if month_number(normalise(one))]
    spelled = [*spellings.spellings(normal)][:1] if is_long and not foreign else []
    # «Slim» is a name, and «camion» no Arabic.
    sure, unsure = (foreign[:1], []) if len(normal) >= _LEAST_FOREIGN else ([], foreign[:1])
    found = [*months[:1], *names[:1], *sure, *(read or spelled), *unsure]
    # What a dialect word means is found for the first alone.
    others = (one for word in found[1:] for one in (word, *lexicon.dialects.look_up(word).standard))
    return [*found[:1], *others, normal] if found else []


def _asking_language(text: TokenisedText) -> str:
    """Return the language in which an Arabic text asks that has no question word of its own: «pourquoi لوبان»."""
    if not 0 < len(text.arabic) < len(text.normals) or QuestionWordFinder(text).find():
        return ""
    glossaries, normals = text.table.lexicon.glossaries, text.normals
    # «WHO» is a body.
    capitals = {word.normal for word in text.words if text.written(word).isupper()}

    def asks(glossary: Glossary) -> bool:
        # At the beginning, or further on what cannot join clauses.
        runs = [run for run in glossary.runs(normals) if run.standard != ()]
        found = (run for at, run in enumerate(runs) if run.asks and (at == 0 or not run.joins))
        return any(capitals.isdisjoint(normals[run.first : run.last]) for run in found)

    asking = [tag for tag, glossary in glossaries.items() if asks(glossary)]
    return max(asking, key=lambda tag: glossaries[tag].known_share(normals), default="")


def language_by_glossary(text: TokenisedText) -> str | None:
    """Return the language of a text, of talk or keywords that of the one glossary which knows the most of its words."""
    if text.language != UNDETERMINED:
        return text.language
    best, *others = _known_shares(text) or [(0.0, "")]
    is_clear = best[0] >= _LEAST_CLEAR and all(best[0] > share for share, _ in others)
    return best[1] if is_clear else UNDETERMINED


def _known_shares(text: TokenisedText) -> list[tuple[float, str]]:
    """Return the share of a text's words that each glossary knows, with its language, the greatest first."""
    glossaries, capitals = text.table.lexicon.glossaries, _abbreviations(text)
    shares = [(glossary.known_share(text.normals, capitals), tag) for tag, glossary in glossaries.items()]
    return sorted(shares, key=lambda one: -one[0])


def _language(text: TokenisedText) -> str:
    """Return the language in which a text is read; of keywords alone that whose glossary knows the most of them."""
    if text.language != UNDETERMINED:
        return text.language or ""
    best, *_ = _known_shares(text) or [(0.0, "")]
    return best[1] if best[0] >= _LEAST_KNOWN else UNDETERMINED


def _mode_phrases(text: TokenisedText, glossary: Glossary) -> list[GlossedRun]:
    """Return the phrases that ask for a mode with what stands for them, «tell me about»; one word does so first.

    «Can you summarize …» has it first as well.
    """
    modes, normals = text.table.lexicon.mode_phrases, text.normals
    found = [one for one in modes.find(normals) if one.mode in modes.glosses and not one.needs_mark]
    opening = next((at for at, normal in enumerate(normals) if glossary.words.get(normal) != ()), 0)
    found = [one for one in found if one.last - one.first > 1 or one.first <= opening]
    # «Articles about fake news»
    subjects = [one for one in found if one.mode is not Mode.CLAIM]
    return [
        GlossedRun(one.first, one.last, (modes.glosses[one.mode].replace(" ", "_"),), asks=True)
        for one in subjects or found
    ]


def _runs_between(text: TokenisedText, glossary: Glossary, phrases: Sequence[GlossedRun]) -> Iterator[GlossedRun]:
    """Yield the runs of a text; phrases, and names of several words that are known, stay whole: «New York»."""
    normals, at = text.normals, 0
    names = [
        GlossedRun(name.start, name.end, None)
        for name in text.table.lexicon.known_names.find(normals)
        if name.end - name.start > 1 and not any(one.first < name.end and name.start < one.last for one in phrases)
    ]
    small, capitals = {word.normal for word in text.words if text.written(word).islower()}, _abbreviations(text)
    for whole in (*sorted((*names, *phrases)), GlossedRun(len(normals), len(normals), None)):
        for run in glossary.runs(normals[at : whole.first], capitals, small):
            yield run._replace(first=run.first + at, last=run.last + at)
        if whole.last > whole.first:
            yield whole
        at = whole.last


def _abbreviations(text: TokenisedText) -> set[str]:
    """Return the words in normal form that are abbreviations: «ICE» is no ice, unless all of it is shouted."""
    if text.text.isupper():
        return set()
    written = ((word.normal, text.written(word)) for word in text.words)
    return {normal for normal, word in written if word.isupper() and 1 < len(word) <= _LONGEST_ABBREVIATION}


def _opening_auxiliary(text: TokenisedText, runs: Sequence[GlossedRun], glossary: Glossary) -> int | None:
    """Return the run of an auxiliary before which nothing but courtesies stands: «hi, did they win?».

    None where nothing stands behind it either.
    """
    for at, run in enumerate(runs):
        if run.standard != ():
            return None
        # «Can you tell me» is a courtesy.
        if "_".join(text.normals[run.first : run.last]) in glossary.auxiliaries:
            return at if any(one.standard != () for one in runs[at:]) else None
    return None


def _pieces(text: TokenisedText, runs: Sequence[GlossedRun], glossary: Glossary) -> Iterator[_Piece]:
    """Yield what stands for each run, with the punctuation between them."""
    asks = {at for at, run in enumerate(runs) if run.asks}
    sure = _sure_to_ask(text, runs)
    auxiliary = _opening_auxiliary(text, runs, glossary) if not asks else None
    end = 0
    for at, run in enumerate(runs):
        start = text.words[run.first].start
        yield from _punctuation(text.text[end:start])
        end = text.words[run.last - 1].end
        # Of a phrase with blanks the longest word: markup may have stood in them. «U.S.» and «COVID-19» stay whole.
        whole = text.text[start:end]
        own = [whole] if len(whole.split()) == 1 else map(text.written, text.words[run.first : run.last])
        # No refusal says that a question word is missing.
        written = "" if run.asks else max(own, key=len)
        if at == auxiliary:
            yield _Piece(_WHETHER, "")
        if run.standard is None:
            for word in text.words[run.first : run.last]:
                name = text.written(word)
                yield _Piece(name if is_arabic(word.normal) else glossary.bare_name(name), name)
        elif run.standard and (at in sure or not run.asks):
            best, *others = run.standard[: 1 + _MOST_OTHERS]
            # Arabic articles have words of other languages as well.
            others += [] if run.last - run.first > 1 else [text.normals[run.first]]
            further = () if run.asks or "_" in best else tuple(map(normalise, others))
            is_definite = glossary.is_definite(text.normals, run.first)
            yield _Piece(best.replace("_", " "), written, further, is_definite)
    yield from _punctuation(text.text[end:])


def _sure_to_ask(text: TokenisedText, runs: Sequence[GlossedRun]) -> set[int]:
    """Return the runs that ask: «when he fell, what …» has one, and «who took over when he fell» the first."""
    asks = [at for at, run in enumerate(runs) if run.asks]
    opening = next((at for at, run in enumerate(runs) if run.standard != ()), 0)
    # «Who is the man who is …»: a phrase that opens the question asks, and within it may join.
    sure = {at for at in asks if not runs[at].joins or (at == opening and runs[at].last - runs[at].first > 1)}
    if sure or not asks[1:]:
        return sure or set(asks)
    first, second = asks[:2]
    between = text.text[text.words[runs[first].first].start : text.words[runs[second].first].start]
    return {second if "," in between else first}


def _with_dates(pieces: list[_Piece]) -> list[_Piece]:
    """Return pieces with the day of each date before its month: «March 7, 2016» is «7 مارس 2016»."""
    for at in range(len(pieces) - 2, -1, -1):
        before, month, (day, *behind) = pieces[at - 1].text if at else "", pieces[at], pieces[at + 1 : at + 3]
        is_day = day.text.isdecimal() and 1 <= int(day.text) <= _MOST_DAYS
        # «In March 20 people …»
        if is_day and month_number(normalise(month.text)) and not before.isdecimal() and before != _IN:
            is_comma = any(piece.text == "," for piece in behind)
            pieces[at : at + 2 + is_comma] = [day, month]
    return pieces


def _punctuation(between: str) -> Iterator[_Piece]:
    """Yield what stands between two words, but for blanks."""
    if mark := "".join(_PUNCTUATION.findall(between)):
        yield _Piece(mark, mark)
