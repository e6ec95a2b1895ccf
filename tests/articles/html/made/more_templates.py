"""More templates, after other systems' habits: once held out, they showed what the rules lacked, and are that no more."""
# ruff: noqa: E501 (pages as they are laid out)

import json

from tests.articles.html.made.story import Story, Template, document

_ALL, _PLAIN = "p h2 li quote", "p li quote"


def _paragraphs(story: Story) -> list[str]:
    return story.html().split("\n")


def joomla(story: Story) -> str:
    parts = _paragraphs(story)
    other = "".join(
        f'<li class="itemRelatedTitle"><a href="/item/{number}">{text}</a></li>'
        for number, text in enumerate(story.others)
    )
    comments = "".join(
        f'<li class="even"><span class="commentDate">السبت, 14 آذار/مارس 2026 10:22</span><span class="commentAuthorName">أرسلت بواسطة {name}</span><p>{text}</p></li>'
        for name, text in story.comments
    )
    body = f"""<div class="body"><div class="container-header"><ul class="mod-menu"><li><a href="/">الرئيسية</a></li><li><a href="/local">محليات</a></li></ul></div>
    <div class="itemView"><div class="itemHeader"><span class="itemDateCreated">السبت, 14 آذار/مارس 2026</span><h2 class="itemTitle">{story.title}</h2><span class="itemAuthor">كتبه {story.author}</span></div>
    <div class="itemBody"><div class="itemFullText">{"".join(parts)}</div></div><div class="itemContentFooter"><span class="itemHits">قراءة 1204 مرات</span></div>
    <div class="itemRelated"><h3>عناصر ذات صلة (حسب الكلمات)</h3><ul>{other}</ul></div>
    <div class="itemComments" id="itemCommentsAnchor"><h3 class="itemCommentsCounter"><span>3</span> تعليقات</h3><ul class="itemCommentsList">{comments}</ul></div></div></div>"""
    return document(story, body)


def ghost(story: Story) -> str:
    parts = _paragraphs(story)
    comments = "".join(
        f'<div class="group"><div><span>{name}</span><span>قبل يومين</span></div><div><p>{text}</p></div><button>رد</button></div>'
        for name, text in story.comments
    )
    body = f"""<div class="gh-site"><header class="gh-head"><a href="/">مدونة المنارة</a></header><main class="gh-main"><article class="gh-article post"><header class="gh-article-header"><h1 class="gh-article-title">{story.title}</h1>
    <p class="gh-article-excerpt">{story.texts("p")[0]}</p></header><section class="gh-content gh-canvas">{"".join(parts[1:5])}
    <div class="kg-card kg-bookmark-card"><a href="/p/3"><div class="kg-bookmark-title">{story.others[0]}</div><div class="kg-bookmark-description">{story.comments[1][1]}</div></a></div>
    <div class="kg-card kg-cta-card"><div class="kg-cta-text"><p>انضم إلى أكثر من عشرة آلاف قارئ تصلهم رسالتنا كل يوم جمعة.</p></div><a href="#/portal/signup">اشترك الآن</a></div>{"".join(parts[5:])}</section></article>
    <div class="gh-comments gh-canvas"><h2>نقاش الأعضاء</h2>{comments}</div><aside class="gh-read-more"><h3>اقرأ التالي</h3><article class="post-card"><h2><a href="/p/9">{story.others[1]}</a></h2><p>{story.others[1]}، كما أعلن مساء أمس في مؤتمر صحفي.</p></article></aside></main></div>"""
    return document(story, body)


def hashed_paper(story: Story) -> str:
    parts = _paragraphs(story)
    aside = f'<aside data-component="rich-link" class="dcr-1x"><a href="/n/2">{story.others[2]}</a><span>اقرأ المزيد</span></aside>'
    letter = '<figure class="dcr-9y"><form><p class="dcr-0a">تصلك أبرز عناوين اليوم مع تحليل لما وراءها كل صباح.</p><label>البريد الإلكتروني</label><input type="email"/><button>سجل</button></form></figure>'
    comments = "".join(
        f'<li class="dcr-c{number}"><div><a href="/u/{number}">{name}</a><time>14 آذار 2026 12:0{number}</time></div><div><p>{text}</p></div><div><button>رد</button><button>إبلاغ</button></div></li>'
        for number, (name, text) in enumerate(story.comments)
    )
    body = f"""<header class="dcr-h"><nav><a href="/">أخبار</a><a href="/o">رأي</a></nav></header><main class="dcr-m"><div class="dcr-t"><h1 class="dcr-q">{story.title}</h1></div><div class="dcr-s"><p>{story.texts("p")[0]}</p></div>
    <div class="dcr-b"><div id="maincontent">{"".join(parts[1:4])}{aside}{"".join(parts[4:7])}{letter}{"".join(parts[7:])}</div></div>
    <section class="dcr-d"><h2 class="dcr-e">انضم إلى الحوار (3)</h2><ul>{comments}</ul></section><section class="dcr-f"><h2>الأكثر مشاهدة</h2><ol>{"".join(f'<li><a href="/n/{number}"><h4>{other}</h4></a></li>' for number, other in enumerate(story.others))}</ol></section></main>"""
    return document(story, body)


