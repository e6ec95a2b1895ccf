"""Templates held out: written once the rules of the extraction stood, and not tuned on.

Whoever works on those rules writes templates in more_templates.py, and does not look here for what to write.
"""
# ruff: noqa: E501 (pages as they are laid out)

import json

from tests.articles.html.made.story import Story, Template, document

_ALL, _PLAIN = "p h2 li quote", "p li quote"


def elementor(story: Story) -> str:
    parts = story.html().split("\n")
    comments = "".join(
        f'<li id="li-{number}" class="depth-1"><div class="vcard"><cite class="fn">{name}</cite><a href="#"><time>14 مارس، 2026 عند 9:3{number} م</time></a></div><section><p>{text}</p></section><div class="reply"><a href="#r">رد</a></div></li>'
        for number, (name, text) in enumerate(story.comments)
    )
    body = f"""<div class="elementor elementor-location-header"><ul class="elementor-nav-menu"><li><a href="/">الرئيسية</a></li></ul></div><div class="elementor elementor-location-single">
    <div class="elementor-widget elementor-widget-theme-post-title"><div class="elementor-widget-container"><h1 class="elementor-heading-title">{story.title}</h1></div></div>
    <div class="elementor-widget elementor-widget-theme-post-content"><div class="elementor-widget-container">{"".join(parts[:5])}<div class="code-block"><p>إعلان</p></div>{"".join(parts[5:])}</div></div>
    <div class="elementor-widget elementor-widget-author-box"><div><h4>{story.author}</h4><p>كاتب صحفي يتابع شؤون المدن والبلديات منذ عشرين عاماً، وله كتابان في تاريخ العمران.</p></div></div>
    <div class="elementor-widget elementor-widget-post-comments"><section id="comments-section"><h2 class="title-comments">ثلاث أفكار عن “{story.title}”</h2><ol>{comments}</ol></section></div>
    <div class="elementor-widget elementor-widget-posts"><div class="elementor-posts-container">{"".join(f'<article class="elementor-post"><h3><a href="/n/{number}">{other}</a></h3><div><p>{other} وتفاصيل أخرى…</p></div></article>' for number, other in enumerate(story.others))}</div></div></div>"""
    return document(story, body)


def typo3(story: Story) -> str:
    body = f"""<div id="c1" class="frame frame-default"><div class="news news-single"><div class="article" itemscope="itemscope" itemtype="http://schema.org/Article"><h3 itemprop="headline">{story.title}</h3>
    <div class="news-img-wrap"><figure><img src="a.jpg"><figcaption>المبنى كما بدا في الشتاء الماضي، وقد غطّت السقالات واجهته.</figcaption></figure></div><div class="news-text-wrap">{story.html()}</div>
    <div class="news-backlink-wrap"><a href="/news">عودة</a></div></div></div></div><div id="c2" class="frame frame-tx_pwcomments"><div class="tx-pwcomments"><h4>ماذا يقول قراؤنا</h4>
    {"".join(f'<div class="pw-entry"><p><strong>{name}</strong>, 14.03.2026 11:22</p><p>{text}</p></div>' for name, text in story.comments)}</div></div>"""
    return document(story, body)


def gulf_paper(story: Story) -> str:
    lines = [
        f'<p dir="RTL"><span style="font-size:16px">{text}</span></p><p>&nbsp;</p>'
        for text in story.texts("p", "li", "quote")
    ]
    box = f'<div class="inner-box"><div class="inner-title">مواضيع قد تهمك</div><div class="inner-item"><a href="/n/1"><img src="x.jpg"><span>{story.others[0]}</span></a></div><div class="inner-item"><a href="/n/2"><span>{story.others[1]}</span></a></div></div>'
    app = '<div class="inner-app"><span>تصفح الجريدة على هاتفك</span><a href="/ios"><img src="ios.png"></a></div>'
    body = f"""<div class="top"><ul><li><a href="/">محليات</a></li><li><a href="/e">اقتصاد</a></li></ul></div><div class="details"><div class="details-title">{story.title}</div><div class="details-date">2026/03/14 04:10 م</div>
    <div class="details-text">{"".join(lines[:4])}{box}{"".join(lines[4:])}</div>{app}<div class="tags"><a href="/t/1">بلدية</a><a href="/t/2">ترميم</a></div></div>
    <div class="visitors"><div class="visitors-title">مشاركات الزوار</div>{"".join(f'<div class="visitor"><div class="visitor-name">{name}</div><div class="visitor-text">{text}</div></div>' for name, text in story.comments)}</div>"""
    return document(story, body)


