"""Templates from memory of how systems of news lay out their pages; the rules of the extraction were made with them.

Each is named after what it is like, with the kinds of blocks that its article has on the page.
"""

# ruff: noqa: E501 (pages as they are laid out)

import json
from html import escape

from tests.articles.html.made.story import Story, Template, document

_ALL, _PLAIN = "p h2 li quote", "p li quote"


def _links(story: Story, tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/n/{number}">{other}</a></{tag}>' for number, other in enumerate(story.others))


def _split(html: str) -> tuple[str, str]:
    """Cut an article in two behind a paragraph in its middle."""
    middle = html.index("</p>", len(html) // 3) + len("</p>")
    return html[:middle], html[middle:]


_MENU = '<header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/p">سياسة</a></li><li><a href="/s">رياضة</a></li></ul></nav></header>'
_FOOTER = '<footer><p>جميع الحقوق محفوظة لموقع المنارة 2026</p><ul><li><a href="/about">من نحن</a></li></ul></footer>'


def wordpress_classic(story: Story) -> str:
    comments = "".join(
        f'<li class="comment"><article><footer><b class="fn">{name}</b> <time>منذ ساعتين</time></footer><div class="comment-content"><p>{text}</p></div></article></li>'
        for name, text in story.comments
    )
    body = f"""{_MENU}<div class="td-main-content"><article id="post-7" class="post type-post"><h1 class="entry-title">{story.title}</h1>
    <div class="td-post-author-name">بواسطة <a href="/a">{story.author}</a></div>
    <div class="td-post-content">{story.html()}
    <p>حمّل تطبيق المنارة لتصلك الأخبار العاجلة أولاً بأول.</p>
    <p>ظهرت المقالة <a href="/x">{story.title}</a> أولاً على <a href="/">المنارة</a>.</p></div></article>
    <div class="td_block_related_posts"><h4>مقالات ذات صلة</h4>{_links(story, "div")}</div>
    <div id="comments"><h3>3 تعليقات</h3><ol class="comment-list">{comments}</ol><div id="respond"><h3>اترك رداً</h3><form><textarea></textarea></form></div></div>
    </div>{_FOOTER}"""
    return document(story, body)


def wordpress_blocks(story: Story) -> str:
    comments = "".join(
        f'<li id="comment-{number}"><div class="wp-block-group"><div class="wp-block-comment-author-name">{name}</div><div class="wp-block-comment-content"><p>{text}</p></div></div></li>'
        for number, (name, text) in enumerate(story.comments)
    )
    first, rest = _split(story.html())
    body = f"""{_MENU}<main class="wp-block-group"><h1 class="wp-block-post-title">{story.title}</h1>
    <div class="entry-content wp-block-post-content">{first}
    <div class="wp-block-group has-background"><p>اقرأ أيضاً: <a href="/n/9">{story.others[0]}</a></p></div>{rest}
    <div class="wp-block-jetpack-subscriptions"><p>أدخل بريدك الإلكتروني للاشتراك في هذه المدونة وتلقي إشعارات بالمواضيع الجديدة.</p></div></div>
    <div class="wp-block-comments"><h2 class="wp-block-comments-title">ثلاثة ردود على «{story.title}»</h2><ol class="wp-block-comment-template">{comments}</ol></div>
    <div class="wp-block-query"><h2>المزيد من المقالات</h2><ul>{_links(story)}</ul></div></main>{_FOOTER}"""
    return document(story, body)


def arc(story: Story) -> str:
    first, rest = _split(story.html())
    promo = f'<div class="b-it-promo"><a href="/n"><h2>{story.others[1]}</h2></a><p>{story.comments[0][1]}</p></div>'
    body = f"""{_MENU}<main><h1 class="b-headline">{story.title}</h1><h2 class="b-subheadline">{story.texts("p")[0]}</h2>
    <article class="b-article-body">{first}<div class="b-newsletter-inline"><h3>النشرة اليومية</h3><p>اشترك لتصلك أهم أخبار الصباح في بريدك كل يوم.</p></div>{rest}</article>
    <section class="b-results-list"><h2>آخر الأخبار</h2>{promo}</section></main>{_FOOTER}"""
    return document(story, body)


def drupal_7(story: Story) -> str:
    first, rest = _split(story.html())
    comments = "".join(
        f'<div class="comment"><h3><a href="#c">{text[:20]}</a></h3><div class="submitted">أرسله {name} في خميس, 2026-03-12 10:11</div><div class="content"><p>{text}</p></div></div>'
        for name, text in story.comments
    )
    body = f"""<div id="page">{_MENU}<div id="content"><h1 class="title">{story.title}</h1><div class="node node-article">
    <div class="field field-name-body"><div class="field-items"><div class="field-item even">{first}
    <div class="block-poll"><h2>استطلاع الرأي</h2><p>هل تؤيد رفع الدعم عن الوقود في العام المقبل؟</p><ul><li>نعم أؤيد</li><li>لا أؤيد</li></ul><p>صوّت الآن</p></div>
    {rest}</div></div></div></div>
    <div id="comments" class="comment-wrapper"><h2 class="title">التعليقات</h2>{comments}</div></div>
    <div class="region-sidebar"><h2>الأكثر قراءة</h2><ol>{_links(story)}</ol></div></div>"""
    return document(story, body)


def drupal_9(story: Story) -> str:
    body = f"""<div class="dialog-off-canvas-main-canvas">{_MENU}<main role="main"><div class="region region-content"><article class="node node--type-article node--view-mode-full">
    <h1><span class="field field--name-title">{story.title}</span></h1><div class="node__content"><div class="clearfix text-formatted field field--name-body field__item">{story.html()}</div>
    <section class="field field--name-comment"><h2 class="title">تعليقات</h2>{"".join(f'<article class="js-comment"><footer><p>{name}</p></footer><div class="content"><p>{text}</p></div></article>' for name, text in story.comments)}</section></div></article>
    <div class="views-element-container"><h2>قد يعجبك أيضاً</h2><ul>{_links(story)}</ul></div></div></main>{_FOOTER}</div>"""
    return document(story, body)


def aspnet(story: Story) -> str:
    text = "<br><br>".join(story.texts("p", "li", "quote"))
    rows = "".join(
        f"<tr><td><b>{name}</b> - 14/03/2026</td></tr><tr><td>{text}</td></tr>" for name, text in story.comments
    )
    body = f"""<form id="aspnetForm"><table width="100%"><tr><td class="menu"><a href="a.aspx">الرئيسية</a> | <a href="b.aspx">محليات</a></td></tr>
    <tr><td><span id="ctl00_lblTitle"><h1>{story.title}</h1></span></td></tr><tr><td><span id="ctl00_lblBody">{text}</span></td></tr>
    <tr><td><table id="ctl00_dlComments"><tr><td>تعليقات القراء</td></tr>{rows}</table></td></tr>
    <tr><td>{"<br>".join(f'<a href="n.aspx?id={number}">{other}</a>' for number, other in enumerate(story.others))}</td></tr></table></form>"""
    return document(story, body)


def aljazeera(story: Story) -> str:
    first, rest = _split(story.html())
    related = f'<div class="more-on"><h2 class="more-on__heading">اقرأ أيضا</h2><span class="screen-reader-text">قائمة من 2 عناصر</span><ul><li><span>قائمة 1 من 2</span><a href="/n/1">{story.others[0]}</a></li><li><span>قائمة 2 من 2</span><a href="/n/2">{story.others[1]}</a></li></ul><span>نهاية القائمة</span></div>'
    body = f"""{_MENU}<div class="l-col"><main id="main-content-area"><header class="article-header"><h1>{story.title}</h1></header>
    <div class="article-info"><span>المصدر: وكالات</span></div><div class="wysiwyg wysiwyg--all-content">{first}{related}{rest}</div>
    <div class="article-source">المصدر: الجزيرة + وكالات</div></main><aside><h2>الأكثر قراءة</h2><ol>{_links(story)}</ol></aside></div>{_FOOTER}"""
    return document(story, body)


def bbc(story: Story) -> str:
    paragraphs = story.html().split("\n")
    wrapped = [f'<div dir="rtl" class="bbc-{number:x}x7y">{part}</div>' for number, part in enumerate(paragraphs)]
    recommendations = f"""<section role="region" aria-labelledby="recs" class="bbc-1k5p"><h2 id="recs">قصص مقترحة</h2><a href="#end" class="focusIndicator">تخطى اقتراحات وواصل القراءة</a>
    <ul>{_links(story)}</ul><p id="end" tabindex="-1">اقتراحات نهاية</p></section>"""
    bare = '<div class="bbc-19j"><p>تخطى البودكاست وواصل القراءة</p><p>تستحق الانتباه نهاية</p><p>شرح معمق لقصة بارزة من أخبار اليوم، لمساعدتك على فهم أهم الأحداث حولك وأثرها على حياتك</p><p>الحلقات</p><p>البودكاست نهاية</p></div>'
    app = (
        '<div class="bbc-19k"><p>يمكنكم مشاهدة الحلقات اليومية وتحميل تطبيق بي بي سي لتصلكم الأخبار العاجلة.</p></div>'
    )
    loose = f'<div class="bbc-20"><p><a href="/n/8">{story.others[2]}</a></p><p><a href="/n/7">{story.others[3]}</a></p></div>'
    middle = len(wrapped) // 2
    body = f"""{_MENU}<main role="main"><div class="bbc-ab1"><h1 id="content">{story.title}</h1></div>{"".join(wrapped[:middle])}{recommendations}{"".join(wrapped[middle:-2])}{bare}{loose}{app}{"".join(wrapped[-2:])}</main>
    <section><h2>اخترنا لكم</h2><ul>{_links(story)}</ul></section>{_FOOTER}"""
    return document(story, body)


def amp(story: Story) -> str:
    body = f"""<amp-sidebar id="sb"><ul><li><a href="/">الرئيسية</a></li></ul></amp-sidebar><article><h1>{story.title}</h1><p class="byline">{story.author}</p>
    <amp-img src="a.jpg"></amp-img>{story.html()}<amp-ad width="300"></amp-ad></article>
    <section class="amp-wp-comments"><h3>التعليقات</h3><amp-list>{"".join(f"<div><p>{name}</p><p>{text}</p></div>" for name, text in story.comments)}</amp-list></section><footer><a href="/full">النسخة الكاملة</a></footer>"""
    return document(story, body)


def blogger(story: Story) -> str:
    text = "<br /><br />".join(story.texts("p", "li", "quote"))
    comments = "".join(
        f'<dt class="author">{name} يقول...</dt><dd class="body"><p>{text}</p></dd>' for name, text in story.comments
    )
    body = f"""<div class="main section"><div class="post hentry"><h3 class="post-title">{story.title}</h3><div class="post-body entry-content" dir="rtl">{text}</div>
    <div class="post-footer">مرسلة بواسطة {story.author} في 10:15 ص</div></div><div class="comments"><h4>3 تعليقات:</h4><dl>{comments}</dl></div></div>
    <div class="sidebar"><h2>أرشيف المدونة</h2><ul>{_links(story)}</ul></div>"""
    return document(story, body)


def bare_portal(story: Story) -> str:
    comments = "".join(f"<div><div>{name}</div><div>{text}</div></div>" for name, text in story.comments)
    text = story.html("p h2 li").replace("<p>", "<div>").replace("</p>", "</div>")
    body = f"""<div><div><a href="/">الرئيسية</a> <a href="/l">محليات</a></div><div><h1>{story.title}</h1><div>{text}</div></div>
    <div><div>من نفس القسم</div><div><a href="/n/1">{story.others[0]}</a></div><div>{story.others[1]}، بحسب ما أعلنته مصادر مطلعة مساء أمس.</div></div>
    <div><div>تعليقات القراء</div>{comments}</div></div>"""
    return document(story, body)


def hashed(story: Story) -> str:
    comments = "".join(
        f'<div class="_9xKq2"><span class="_aa1">{name}</span><p class="_Zt8">{text}</p><span>رد</span></div>'
        for name, text in story.comments
    )
    body = f"""<div id="__root"><div class="_3fYt1"><h1 class="_1aBc">{story.title}</h1><div class="_7hGk3">{story.html()}</div><div class="_5tRw"><div class="_2bb">التعليقات (3)</div>{comments}</div></div></div>"""
    return document(story, body)


def plain_comments(story: Story) -> str:
    comments = "".join(f"<p><b>{name}</b> - منذ 3 ساعات</p><p>{text}</p>" for name, text in story.comments)
    text = "".join(f"<div>{part}</div>" for part in story.html().split("\n"))
    body = f"""{_MENU}<div class="box"><h1>{story.title}</h1><div>{text}</div><div><h3>آراء القراء</h3>{comments}<p>أضف تعليقك</p></div></div>{_FOOTER}"""
    return document(story, body)


def live_ticker(story: Story) -> str:
    first, rest = _split(story.html())
    tweet = f'<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{story.comments[0][1]}</p>&mdash; {story.comments[0][0]} (@abu) <a href="https://twitter.com/abu/status/1">March 13, 2026</a></blockquote>'
    body = f"""{_MENU}<div class="breaking-ticker"><span>عاجل</span><div class="ticker-item"><p>{story.others[0]}، والسلطات تفتح تحقيقاً في الحادث.</p></div></div>
    <article><h1>{story.title}</h1><div class="story-text">{first}{tweet}{rest}</div></article>{_FOOTER}"""
    return document(story, body)


def newsletter(story: Story) -> str:
    first, rest = _split(story.html())
    box = '<div class="signup"><h3>نشرة الصباح</h3><p>كل ما يهمك من أخبار المدينة في رسالة واحدة كل صباح.</p><input type="email"><button>اشترك</button><p>بالنقر على زر الاشتراك، فإنك توافق على شروط الاستخدام وسياسة الخصوصية.</p></div>'
    body = f"""{_MENU}<article class="story"><h1>{story.title}</h1><div class="article-content">{first}{box}{rest}
    <div class="poll"><h4>شارك برأيك</h4><p>هل تتوقع أن ينتهي العمل في موعده هذا العام؟</p><label>نعم</label><label>لا</label><p>عدد المصوتين: 1204</p></div></div></article>{_FOOTER}"""
    return document(story, body)


def ai_summary(story: Story) -> str:
    summary = f"<ul><li>{story.comments[1][1]}</li><li>يبدأ العمل في الربيع وينتهي قبل حلول الصيف.</li></ul>"
    body = f"""{_MENU}<article><h1>{story.title}</h1><div class="ai-box"><h3>ملخص بالذكاء الاصطناعي</h3>{summary}<p>أُنشئ هذا الملخص آلياً وقد يحتوي على أخطاء، ويمكنك قراءة النص الكامل أدناه.</p></div>
    <div class="audio">استمع إلى المقال 4 دقائق</div><div class="article__body">{story.html()}</div></article>{_FOOTER}"""
    return document(story, body)


def feed_text(story: Story) -> str:
    """As a text of a feed is laid out for reading; see `page_of`."""
    end = f'<p>The post <a href="/x">{story.title}</a> appeared first on <a href="/">المنارة</a>.</p>'
    return document(story, f"<article><h1>{story.title}</h1>{story.html()}{end}</article>")


def metered(story: Story) -> str:
    start = "".join(f"<p>{text}</p>" for text in story.texts("p")[:2])
    body = f"""{_MENU}<article><h1>{story.title}</h1><div class="article-body">{start}<div class="gate"><p>للاطلاع على بقية الخبر اشترك الآن في النسخة الرقمية من الجريدة.</p></div></div></article>{_FOOTER}"""
    return document(story, body)


def next_data(story: Story) -> str:
    comments = [{"author": name, "body": f"<p>{text}</p>", "text": text} for name, text in story.comments]
    state = {
        "props": {
            "pageProps": {
                "article": {
                    "id": 7,
                    "title": story.title,
                    "description": story.texts("p")[0][:60],
                    "body": story.html(),
                    "comments": comments,
                },
                "related": [
                    {"title": other, "body": f"<p>{other}، بحسب بيان صدر مساء أمس.</p>"} for other in story.others
                ],
            }
        },
        "page": "/news/[id]",
    }
    script = json.dumps(state, ensure_ascii=False).replace("</", "<\\/")
    return document(
        story,
        f'<div id="__next"><div class="spinner"></div></div><script id="__NEXT_DATA__" type="application/json">{script}</script>',
    )


def json_ld(story: Story) -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.day,
        "articleBody": "\n\n".join(story.texts("p", "li", "quote")),
        "comment": [{"@type": "Comment", "text": text} for _, text in story.comments],
    }
    script = json.dumps(record, ensure_ascii=False).replace("</", "<\\/")
    return document(
        story,
        f'{_MENU}<div id="app">جارٍ التحميل</div>{_FOOTER}',
        f'<script type="application/ld+json">{script}</script>',
    )


def page_state(story: Story) -> str:
    blocks = [
        {
            "type": {"p": "paragraph", "h2": "header", "li": "list-item", "quote": "quote"}[piece.kind],
            "text": escape(piece.text, quote=False),
        }
        for piece in story.pieces
    ]
    state = {
        "story": {"headline": story.title, "content": blocks},
        "discussion": {"items": [{"user": name, "text": text} for name, text in story.comments]},
    }
    script = json.dumps(state, ensure_ascii=False).replace("</", "<\\/")
    return document(story, f'<div id="__nuxt"></div><script>window.__INITIAL_STATE__={script};</script>')


TEMPLATES: dict[str, tuple[Template, str]] = {
    "WordPress, classic": (wordpress_classic, _ALL),
    "WordPress, blocks": (wordpress_blocks, _ALL),
    "Arc": (arc, _ALL),
    "Drupal 7": (drupal_7, _ALL),
    "Drupal 9": (drupal_9, _ALL),
    "ASP.NET": (aspnet, _PLAIN),
    "Al Jazeera": (aljazeera, _ALL),
    "BBC": (bbc, _ALL),
    "AMP": (amp, _ALL),
    "Blogger": (blogger, _PLAIN),
    "bare portal": (bare_portal, "p h2 li"),
    "hashed classes": (hashed, _ALL),
    "plain comments": (plain_comments, _ALL),
    "live ticker": (live_ticker, _ALL),
    "newsletter": (newsletter, _ALL),
    "AI summary": (ai_summary, _ALL),
    "text of a feed": (feed_text, _ALL),
    "metered": (metered, ""),
    "Next.js": (next_data, _ALL),
    "JSON-LD": (json_ld, _PLAIN),
    "page state": (page_state, _PLAIN + " h2"),
}
