"""A small corpus written for these tests, and questions about it."""

import re
from pathlib import Path

ARTICLES = {
    "library.md": """---
title: "افتتاح المكتبة العامة في حي المنارة"
outlet: "صحيفة الضفة"
url: "https://news.example/library"
published: 2026-03-09
---

افتتحت البلدية المكتبة العامة في حي المنارة صباح الأحد الماضي. وتضم المكتبة العامة أربعين ألف كتاب وقاعة للأطفال.

قالت مديرة المكتبة سلمى الحداد إن الإعارة مجانية لسكان المدينة كلهم.
""",
    "tram.md": """---
title: "خط الترام الجديد يربط الميناء بالجامعة"
outlet: "إذاعة الساحل"
url: "https://news.example/tram"
published: 2026-04-02
---

يربط خط الترام الجديد الميناء بالجامعة في اثنتي عشرة دقيقة. وبلغت كلفة خط الترام تسعين مليون دينار.

وأكد وزير النقل أن الترام سيعمل من الخامسة صباحاً حتى منتصف الليل.
""",
    "olives.md": """---
title: "موسم الزيتون يبدأ مبكراً هذا العام"
outlet: "صحيفة الضفة"
published: 2026-05-20
---

بدأ موسم قطف الزيتون في القرى الجبلية قبل موعده بأسبوعين. وعزا المزارعون ذلك إلى حرارة الصيف.
""",
}

MUSEUM = """---
title: "متحف البحر يفتح أبوابه في الميناء القديم"
outlet: "إذاعة الساحل"
url: "https://news.example/museum"
published: 2026-06-01
---

افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء. ويعرض متحف البحر سفينة خشبية عمرها ثلاثة قرون.
"""

QUESTION = "متى افتتحت البلدية المكتبة العامة في حي المنارة؟"
ENGLISH_QUESTION = "When did the public library open?"
QUOTED = "افتتحت البلدية المكتبة العامة في حي المنارة صباح الأحد الماضي."
# The link opens at the quote.
SOURCE = re.compile(
    r"\[افتتاح المكتبة العامة في حي المنارة\]\(https://news\.example/library#:~:text=[A-Za-z0-9.%,]+\) · صحيفة الضفة"
)
TRAM_QUESTION = "كم بلغت كلفة خط الترام الجديد؟"
TRAM_QUOTED = "وبلغت كلفة خط الترام تسعين مليون دينار."
MUSEUM_QUESTION = "ماذا يعرض متحف البحر في الميناء القديم؟"
MUSEUM_QUOTED = "سفينة خشبية عمرها ثلاثة قرون"
NEARBY_QUESTION = "ماذا قال رئيس الوزراء الفرنسي عن موسم الزيتون في إسبانيا؟"
UNSUPPORTED_QUESTION = "من فاز بكأس العالم لكرة القدم عام 1998؟"


def write_corpus(directory: Path) -> Path:
    """Write the corpus into a directory."""
    directory.mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def write_archive(directory: Path) -> Path:
    """Write a corpus with more articles than a page of sources has, and one of more paragraphs than a page has."""
    write_corpus(directory)
    for day in range(1, 18):
        front = f'title: "نشرة اليوم رقم {day}"\noutlet: "The Coast Times"\npublished: 2025-01-{day:02}'
        text = f"---\n{front}\n---\n\nنشرت الجريدة خبر اليوم رقم {day} في صفحتها الأولى.\n"
        (directory / f"bulletin{day:02}.md").write_text(text, encoding="utf-8")
    steps = "\n\n".join(f"المرحلة رقم {number} من بناء السدّ." for number in range(1, 15))
    front = 'title: "كيف بُني سدّ الوادي"\nauthor: "هدى النجار"\nurl: "https://news.example/dam"\npublished: 2024-06-30'
    (directory / "dam.md").write_text(f"---\n{front}\n---\n\n## البداية\n\n{steps}\n", encoding="utf-8")
    return directory
