"""What a question asks for: the kind of answer, and the noun of what is counted or bears the name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, pairwise

from bot.answering.reasons import AMOUNTS, AnswerType, AskedKind
from bot.answering.words import QuestionWord, TokenisedText, is_arabic
from bot.arabic import ARTICLE, Kind

_REACH, _REACH_BEFORE, _NEAR, _HEAD = 6, 5, 3, 4
# How far from «اسم» or «شسمه» stands what bears the name.
_BEHIND_NAME, _BEFORE_NAME, _BEFORE_OWN = 3, 4, 8
_CLAUSE_ENDS = frozenset("،,.؛;:!؟?\n")
_WITHIN = "في"
_OF = frozenset({"من", "د", "ديال", "متاع", "تاع"})
_SOMEBODY = frozenset({"واحد", "شخص", "شخصا", "ناس", "نفر"})
# «كم كانت الدرجة».
_WERE = frozenset({"كان", "كانت", "يكون", "تكون"})
# «كان عنده كام سنة».
_OWN = frozenset({"عندو", "عنده", "عندها", "عندهم"})
# A match alone asks for nothing: «الكلب اللي دخل الماتش».
_RESULTS = frozenset({"نتيجه", "سكور", "score"})
_AMR, _KILO, _SQUARE, _DEGREE = "عمرو", "كيلو", "مربع", "درجه"
_KINDS = {kind: AskedKind(kind.value) for kind in Kind if kind.value in set(AskedKind)} | {
    Kind.VOLUME: AskedKind.MEASURE
}
# In which of these an amount is told need not be asked twice.
_MEASURED, _IN = frozenset({Kind.WEIGHT, Kind.LENGTH, Kind.AREA, Kind.MONEY, Kind.TEMPERATURE}), "بال"
_OF_AMOUNTS = frozenset({AnswerType.QUANTITY, AnswerType.MONEY, AnswerType.SHARE})
_OF_SEVERAL = frozenset({AnswerType.THING, AnswerType.PERSON, AnswerType.PLACE})
_TOLD = frozenset({AskedKind.STATEMENT, AskedKind.WHAT_HAPPENED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for; `at` is where its noun stands among the words, None where it has none.

    It `is_sure` where a word of the question says so, and not the question word alone. With `is_newest` the newest of
    it is asked for: «آخر سعر».
    """

    kind: AskedKind
    at: int | None = None
    is_sure: bool = True
    is_newest: bool = False


NOTHING_ASKED = Asked(AskedKind.YES_NO, is_sure=False)
"""Of a text that asks for nothing in particular: at most whether it is so."""


