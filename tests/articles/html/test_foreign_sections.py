import pytest

from tests.articles.conftest import Reading, Write

TEXTS = [
    "بدأت البلدية إصلاح الجسر القديم صباح الأحد، وقالت إن العمل فيه يدوم ثلاثة أشهر كاملة على الأقل.",
    "وتسلك السيارات طريق الساحل حتى ينتهي العمل، وتعود الحافلات إلى مسارها القديم في مطلع الصيف المقبل.",
    "وقالت المهندسة سلمى الحداد إن الأساسات سليمة، وإن الكلفة لن تزيد على مليوني دينار مهما طال العمل.",
    "ويبقى رصيف المشاة مفتوحاً طوال أشهر العمل، وتُنار الطريق ليلاً على نفقة البلدية حتى مطلع الفجر.",
]
OTHER = "أخيراً سيبدأون، وكان جدي ينتظر هذا اليوم منذ كان طفلاً في المدرسة."
COMMENT = "والله المشروع كله سرقة، والمقاول ابن عم الوزير كما يعرف الجميع في البلد."


def texts_of(write: Write, read: Reading, body: str) -> list[str]:
    head = '<meta charset="utf-8"><title>إصلاح الجسر القديم</title>'
    html = f'<!DOCTYPE html><html lang="ar"><head>{head}</head><body>{body}</body></html>'
    return read.texts(write("page.html", html))


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "below",
    [
        f"<h3>التعليقات</h3><p>{COMMENT}</p>",
        f"<h3>3 تعليقات</h3><div><p>{COMMENT}</p></div>",
        f"<div><b>تعليقات القراء:</b></div><div>{COMMENT}</div>",
        f"<div><div>آراء القراء</div><div><p>{COMMENT}</p></div></div>",
        f'<section aria-label="التعليقات"><p>{COMMENT}</p></section>',
        f'<ul class="user-comments"><li>{COMMENT}</li></ul>',
        f'<div itemtype="https://schema.org/Comment"><p>{COMMENT}</p></div>',
        f'<div data-testid="comments"><p>{COMMENT}</p></div>',
        "".join(f"<div><div>خالد</div><div>منذ 3 ساعات</div><p>{each}</p></div>" for each in (COMMENT, OTHER)),
        f"<div><span>أبو خالد</span><p>{COMMENT}</p><button>رد</button></div>",
        f"<p>أبو خالد - منذ 3 ساعات</p><p>{COMMENT}</p><p>سعاد، أمس</p><p>{OTHER}</p>",
        f"<p>{COMMENT}</p><p>أبو خالد - 14/03/2026</p><p>{OTHER}</p><p>سعاد - 15/03/2026</p>",
        f"<blockquote><p>{COMMENT}</p>— أبو خالد (@abukhaled)</blockquote>",
        f'<blockquote><p>{COMMENT}</p><a href="https://x.com/a/status/1">5 مارس</a></blockquote>',
        f"<div><b>تعليقات القراء</b><p><b>خالد:</b> {COMMENT}</p></div>",
        f"<div><h4>أصوات القراء</h4><dl><dt>أبو خالد كتب:</dt><dd>{COMMENT}</dd></dl></div>",
        "".join(f"<table><tr><td><b>[1] خالد</b><br>{each}<br>5/3/2026</td></tr></table>" for each in (COMMENT, OTHER)),
    ],
)
def test_what_readers_wrote_goes(write: Write, read: Reading, below: str) -> None:
    body = f"<div><h1>إصلاح الجسر القديم</h1><div>{paragraphs(TEXTS)}</div>{below}</div>"
    assert texts_of(write, read, body) == TEXTS
    body = f"<article><h1>إصلاح الجسر القديم</h1>{paragraphs(TEXTS)}{below}</article>"
    assert texts_of(write, read, body) == TEXTS