def old_portal(story: Story) -> str:
    text = "<br>\n<br>\n".join(story.texts("p", "li", "quote"))
    rows = "".join(
        f'<tr><td bgcolor="#eee"><font size="2"><b>{number} - {name}</b> (14/03/2026 12:10)</font></td></tr><tr><td><font size="3">{text}</font></td></tr>'
        for number, (name, text) in enumerate(story.comments, 1)
    )
    body = f"""<center><table width="980"><tr><td colspan="3"><font><a href="index.php">الصفحة الأولى</a> | <a href="sport.php">رياضة</a> | <a href="art.php">فنون</a></font></td></tr>
    <tr><td width="180" valign="top"><table><tr><td><b>آخر الأخبار</b></td></tr>{"".join(f'<tr><td><a href="n.php?id={number}">{other}</a></td></tr>' for number, other in enumerate(story.others))}</table></td>
    <td valign="top"><font size="5"><b>{story.title}</b></font><br><font size="2">السبت 14-03-2026 الساعة 10:30</font><br><br><font size="4">{text}</font><br><br>
    <table width="100%"><tr><td><font color="red"><b>التعليقات</b></font></td></tr>{rows}<tr><td><form><input type="text"><textarea></textarea><input type="submit" value="أرسل"></form></td></tr></table></td></tr></table></center>"""
    return document(story, body)


def utility_classes(story: Story) -> str:
    parts = _paragraphs(story)
    comments = "".join(
        f'<div class="flex gap-3 py-4"><div class="w-8 h-8 rounded-full"></div><div><div class="text-sm"><span class="font-bold">{name}</span><span class="text-gray-500">قبل ٣ ساعات</span></div><p class="mt-1">{text}</p><button class="text-xs">رد</button></div></div>'
        for name, text in story.comments
    )
    body = f"""<div class="min-h-screen"><header class="sticky top-0"><a href="/">الرئيسية</a></header><div class="mx-auto max-w-3xl"><h1 class="text-3xl">{story.title}</h1><div class="flex text-sm"><span>{story.author}</span><span>٣ دقائق قراءة</span></div>
    <div class="prose prose-lg">{"".join(parts[:6])}<div class="not-prose rounded-xl bg-sky-50 p-4"><p class="font-bold">لا تفوّت جديدنا</p><p>تابع قناتنا على واتساب لتصلك الأخبار فور نشرها.</p></div>{"".join(parts[6:])}</div>
    <div class="mt-8"><h2 class="text-xl">٣ تعليقات</h2><div class="divide-y">{comments}</div></div>
    <div class="grid grid-cols-2">{"".join(f'<a class="block" href="/n/{number}"><h3>{other}</h3><p>{other} في تطور جديد شهدته المدينة اليوم.</p></a>' for number, other in enumerate(story.others))}</div></div></div>"""
    return document(story, body)


def parsed_state(story: Story) -> str:
    state = {
        "route": "/ar/news/7",
        "entities": {
            "story": {
                "7": {
                    "slug": "seven",
                    "headline": {"basic": story.title},
                    "title": story.title,
                    "content_elements": [
                        {
                            "type": {"p": "text", "h2": "header", "li": "list_item", "quote": "quote"}[piece.kind],
                            "content": piece.text,
                        }
                        for piece in story.pieces
                    ],
                }
            },
            "comments": {
                str(number): {"author": name, "content": text} for number, (name, text) in enumerate(story.comments)
            },
            "latest": [
                {"title": other, "content": f"{other}، بحسب بيان من خمسين كلمة تقريباً نشر مساء أمس."}
                for other in story.others
            ],
        },
    }
    script = json.dumps(json.dumps(state, ensure_ascii=False)).replace("</", "<\\/")
    return document(
        story,
        f'<div id="app"><noscript>يرجى تفعيل جافا سكريبت.</noscript></div><script>window.__DATA__ = JSON.parse({script});</script>',
    )


def styled(story: Story) -> str:
    parts = _paragraphs(story)
    comments = "".join(
        f'<div data-testid="comment-item" class="sc-1b2"><span>{name}</span><p>{text}</p></div>'
        for name, text in story.comments
    )
    tweet = f'<div class="sc-tw"><blockquote><p>{story.comments[2][1]}</p><a href="https://x.com/u/status/5">@muwatin</a></blockquote></div>'
    body = f"""<div id="root"><div class="sc-nav"><a href="/">الصفحة الرئيسية</a></div><div class="sc-art" itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{story.title}</h1>
    <div class="sc-lead">{story.texts("p")[0]}</div><div class="sc-bd">{"".join(f'<div class="sc-p">{part}</div>' for part in parts[1:])}</div>{tweet}</div>
    <div data-testid="comments-list" class="sc-cm"><div>المشاركات</div>{comments}</div><div class="sc-ft"><span>© 2026 دار المنارة للنشر. كل الحقوق محفوظة.</span></div></div>"""
    return document(story, body)


def reading_limit(story: Story) -> str:
    start = "".join(f"<p>{text}</p>" for text in story.texts("p")[:2])
    body = f"""<main><article class="c-article"><h1>{story.title}</h1><div class="c-article__body">{start}</div><div class="c-wall"><h2>تبقّى 80% من هذا المقال</h2><p>هذا المقال للمشتركين فقط. اشترك بدينار واحد للشهر الأول.</p><a href="/subscribe">اشترك</a></div></article></main>"""
    return document(story, body)


MORE_TEMPLATES: dict[str, tuple[Template, str]] = {
    "Joomla": (joomla, _ALL),
    "Ghost": (ghost, _ALL),
    "hashed paper": (hashed_paper, _ALL),
    "old portal": (old_portal, _PLAIN),
    "utility classes": (utility_classes, _ALL),
    "parsed state": (parsed_state, _ALL),
    "styled": (styled, _ALL),
    "reading limit": (reading_limit, ""),
}