def nuxt_data(story: Story) -> str:
    values = list[object](
        [
            {"data": 1, "state": 2},
            {"article": 3},
            {},
            {"id": 4, "title": 5, "lead": 6, "body": 7, "comments": 8},
            77,
            story.title,
            story.texts("p")[0],
            story.html(),
            [9, 10],
            {"name": 11, "body": 12},
            {"name": 13, "body": 14},
        ]
    )
    values += [part for comment in story.comments[:2] for part in comment]
    script = json.dumps(values, ensure_ascii=False).replace("</", "<\\/")
    return document(
        story,
        f'<div id="__nuxt"><div class="loader"></div></div><script type="application/json" id="__NUXT_DATA__">{script}</script>',
    )


def ruled(story: Story) -> str:
    comments = "".join(
        f"<div><b>{number}) {name}:</b></div><div>{text}</div><hr>"
        for number, (name, text) in enumerate(story.comments, 1)
    )
    text = "".join(f'<div align="right">{text}</div>' for text in story.texts("p", "li", "quote"))
    body = f"""<div><a href="/">الصفحة الرئيسية</a> - <a href="/a">أخبار</a></div><hr><h1>{story.title}</h1><div><i>كتب: {story.author}</i></div>{text}<hr><div><b>تعليقات الزوار (3)</b></div>{comments}<div>الاسم: <input type="text"></div>"""
    return document(story, body)


def comment_list(story: Story) -> str:
    parts = story.html().split("\n")
    items = "".join(f"<li><strong>{name}:</strong> {text}</li>" for name, text in story.comments)
    survey = "<fieldset><legend>سؤال الأسبوع</legend><p>هل تزور وسط المدينة أكثر من مرة في الشهر؟</p><input type='radio'>نعم<input type='radio'>لا<button>أرسل</button></fieldset>"
    body = f"""<div class="wrap"><div class="crumb"><a href="/">الرئيسية</a> &gt; <a href="/l">محليات</a></div><div class="story-page"><h1>{story.title}</h1><div class="story-main">{"".join(parts[:4])}{survey}{"".join(parts[4:])}</div>
    <p class="note">للتواصل مع المحرر: editor@manara.example</p><h5>أحدث التعليقات</h5><ul>{items}</ul></div></div>"""
    return document(story, body)


def video_paper(story: Story) -> str:
    parts = [
        f'<div class="el__leafmedia el__leafmedia--sourced-paragraph"><div class="zn-body__paragraph">{part}</div></div>'
        for part in story.html().split("\n")
    ]
    video = f'<div class="el__embedded"><div class="media__video"><h3>{story.others[3]}</h3><div class="video__end-slate"><a href="/v/1">{story.others[2]}</a></div><div class="duration">02:14</div></div></div>'
    body = f"""<div class="nav-flyout"><a href="/">العالم</a></div><article class="pg-rail-tall"><h1 class="pg-headline">{story.title}</h1><div class="l-container"><section class="zn-body-text">{"".join(parts[:3])}{video}{"".join(parts[3:])}
    <div class="zn-body__paragraph zn-body__footer">ساهم في إعداد هذا التقرير مراسلونا في {story.pieces[2].text.split()[-1]}.</div></section></div></article>
    <div class="spot-im-frame-inpage" data-component="conversation"><div><span>محادثة</span>{"".join(f"<div><div>{name}</div><div>منذ 5 ساعات</div><div>{text}</div><div><span>إعجاب</span><span>رد</span></div></div>" for name, text in story.comments)}</div></div>"""
    return document(story, body)


HELD_OUT: dict[str, tuple[Template, str]] = {
    "Elementor": (elementor, _ALL),
    "TYPO3": (typo3, _ALL),
    "Gulf paper": (gulf_paper, _PLAIN),
    "Nuxt data": (nuxt_data, _ALL),
    "ruled": (ruled, _PLAIN),
    "comment list": (comment_list, _ALL),
    "video paper": (video_paper, _ALL),
}