@pytest.mark.parametrize(
    "between",
    [
        '<div><h4>من نفس القسم</h4><a href="/1">خبر آخر من المدينة</a><p>تفاصيل خبر آخر لا شأن له بهذا.</p></div>',
        "<p>تخطى اقتراحات وواصل القراءة</p><p>أخبار لا تفوتك اليوم أبداً</p><p>اقتراحات نهاية</p>",
        "<div><h3>استطلاع</h3><p>هل تؤيد إغلاق الجسر أمام الشاحنات؟</p><label><input type=radio>نعم</label></div>",
        "<form><p>تصلك أخبار المدينة كل صباح في رسالة واحدة.</p><input type=email><button>سجل</button></form>",
        '<div><p>أخبارنا كلها على هاتفك أينما كنت في العالم.</p><a href="/app">حمّل التطبيق</a></div>',
        '<p><a href="/2">حريق محدود قرب الميناء ولا إصابات</a></p>',
        '<p>لآخر أخبارنا على واتساب <a href="https://whatsapp.com/channel/1">من هنا</a>.</p>',
        "".join(
            f'<div><a href="/{n}">حريق محدود قرب الميناء القديم</a><p>تفاصيل حريق لا شأن له بهذا.</p></div>'
            for n in "12"
        ),
    ],
)
def test_what_stands_between_paragraphs_goes_alone(write: Write, read: Reading, between: str) -> None:
    text = paragraphs(TEXTS[:2]) + between + paragraphs(TEXTS[2:])
    assert texts_of(write, read, f"<article><h1>إصلاح الجسر القديم</h1>{text}</article>") == TEXTS


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="post comments-open"><h1>إصلاح الجسر القديم</h1>{paragraphs(TEXTS)}</div>',
        f'<h1>إصلاح الجسر القديم</h1><div><span>الأحد</span><a href="#c">التعليقات</a></div>{paragraphs(TEXTS)}',
        f"<h1>إصلاح الجسر القديم</h1><div><div>التعليقات</div><div>12</div></div><div>{paragraphs(TEXTS)}</div>",
        f"<aside><h3>أحدث التعليقات</h3><p>{COMMENT}</p></aside><div><h1>الجسر القديم</h1>{paragraphs(TEXTS)}</div>",
    ],
)
def test_an_article_stays_whatever_is_called_comments_above_or_around_it(
    write: Write, read: Reading, body: str
) -> None:
    assert texts_of(write, read, body) == TEXTS


def test_names_above_texts_apart_from_the_article_sign_comments(write: Write, read: Reading) -> None:
    items = "".join(f"<li><h5>{name}</h5><p>{text}</p></li>" for name, text in (("خالد", COMMENT), ("سعاد", OTHER)))
    article = f"<div><h1>إصلاح الجسر القديم</h1>{paragraphs(TEXTS)}</div>"
    assert texts_of(write, read, f"{article}<div><h4>تفاعل</h4><ul>{items}</ul></div>") == TEXTS
    within = f"<div><h1>إصلاح الجسر القديم</h1>{paragraphs(TEXTS)}<ul>{items}</ul></div>"
    assert {COMMENT, OTHER} <= {*texts_of(write, read, within)}


def test_a_correction_below_the_article_is_the_papers_word(write: Write, read: Reading) -> None:
    note = "تصحيح: ذكرت نسخة سابقة من هذا الخبر أن الكلفة ثلاثة ملايين، والصحيح أنها مليونان."
    body = f"<div>{paragraphs(TEXTS)}</div><hr><div><em>{note}</em></div><p>© 2026 الجسر. لا يُعاد نشر هذه المادة.</p>"
    assert texts_of(write, read, f"<div><h1>إصلاح الجسر القديم</h1>{body}</div>") == [*TEXTS, note]


def test_an_article_keeps_paragraphs_with_invitations_and_its_list_of_links(write: Write, read: Reading) -> None:
    long = " ".join(TEXTS[:2])
    invited = long.replace("البلدية", '<b><a href="https://whatsapp.com/channel/1">البلدية</a></b>', 1)
    links = "".join(f'<li><a href="/{n}">الوثيقة رقم {n} من ملف الجسر القديم.</a></li>' for n in "123")
    text = f"<p>{invited}</p>{paragraphs(TEXTS[2:3])}<ul>{links}</ul>{paragraphs(TEXTS[3:])}"
    documents = [f"الوثيقة رقم {n} من ملف الجسر القديم." for n in "123"]
    assert texts_of(write, read, f"<article><h1>الجسر</h1>{text}</article>") == [long, TEXTS[2], *documents, TEXTS[3]]


def test_a_list_of_an_articles_own_days_stays(write: Write, read: Reading) -> None:
    days = [f"{day} مارس 2026: أُغلق جزء من الجسر القديم أمام السيارات حتى المساء." for day in (3, 9, 14)]
    rows = "".join(f"<li><b>{day[:13]}</b>{day[13:]}</li>" for day in days)
    text = f"{paragraphs(TEXTS[:2])}<ul>{rows}</ul>{paragraphs(TEXTS[2:])}"
    assert texts_of(write, read, f"<article><h1>الجسر</h1>{text}</article>") == [*TEXTS[:2], *days, *TEXTS[2:]]


def test_lists_stay_in_elements_without_names(write: Write, read: Reading) -> None:
    items = ["تجديد الواجهة الشرقية", "شبكة إنارة كاملة"]
    text = f"{paragraphs(TEXTS[:2])}<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>{paragraphs(TEXTS[2:])}"
    body = f'<div class="_1x"><h1>إصلاح الجسر القديم</h1><div class="_7h">{text}</div></div>'
    assert texts_of(write, read, body) == [*TEXTS[:2], *items, *TEXTS[2:]]
