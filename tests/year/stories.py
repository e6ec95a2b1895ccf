"""Made-up stories about made-up places: a fact each, how members ask for it, and what is near it and lacks it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_THINGS = _words("متحف مستشفى ملعب مرصد مسرح فندق مركز نفق مصنع معهد مطار حصن برج قصر جسر")
_PREFIXES = _words("عين تل وادي مرج كفر دير رأس بئر")
# Places that are nowhere: a name is of three of these letters, in one of these forms.
_LETTERS = "بجحخدرزسشصضطعغفقكلمنه"
_FORMS = ("ال{0}{1}{2}ون", "ال{0}ي{1}و{2}", "ال{0}ا{1}و{2}ة", "ال{0}{1}{2}وش", "ال{0}و{1}ي{2}ة", "ال{0}{1}ا{2}يد")
_FIRST = _words("سليم ناجي هالة رباب مروان عفاف جابر لمى وسيم نهلة")
_LAST = _words("الدهماني السهيلي القرنفلي العبيداني الزعرورة الشمالي البحيري المرجاني الصفدي الوعري")
_TENS = _words("عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين")
_MONTHS = _words("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
_DAYS = _words("الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر")
_CAUSES = (
    "تسرّب في أنابيب المياه",
    "تشقّق في الجدار الشرقي",
    "عطل في شبكة الكهرباء",
    "انهيار جزء من السقف",
    "تأخر في صرف الرواتب",
    "حريق في غرفة المولدات",
)
_NAMES = tuple(map(" ".join, product(_FIRST, _LAST)))
_DATES = tuple(f"{day} من {month}" for day, month in product(_DAYS, _MONTHS))
_FILLERS = (
    "أبدى سكان الحي ارتياحهم لما جرى، وقالوا إنهم انتظروا ذلك منذ سنوات طويلة من الوعود.",
    "تساقطت أمطار خفيفة في المنطقة منذ الصباح، وبقيت الطرق مفتوحة أمام السيارات والحافلات.",
    "دعت الجمعيات الأهلية إلى الحفاظ على الأشجار القديمة في الجوار وعلى نظافة الأرصفة.",
    "أعلن المجلس البلدي أنه سيعقد اجتماعه الدوري في القاعة الكبرى بحضور ممثلين عن الأحياء.",
    "وصلت فرق الصيانة إلى المكان مع معداتها، وبدأت العمل تحت إشراف مهندسين من العاصمة.",
    "طالب أصحاب المتاجر القريبة بتحسين الإنارة ليلاً وبزيادة عدد مواقف السيارات.",
    "حضرت فرقة موسيقية من المدارس المجاورة، وعزفت مقطوعات شعبية أمام الحاضرين.",
    "نشرت الصحف المحلية صوراً قديمة للمكان، وروى كبار السن ما يذكرونه عنه من أيام طفولتهم.",
)


@dataclass(frozen=True)
class Kind:
    """A fact with its place for a value, how it is asked for, and a sentence about the same that lacks it."""

    title: str
    fact: str
    asked: Sequence[str]
    near: str
    values: Sequence[str]


_KINDS = (
    Kind(
        "حسابات {s} أمام الجمهور",
        "بلغت كلفة {s} {v} مليون دينار.",
        ("كم بلغت كلفة {s}؟", "شو كانت كلفة {s}؟", "كلفة {s}", "السلام عليكم، كم كلّف {s} من فضلكم؟"),
        "تناقش البلدية كلفة {s} في جلستها المقبلة، ولم يُعلن أي رقم حتى الآن.",
        _TENS,
    ),
    Kind(
        "إدارة جديدة في {s}",
        "عُيّن {v} مديراً ل{s}.",
        ("من هو مدير {s}؟", "مين مدير {s}؟", "من عُيّن مديراً ل{s}؟", "أريد اسم مدير {s} لو سمحتم"),
        "قال متحدث باسم {s} إن اسم المدير الجديد سيُعلن في الشهر المقبل.",
        _NAMES,
    ),
    Kind(
        "استعدادات في {s}",
        "يفتح {s} أبوابه يوم {v}.",
        ("متى يفتح {s} أبوابه؟", "إيمتى بيفتح {s}؟", "موعد افتتاح {s}", "مرحبا، متى افتتاح {s}؟"),
        "أكد رئيس البلدية أن {s} سيفتح أبوابه قريباً بحضور السكان.",
        _DATES,
    ),
    Kind(
        "جولة داخل {s}",
        "يضم {s} {v} قاعة.",
        ("كم قاعة يضم {s}؟", "كم عدد قاعات {s}؟", "عدد القاعات في {s}", "قديش في قاعات بـ{s}؟"),
        "زار وفد من المهندسين {s} واطّلع على قاعاته الجديدة.",
        _TENS,
    ),
    Kind(
        "إغلاق {s}",
        "أُغلق {s} بسبب {v}.",
        ("لماذا أُغلق {s}؟", "ليش تسكّر {s}؟", "ما سبب إغلاق {s}؟", "سبب إغلاق {s}"),
        "أُغلق {s} يوم الاثنين أمام الزوار، ووُضعت لافتة على الباب.",
        _CAUSES,
    ),
)


@dataclass(frozen=True)
class Story:
    """What is told of a subject: a fact of one kind, and paragraphs around it."""

    number: int
    kind: Kind
    subject: str
    value: str
    around: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of its article."""
        return self.kind.title.format(s=self.subject)

    @property
    def fact(self) -> str:
        """The sentence that answers."""
        return self.kind.fact.format(s=self.subject, v=self.value)

    @property
    def comment(self) -> str:
        """What a reader writes under it."""
        return f"والله {self.subject} كله سرقة ومقاوله ابن عم الوزير والناس ساكتة"

    @property
    def about_comment(self) -> str:
        """A question that only the reader's words answer."""
        return f"هل مقاول {self.subject} ابن عم الوزير؟"

    def question(self, form: int) -> str:
        """Ask for the fact, in one of several forms."""
        return self.kind.asked[form % len(self.kind.asked)].format(s=self.subject)

    def paragraphs(self, *, has_fact: bool = True) -> list[str]:
        """Return the article's text, or that of one near it, which lacks the fact."""
        told = self.fact if has_fact else self.kind.near.format(s=self.subject)
        first, *others = self.around
        return [f"{told} {first}", *others]

    def corrected(self) -> "Story":
        """Return it with another value."""
        values = self.kind.values
        return replace(self, value=values[(values.index(self.value) + 3) % len(values)])


def stories(count: int, chance: random.Random) -> list[Story]:
    """Make stories, each of a subject of its own."""
    made, known = list[Story](), set[str]()
    while len(made) < count:
        letters = chance.sample(_LETTERS, 3)
        if "".join(sorted(letters)) in known:
            continue
        known.add("".join(sorted(letters)))
        kind, number = _KINDS[len(made) % len(_KINDS)], len(made)
        place = f"{chance.choice(_PREFIXES)} {chance.choice(_FORMS).format(*letters)}"
        subject, around = f"{chance.choice(_THINGS)} {place}", tuple(chance.sample(_FILLERS, 4))
        made.append(Story(number, kind, subject, chance.choice(kind.values), around))
    return made
