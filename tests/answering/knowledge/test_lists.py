"""The lists of config/ as data: nothing stands twice, and whatever stands there is found."""

from collections import Counter
from itertools import chain

import pytest

from bot.answering.question import analyse_message
from bot.arabic import light_stem, normal_words, normalise
from bot.settings import CONFIG
from tests.answering.coverage import QUESTIONS
from tests.answering.knowledge.config_lists import doubles, frequencies, lines, lists, phrases, regional_lists, tables
from tests.answering.question.readings import FOLDER, Reading, allowed

DIALECTS = {name: table for name, table in tables("dialects.toml").items() if isinstance(table, dict)}
# Forms that news has in another sense, and that are not under `ambiguous`: a line may be taken out, never added.
HOMOGRAPHS = FOLDER.parent / "dialect_homographs.txt"
# Per million words of news: rarer ones are rarely met in their other sense.
FREQUENT = 100.0
# Other languages ask in their own words, and Arabic in Latin letters is followed by either.
SUBJECTS = {
    "english": ["the library"],
    "french": ["la bibliothèque"],
    "arabizi": ["المكتبة العامة", "the library"],
}
SENTENCE = "البلدية أغلقت الجسر القديم أمس"


def test_nothing_stands_twice_in_a_list() -> None:
    found = {(one.file, *one.keys): twice for one in lists() if (twice := doubles(one.members))}
    assert found == {}


def test_what_asks_for_a_name_alone_is_a_question_word() -> None:
    alone = QUESTIONS.lexicon.name_words.alone
    read = {word: analyse_message(f"{word} رئيس البلدية الجديد", QUESTIONS).question for word in alone}
    assert [word for word, question in read.items() if question is None or question.answer_type is None] == []


def test_no_region_repeats_what_all_write() -> None:
    repeated = {(one.file, *one.keys): same for one, common in regional_lists() if (same := common & set(one.members))}
    assert repeated == {}


@pytest.mark.parametrize("name", ["background.tsv", "everyday.tsv"])
def test_a_stem_has_one_frequency(name: str) -> None:
    text = (CONFIG / name).read_text(encoding="utf-8")
    assert doubles(line.split("\t")[0] for line in text.splitlines() if not line.startswith("#")) == []


@pytest.mark.parametrize("region", DIALECTS)
@pytest.mark.parametrize("kind", ["verbs", "words"])
def test_a_dialect_form_has_one_line_in_its_region(region: str, kind: str) -> None:
    own, several = (lines(DIALECTS[name][kind]) for name in (region, "several"))
    for side in (1, 0):
        assert doubles(chain.from_iterable(line[side] for line in own)) == []
        said = {form: set(line.standard) for line in several for form in line[side]}
        repeated = [form for line in own for form in line[side] if set(line.standard) <= said.get(form, set())]
        assert repeated == [] or region == "several"
    assert doubles(normalise(DIALECTS[region]["fillers"]).split()) == []


def test_no_ambiguous_word_stands_twice() -> None:
    assert doubles(normalise(tables("dialects.toml")["ambiguous"]).split()) == []


def test_no_new_dialect_form_is_a_frequent_word_of_news_in_another_sense() -> None:
    ambiguous = set(normalise(tables("dialects.toml")["ambiguous"]).split())
    news, known = frequencies(CONFIG / "background.tsv"), set(HOMOGRAPHS.read_text(encoding="utf-8").split())
    found = set[str]()
    for line in (line for table in DIALECTS.values() for kind in ("verbs", "words") for line in lines(table[kind])):
        own = set(map(light_stem, line.standard))
        found |= {
            form
            for form in line.forms
            if form not in ambiguous and light_stem(form) not in own and news.get(light_stem(form), 0.0) >= FREQUENT
        }
    assert found - known == set(), "belongs under `ambiguous` as well"
    assert known - found == set(), f"no longer belongs in {HOMOGRAPHS}"


