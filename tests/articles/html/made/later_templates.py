"""Templates that the rules of boxes, cards, pictures and tables were made with, and some that they must leave alone."""
# ruff: noqa: E501 (pages as they are laid out)

import json

from tests.articles.html.made.story import Story, Template, document

_ALL, _PLAIN = "p h2 li quote", "p li quote"


def _split(story: Story, place: int) -> tuple[str, str]:
    parts = story.html().split("\n")
    return "".join(parts[:place]), "".join(parts[place:])


def _cards(story: Story, card: str) -> str:
    """Write headlines of other news with a sentence under each, in a form of `link`, `title` and `text`."""
    return "".join(
        card.format(link=f"/n/{number}", title=other, text=f"قالت مصادر محلية إن {other} مساء أمس، وإن التحقيق مستمر.")
        for number, other in enumerate(story.others)
    )


def block_cards(story: Story) -> str:
    first, rest = _split(story, 5)
    cards = _cards(story, '<li><a href="{link}">{title}</a><div>{text}</div></li>')
    latest = f'<div class="wp-block-group has-background"><p><strong>لا تفوّت</strong></p><ul class="wp-block-posts">{cards}</ul></div>'
    ad = '<div class="td-a-rec"><div>- إعلان -</div><p>عرض خاص: احجز شقتك الآن في أبراج اللؤلؤة بمقدم عشرة في المئة.</p></div>'
    return document(
        story, f'<main><h1>{story.title}</h1><div class="entry-content">{first}{latest}{ad}{rest}</div></main>'
    )


def video_page(story: Story) -> str:
    cards = _cards(
        story,
        '<div class="item"><span>03:21</span><h4><a href="{link}"><img src="v.jpg">{title}</a></h4><p>{text}</p></div>',
    )
    body = f'<div class="player"><video></video></div><h1>{story.title}</h1><div class="desc">{story.html()}</div><div class="next-list"><h3>التالي</h3>{cards}</div>'
    return document(story, body)


def amp(story: Story) -> str:
    first, rest = _split(story, 4)
    ad = "<amp-ad><div placeholder><p>اشتر الآن واحصل على توصيل مجاني لكل الطلبات الكبيرة.</p></div></amp-ad>"
    post = f"<amp-twitter><blockquote placeholder><p>{story.comments[0][1]}</p>{story.comments[0][0]}</blockquote></amp-twitter>"
    caption = '<p class="wp-caption-text">عمال يرفعون السقالات عن الواجهة الشرقية، صباح الأحد.</p>'
    return document(
        story,
        f'<article><h1>{story.title}</h1><div class="amp-content">{first}{ad}{post}{rest}{caption}</div></article>',
    )


def appeals(story: Story) -> str:
    first, rest = _split(story, 6)
    summary = "<div class='smart'><div>✨ ملخص الخبر بالذكاء الاصطناعي</div><p>تتأخر الأعمال عن موعدها سنتين كاملتين، وترتفع كلفتها.</p></div>"
    channel = '<p><b>للانضمام إلى مجموعتنا على واتساب <a href="https://chat.whatsapp.com/abc">من هنا</a></b></p>'
    donate = "<div class='box'><p>يبقى موقعنا حراً بفضل من يدفعون كل شهر ما يستطيعون.</p><a href='/d'>ادعمنا</a></div>"
    return document(
        story,
        f'<main><h1>{story.title}</h1>{summary}<div class="story-body">{first}{channel}{donate}{rest}</div></main>',
    )


def column(story: Story) -> str:
    end = f"<p>*{story.author} كاتب وباحث في شؤون المدن، وله كتابان في تاريخ العمران.</p><p><em>المقالات المنشورة تعبّر عن رأي كاتبها ولا تعكس بالضرورة رأي الصحيفة.</em></p>"
    return document(
        story,
        f'<div class="head"><img src="a.jpg"><h4>{story.author}</h4></div><h1>{story.title}</h1><div class="entry">{story.html()}{end}</div>',
    )


def hashed_list(story: Story) -> str:
    """The writer and the outlet stand in a list above the text."""
    parts = "".join(f'<div class="x-1a2b"><div class="x-3c4d">{part}</div></div>' for part in story.html().split("\n"))
    return document(
        story,
        f'<main><h1 class="x-9z">{story.title}</h1><section class="x-5e6f"><ul role="list"><li>{story.author}</li><li>موقع المنارة العربي</li></ul></section>{parts}</main>',
    )


