"""Numbers written out in Arabic words, as a careful writer does, to be read back."""

from dataclasses import dataclass

_UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
_STEMS = ["", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]


@dataclass(frozen=True)
class Speller:
    """The endings of the dual and of the tens, and how a hundred is spelled."""

    dual: str = "ان"
    tens: str = "ون"
    hundred: str = "مئة"

    def __call__(self, value: int) -> str:
        """Write a number from 0 to 999,999,999."""
        millions, rest = divmod(value, 1_000_000)
        thousands, rest = divmod(rest, 1000)
        groups = [
            self._scaled(millions, "مليون", "ملايين"),
            self._scaled(thousands, "ألف", "آلاف"),
            self._below_thousand(rest),
        ]
        return " و".join(filter(None, groups)) or "صفر"

    def _scaled(self, count: int, one: str, few: str) -> str:
        if count <= 2:
            return ("", one, one + self.dual)[count]
        if 3 <= count % 100 <= 10:
            return f"{self._below_thousand(count)} {few}"
        return f"{self._below_thousand(count)} {one if count % 100 < 3 else one + 'ا'}"

    def _below_thousand(self, value: int) -> str:
        hundreds, rest = divmod(value, 100)
        hundred = {0: "", 1: self.hundred, 2: self.hundred[:-1] + "ت" + self.dual}.get(hundreds)
        spelled = _STEMS[hundreds] + self.hundred if hundred is None else hundred
        return " و".join(filter(None, [spelled, self._below_hundred(rest)]))

    def _below_hundred(self, value: int) -> str:
        units = [*_UNITS[:2], "اثن" + self.dual, *_UNITS[3:]]
        if value <= 10:
            return units[value]
        tens, unit = divmod(value, 10)
        if tens == 1:
            return f"{['', 'أحد', 'اثن' + self.dual[0], *units[3:]][unit]} عشر"
        ten = ("عشر" if tens == 2 else _STEMS[tens]) + self.tens
        return " و".join(filter(None, [units[unit], ten]))


NOMINATIVE = Speller()
OBLIQUE = Speller("ين", "ين", "مائة")