def test_a_line_of_the_thesaurus_says_what_no_other_does() -> None:
    groups = [frozenset(one.members) for one in lists() if one.file == "thesaurus" and one.members]
    by_word: dict[tuple[str, ...], set[int]] = {}
    for at, group in enumerate(groups):
        for word in group:
            by_word.setdefault(word, set()).add(at)
    alone = [group for group in groups if len(group) < 2]
    within = [group for group in groups if len(set.intersection(*(by_word[word] for word in group))) > 1]
    assert (alone, within) == ([], [])


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_a_form_of_a_glossary_has_one_line(tag: str) -> None:
    glossary = tables(f"glossaries/{tag}.toml")
    common = [form for kind in ("words", "grammar") for line in lines(glossary[kind]) for form in line.forms]
    questions = {form for kind in ("asking", "joining") for line in lines(glossary[kind]) for form in line.forms}
    assert doubles(common) == []
    assert sorted(questions.intersection(common)) == []


def test_a_name_of_the_glossaries_has_one_line() -> None:
    text = (CONFIG / "glossaries" / "names.txt").read_text(encoding="utf-8")
    listed = lines("\n".join(line for line in text.splitlines() if not line.startswith("#")))
    assert doubles(chain.from_iterable(line.forms for line in listed)) == []


@pytest.mark.parametrize("name", ["small_talk", "continuations"])
def test_a_phrase_that_is_a_message_says_what_it_is_listed_for(name: str) -> None:
    listed, missed = Counter[str](), dict[str, list[str]]()
    for kind, region, phrase in phrases(name):
        if kind == "words":
            continue
        # What is small talk as well, «صح», goes on from an answer where it asks.
        read = analyse_message(phrase if name == "small_talk" else f"{phrase}؟", QUESTIONS)
        listed[region] += 1
        goes_on = read.continuation is not None or read.reason == "sources"
        if kind not in {read.reason, read.continuation} and not (name == "small_talk" and goes_on):
            missed.setdefault(region, []).append(phrase)
    assert {region: found for region, found in missed.items() if len(found) > allowed(listed[region])} == {}


@pytest.mark.slow
def test_a_phrase_of_a_mode_tells_it_before_or_behind_its_subject() -> None:
    listed = [one for one in phrases("modes") if one[1] not in {"beside_subject", "unnamed"}]
    missed = list[tuple[str, str, str]]()
    for kind, region, phrase in listed:
        behind = "" if phrase.endswith((" ب", " ل", " ف")) else " "
        messages = (
            *(f"{phrase}{behind}{subject}" for subject in SUBJECTS.get(region, ["المكتبة العامة"])),
            *(f"المكتبة العامة {phrase}", f"{SENTENCE} {phrase}؟", f"{phrase} {SENTENCE}؟"),
        )
        if all(Reading(message).interpretation.mode != kind for message in messages):
            missed.append((kind, region, phrase))
    assert len(missed) <= allowed(len(listed)), missed


def test_no_continuation_is_a_question_word_alone() -> None:
    kinds = (tables("lexicon.toml")[name] for name in ("question_words", "dialect_question_words"))
    asking = {word for kind in kinds for text in kind.values() for word in normalise(text).split()}
    listed = (normalise(phrase).split() for kind, _, phrase in phrases("continuations") if kind != "words")
    assert [words for words in listed if asking.issuperset(words)] == []


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_a_line_of_a_glossary_has_words_that_stand_in_arabic_texts(tag: str) -> None:
    glossary = tables(f"glossaries/{tag}.toml")
    listed = [line for kind in ("words", "grammar", "asking", "joining") for line in lines(glossary[kind])]
    assert sum(len(line.forms) for line in listed) > 10_000
    standard = {word for line in listed for word in line.standard}
    assert [word for word in standard if word.isascii() or "_".join(normal_words(word.replace("_", " "))) != word] == []
    assert {form for form in glossary["auxiliaries"].split() if form not in glossary["dropped"].split()} == set()


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_what_asks_in_a_glossary_asks_in_arabic(tag: str) -> None:
    for line in lines(tables(f"glossaries/{tag}.toml")["asking"]):
        [asking] = line.standard
        question = QUESTIONS.analyse(f"{asking.replace('_', ' ')} افتتاح")
        assert question.answer_type is not None, line