def cells(story: Story) -> str:
    """Comments fill rows of one cell; above the text a picture with its line, and what a script counts."""
    text = "<br><br>".join(story.texts("p", "li", "quote"))
    rows = "".join(
        f"<tr><td><b>[{number}] {name}</b><br>{text}<br><small>05/03/2026 - 11:0{number}</small></td></tr>"
        for number, (name, text) in enumerate(story.comments, 1)
    )
    body = f"""<table><tr><td>{story.title}</td></tr><tr><td>الخميس 05 مارس 2026 - 10:22 ص | عدد القراءات: 3120 | طباعة</td></tr><tr><td><img src="a.jpg"><br><span class="img-caption">المبنى كما بدا في الشتاء الماضي</span></td></tr>
    <tr><td class="text"><span id="body">{text}</span></td></tr></table><table cellpadding="4">{rows}</table>"""
    return document(story, f"<form>{body}</form>")


def rows(story: Story) -> str:
    """A row signs the comment in the row below it, and a notice ends them."""
    text = "<br><br>".join(story.texts("p", "li", "quote"))
    signed = "".join(
        f"<tr><td><b>الاسم: {name}</b> &nbsp; التاريخ: 0{number}-03-2026</td></tr><tr><td>{text}</td></tr>"
        for number, (name, text) in enumerate(story.comments, 1)
    )
    body = f'<table><tr><td><b>{story.title}</b></td></tr><tr><td>أرسلت في الخميس 05 مارس 2026 بواسطة admin (قراءات: 812)</td></tr><tr><td><p align="justify"><font>{text}</font></p></td></tr></table><table>{signed}</table><center>ما كُتب أعلاه ملك لأصحابه ولسنا مسؤولين عنه.</center>'
    return document(story, body)


def voices(story: Story) -> str:
    notes = "".join(f"<dt>{name} كتب:</dt><dd>{text}</dd>" for name, text in story.comments)
    return document(
        story,
        f'<div id="main"><h1>{story.title}</h1><div class="storybody">{story.html()}</div><div class="col"><h4>أصوات القراء</h4><dl>{notes}</dl></div></div>',
    )


def live(story: Story) -> str:
    texts = story.texts("p", "quote")
    entries = "".join(
        f'<article class="post"><header><time>1{9 - number}:2{number}</time><h2>الخبر رقم {number} من {story.author}</h2><span>{story.author}</span></header><div>{"".join(f"<p>{text}</p>" for text in texts[number * 2 : number * 2 + 2])}</div></article>'
        for number in range((len(texts) + 1) // 2)
    )
    mark = json.dumps({"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": story.title})
    return document(
        story, f"<main><h1>{story.title}</h1>{entries}</main>", f'<script type="application/ld+json">{mark}</script>'
    )


def timeline(story: Story) -> str:
    items = "".join(
        f"<li><span>1{number % 10}:05</span><div><p>{text}</p></div></li>"
        for number, text in enumerate(story.texts("p", "quote"))
    )
    return document(story, f"<main><h1>{story.title}</h1><ul class='timeline'>{items}</ul><div>ع م / ن ح</div></main>")


def endless(story: Story) -> str:
    """Another article stands below, laid out alike."""
    other = "".join(
        f"<p>في خبر آخر أعلنت الهيئة أن {each}، وأن ذلك تم قبل أسبوعين من موعده.</p>" for each in story.others * 2
    )
    boxes = (
        f'<div class="zk3"><h1>{title}</h1><div class="q9a">{text}</div></div>'
        for title, text in ((story.title, story.html()), (story.others[0], other))
    )
    return document(story, "".join(boxes))


def own_parts(story: Story) -> str:
    """The article's own: parts in rows of one class under a title each, and a picture in the text."""
    first, rest = _split(story, 2)
    heading, rest = rest.split("</h2>", 1)
    body = f'<div class="container"><div class="row"><h1>{story.title}</h1></div><div class="row"><div class="col">{first}<img src="a.jpg"></div></div><div class="row"><div class="col">{heading.replace("h2", "h1")}</h1>{rest}</div></div></div>'
    return document(story, body)


LATER_TEMPLATES: dict[str, tuple[Template, str]] = {
    "cards of blocks": (block_cards, _ALL),
    "video page": (video_page, _ALL),
    "AMP": (amp, _ALL),
    "appeals": (appeals, _ALL),
    "column": (column, _ALL),
    "hashed list": (hashed_list, _ALL),
    "cells": (cells, _PLAIN),
    "rows": (rows, _PLAIN),
    "voices": (voices, _ALL),
    "live": (live, "p quote"),
    "timeline": (timeline, "p quote"),
    "endless": (endless, _ALL),
    "own parts": (own_parts, _ALL),
}