class AskedReader:
    """Reads what one question asks for by the words around its question word, or that head its key words."""

    def __init__(self, text: TokenisedText, word: QuestionWord | None, answer_type: AnswerType | None) -> None:
        self._text, self._word, self._type = text, word, answer_type
        self._word_type = word.answer_type if word else None
        self._normals, self._lexicon = text.normals, text.table.lexicon
        self._words = self._lexicon.asked_words
        self._kinds = list(map(self._words.nouns.kind, self._normals))
        self._is_amount = not _OF_AMOUNTS.isdisjoint((self._word_type, self._type))
        self._first, self._last = (word.first, word.last) if word else (0, 0)
        self._behind = list(self._clause(range(self._last, min(self._last + _REACH, len(self._normals)))))
        is_last = word is not None and not any(map(self._is_content, self._behind))
        # «الوزن قداش؟»: a question word at the end asks about what stands before it.
        reach = self._first if is_last else min(self._first, _REACH_BEFORE)
        self._before = list(self._clause(range(self._first - 1, self._first - reach - 1, -1), is_all=is_last))

    def read(self) -> Asked:
        """Read the kind of answer, by the first rule that has one."""
        amounts = (self._amount_said, self._amount_right_before, self._amount_behind, self._amount_before)
        rules = (self._definition, self._choice, self._rank, self._time, *amounts, self._fixed)
        found = next(filter(None, (rule() for rule in rules)), None) or self._named()
        return replace(found, is_newest=True) if self._asks_newest() else found

    def _asks_newest(self) -> bool:
        """Whether a word asks for what is now, or for the last of what is named behind it: «آخر سعر», not «سعر آخر»."""
        places = range(len(self._normals) - 1)
        is_last = any(self._normals[at] in self._words.last and self._is_content(at + 1) for at in places)
        # «كم ساعة ينام في اليوم» is of any day.
        now = (before for before, normal in pairwise(["", *self._normals]) if normal in self._words.now)
        return is_last or any(before != _WITHIN for before in now)

    def _definition(self) -> Asked | None:
        return Asked(AskedKind.DEFINITION) if self._type is AnswerType.DEFINITION else None

    def _rank(self) -> Asked | None:
        """Read a rank that a word of its own asks for: «طلع الكام»."""
        return None if self._words.ranks.isdisjoint(self._normals) else Asked(AskedKind.RANK)

    def _are_several(self) -> bool:
        """Whether the names of several are asked for: «أسامي الضباط», «ما الدول الخمس»."""
        words = self._words
        counted = words.several if self._word_type in _OF_SEVERAL else frozenset[str]()
        return not (words.lists | counted).isdisjoint(self._normals)

    def _choice(self) -> Asked | None:
        """Read the choice between two things or between yes and no, where the question gives one."""
        places = [at for at in range(1, len(self._normals) - 1) if self._normals[at] in self._words.between]
        if self._word_type is AnswerType.PERSON:
            # «مين استقال، القروي ولا الجريبي؟»
            return Asked(AskedKind.ONE_OF_TWO) if any(at > self._last + 1 for at in places) else None
        if self._word_type not in {None, AnswerType.CHOICE}:
            return None
        is_whether = self._word_type is AnswerType.CHOICE and self._name_word() is None
        if any(self._normals[at + 1] in self._words.neither for at in places) or (is_whether and not places):
            return Asked(AskedKind.YES_NO)
        return Asked(AskedKind.ONE_OF_TWO) if places else None

    def _time(self) -> Asked | None:
        """Read what «when» asks for."""
        if AnswerType.TIME not in {self._type, None if self._is_amount else self._word_type}:
            return None
        near = (*range(self._first, self._last), *self._behind[:_NEAR], *self._before[:2])
        kinds = frozenset(map(self._noun_kind, near))
        found = next((kind for kind in (AskedKind.AGE, AskedKind.TIME_OF_DAY, AskedKind.RANK) if kind in kinds), None)
        around = self._normals[max(self._first - 2, 0) : self._last + 2]
        asks_hour = not self._words.hours.isdisjoint(pairwise(around))
        return Asked(found or (AskedKind.TIME_OF_DAY if asks_hour else AskedKind.DATE))

    def _fixed(self) -> Asked | None:
        """Read what «why» and «where» ask for: no word beside them changes it."""
        if self._word_type is AnswerType.REASON:
            return Asked(AskedKind.REASON)
        return Asked(AskedKind.PLACE) if self._word_type is AnswerType.PLACE else None

    # Amounts.

    def _amount_said(self) -> Asked | None:
        """Read an amount that a word says wherever it stands: «how much … cost», «بالطن»."""
        if not self._is_amount:
            return None
        # «كم مرة»
        if any(unit and unit.kind is AskedKind.TIMES for unit in map(self._unit, range(self._first, self._last))):
            return Asked(AskedKind.TIMES)
        kinds = frozenset((*self._kinds, *map(self._words.verbs.kind, self._normals)))
        if self._text.gloss and AskedKind.MONEY in kinds:
            return Asked(AskedKind.MONEY)
        bare = (normal.removeprefix(_IN) for normal in self._normals if normal.startswith(_IN))
        units = filter(None, map(self._lexicon.quantities.unit, bare))
        measured = next((_KINDS[unit.kind] for unit in units if unit.kind in _MEASURED), None)
        # «مساحته بالمتر المربع».
        is_area = measured is AskedKind.LENGTH and AskedKind.AREA in kinds
        return Asked(AskedKind.AREA if is_area else measured) if measured else None

    def _amount_right_before(self) -> Asked | None:
        """Read what «how many» counts or measures by the noun that it follows: «بنسبة كام», «ترتيبها كم بالعالم»."""
        kind = self._noun_kind(self._first - 1) if self._is_amount and self._first > 0 else None
        return Asked(kind) if kind and kind in AMOUNTS else None

    def _amount_behind(self) -> Asked | None:
        """Read what «how many» counts or measures by what stands behind it."""
        if not self._is_amount:
            return None
        # «شحال د السوايع»: «د» is «of» there, and no dinar.
        named = (at for at in self._behind if self._normals[at] not in _OF)
        behind = [at for at in named if self._is_content(at) or self._amount_kind(at) or self._unit(at)]
        units = {at: self._unit(at) for at in behind if self._may_be_counted(at)}
        is_measured = bool(behind) and units.get(behind[0]) is not None
        counted = None if is_measured else self._counted()
        for at in behind if counted is None else [one for one in behind if one <= counted]:
            if not is_measured and (kind := self._amount_kind(at)):
                return Asked(kind)
            if counted is None and (unit := units.get(at)):
                return unit
        return None if counted is None else Asked(AskedKind.COUNT, counted, is_sure=is_arabic(self._normals[counted]))

    def _may_be_counted(self, at: int) -> bool:
        """Whether a unit is counted: not the months of «كام في الشهر», nor what is definite, «كم اليوم»."""
        if at == self._last:
            return not self._normals[at].startswith(ARTICLE)
        before = self._normals[at - 1]
        # «كم كانت الدرجة», but not «كم كان يوم العاصفة».
        return before in _OF or (before in _WERE and self._normals[at] not in self._lexicon.time_units)

    def _amount_before(self) -> Asked | None:
        """Read what «how many» counts or measures by what stands before it, or else by itself."""
        if not self._is_amount:
            return None
        # «بكم الكتاب؟», but not «بكم يقدر عدد السكان؟»; «بقى بكام» asks for no spell of time.
        is_price = AnswerType.MONEY in {self._type, self._word_type}
        verbs = 0 if is_price else _NEAR
        kinds = (self._amount_kind(at, with_verbs=at >= self._first - verbs) for at in self._before)
        if kind := next(filter(None, kinds), None):
            return Asked(kind)
        content = next(filter(self._is_content, self._behind), None)
        # «بكام في كفر الشيخ»: behind «in» stands no verb.
        near = {*self._behind[:1], *(() if content is None or self._normals[content - 1] == _WITHIN else (content,))}
        is_verb = any(map(self._is_verb, near))
        return Asked(AskedKind.MONEY, is_sure=not is_verb) if is_price else Asked(AskedKind.COUNT, is_sure=False)

    def _amount_kind(self, at: int, *, with_verbs: bool = True) -> AskedKind | None:
        """Return the kind of amount that a word asks for, if any."""
        kind = self._noun_kind(at) or (self._words.verbs.kind(self._normals[at]) if with_verbs else None)
        # What pays in Tunisia ends elsewhere: «قداش خلصت الشركة», «كم خلصت المباراة».
        is_of_match = kind is AskedKind.MONEY and AskedKind.SCORE in self._kinds[at + 1 : at + 2]
        return AskedKind.SCORE if is_of_match else kind if kind in AMOUNTS else None

    def _unit(self, at: int) -> Asked | None:
        """Read a unit behind the question word: of years an age where it is spoken of, of square metres an area."""
        unit = self._lexicon.quantities.unit(self._normals[at])
        if unit is None or unit.kind not in _KINDS:
            return None
        kind, spoken = _KINDS[unit.kind], self._kinds
        is_square = any(normal.startswith(_SQUARE) for normal in self._normals[at + 1 : at + 2])
        match kind:
            case AskedKind.DURATION if AskedKind.AGE in spoken or not _OWN.isdisjoint(self._normals):
                return Asked(AskedKind.AGE)
            case AskedKind.LENGTH if is_square or AskedKind.AREA in spoken:
                return Asked(AskedKind.AREA)
            case AskedKind.WEIGHT if AskedKind.LENGTH in spoken:
                return Asked(AskedKind.LENGTH)
        # «كم كيلو مشت القافلة» measures a way.
        return Asked(kind, is_sure=self._normals[at] != _KILO)

    def _counted(self) -> int | None:
        """Return where the noun stands that is counted: «كم قتيلا», «كم عدد القتلى», «قداش من واحد»."""
        if self._type is not AnswerType.QUANTITY:
            return None
        lexicon = self._lexicon
        of_number = self._first > 0 and self._normals[self._first - 1] in lexicon.number_nouns
        for at in self._behind[:_HEAD]:
            normal = self._normals[at]
            if normal in _SOMEBODY:
                return at
            if normal in lexicon.number_nouns or normal in _OF:
                of_number = True
            elif self._is_content(at):
                is_next = at == self._last and not self._is_verb(at) and not normal.startswith(ARTICLE)
                is_listed = self._kinds[at] or self._words.verbs.kind(normal)
                return at if (of_number or is_next) and not is_listed else None
        return None

    # Names.

    def _named(self) -> Asked:
        """Read what the name is asked of, what happened or was said; of key words, what heads them."""
        name, word_type = self._name_word(), self._word_type
        if name is None and self._word and word_type is not AnswerType.PERSON:
            near = (*range(self._first, self._last), *self._behind[:2], *self._before[:1])
            kinds = [self._words.verbs.kind(self._normals[at]) for at in near]
            if told := next((kind for kind in kinds if kind in _TOLD), None):
                return Asked(told)
        if name is None and word_type is AnswerType.MANNER:
            return Asked(AskedKind.MANNER)
        if self._are_several():
            return Asked(AskedKind.LIST)
        for at in self._bearer_places(name):
            if not (self._is_content(at) or self._normals[at] in self._lexicon.number_nouns):
                continue
            if kind := self._bearer_kind(at, is_named=name is not None):
                return Asked(kind, at)
            # «ما سعر الخبز», «ما درجة الحرارة»; «مصادر التمويل» is another thing.
            if self._word and name is None and self._normals[at].removeprefix(ARTICLE) != _DEGREE:
                break
        if name is None and AnswerType.PERSON in {word_type, self._type}:
            return Asked(AskedKind.PERSON)
        is_thing = name is not None or AnswerType.THING in {word_type, self._type}
        return Asked(AskedKind.NAMED_THING, is_sure=False) if is_thing else NOTHING_ASKED

    def _bearer_kind(self, at: int, *, is_named: bool) -> AskedKind | None:
        """Return the kind of what a word names, or at the head of key words, what it asks for."""
        normal, naming, word_type = self._normals[at], self._lexicon.name_words, self._word_type
        kind = self._noun_kind(at)
        # «نتيجة الانتخابات» is of no match.
        scored = compress(self._normals, (one is AskedKind.SCORE for one in self._kinds))
        is_result = kind is not AskedKind.SCORE or (
            normal.removeprefix(ARTICLE) in _RESULTS and (word_type is None or not _RESULTS.issuperset(scored))
        )
        if kind and is_result and word_type in {None, AnswerType.THING} and not is_named:
            return kind
        if word_type is None and normal in self._lexicon.number_nouns:
            # «عدد المرات»
            return AskedKind.TIMES if AskedKind.TIMES in self._kinds[at + 1 : at + 2] else AskedKind.COUNT
        if not (is_named or self._word):
            return None
        if bearer := self._words.bearers.kind(normal):
            return bearer
        if normal in naming.persons:
            return AskedKind.PERSON
        return AskedKind.NAMED_THING if normal in naming.things else None

    def _name_word(self) -> int | None:
        """Return where a word stands that asks for a name: «اسم», «شسمه», «سموه»."""
        naming = self._lexicon.name_words
        nouns = (naming.nouns, naming.own_nouns, naming.alone, self._words.names)
        for at, normal in enumerate(self._normals):
            is_called = normal in naming.verbs and self._word is not None and abs(at - self._last) < _NEAR
            if is_called or any(normal in words for words in nouns):
                return at
        return None

    def _bearer_places(self, name: int | None) -> list[int]:
        """List where the noun may stand that bears the name, the likeliest first."""
        count = len(self._normals)
        if name is None:
            near = self._behind if any(map(self._is_content, self._behind)) else self._before
            return list(range(min(_HEAD, count))) if self._word is None else near[:_HEAD]
        behind = range(name + 1, min(name + _BEHIND_NAME, count))
        if self._normals[name] in self._lexicon.name_words.own_nouns:
            return [*range(name - 1, max(name - _BEFORE_OWN, 0) - 1, -1), *behind]
        return [*behind, *range(name - 1, max(name - _BEFORE_NAME, 0) - 1, -1)]

    def _noun_kind(self, at: int) -> AskedKind | None:
        """Return the kind that a noun asks for, if any; «رقم المعاملات» is a sum, «عمرو» without «كم» a name."""
        if self._normals[at] == _AMR and not self._is_amount:
            return None
        kind, *behind = self._kinds[at : at + 2]
        return AskedKind.MONEY if kind is AskedKind.IDENTIFIER and AskedKind.MONEY in behind else kind

    def _is_verb(self, at: int) -> bool:
        return any(verbs.is_verb(self._normals[at]) for verbs in (self._lexicon.everyday, self._lexicon.dialects))

    def _is_content(self, at: int) -> bool:
        known = self._text.known[at]
        return not (known.is_function or known.is_filler)

    def _clause(self, places: Sequence[int], *, is_all: bool = False) -> Iterator[int]:
        """Yield places, behind the question word or before it, up to the end of the clause or all."""
        words, text = self._text.words, self._text.text
        for at in places:
            gap = text[words[at - 1].end : words[at].start] if at >= self._last and at else ""
            if at < self._first:
                gap = text[words[at].end : words[at + 1].start]
            if self._word and not is_all and not _CLAUSE_ENDS.isdisjoint(gap):
                return
            yield at
