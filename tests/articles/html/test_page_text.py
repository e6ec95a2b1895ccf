import lxml.html
import pytest

from bot.articles.html.page_text import PageBlock, read_page_blocks


def page_blocks(body: str) -> list[PageBlock]:
    return read_page_blocks(
        lxml.html.document_fromstring(f"<html><head><title>عنوان</title></head><body>{body}</body></html>")
    )


def test_every_text_of_a_page_is_a_block_in_its_order() -> None:
    body = (
        "حر<h1>عنوان</h1><div class='lead'>مطلع <b>بارز</b> و<time>اليوم</time></div><p>سطر<br>وآخر</p>"
        "<table><tr><td>قمح</td><td>310</td></tr></table><ul><li>بند</li></ul>"
        "<p>قبل<script>x()</script> وبعد</p><aside>جانب</aside><div><time>20:00</time><h3>خبر</h3></div>"
    )
    texts = ["حر", "عنوان", "مطلع بارز واليوم", "سطر", "وآخر", "قمح 310", "بند", "قبل وبعد", "جانب", "20:00", "خبر"]
    assert [block.text for block in page_blocks(body)] == texts


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("<h2>عنوان</h2>", PageBlock("عنوان", heading=True)),
        ("<ul><li><p>بند</p></li></ul>", PageBlock("بند", item=True)),
        ("<h3><a href='/1'>عنوان</a></h3>", PageBlock("عنوان", heading=True, linked=True)),
        ("<h3><a href='#top'>عنوان</a></h3>", PageBlock("عنوان", heading=True)),
        ("<p>قالت <a href='/1'>البلدية</a> إن العمل انتهى</p>", PageBlock("قالت البلدية إن العمل انتهى")),
        ("<p>قالت <img src='smile.png'> البلدية <news-tip>كل</news-tip> شيء</p>", PageBlock("قالت البلدية كل شيء")),
        ("<p><a href='/1'>أرسل</a> | <a href='/2'>اطبع</a></p>", PageBlock("أرسل | اطبع", linked=True)),
        ("<p><a href='/1'>أرسل</a> <a href='/2'>اطبع</a> الآن</p>", PageBlock("أرسل اطبع الآن")),
        ("<figure><figcaption>تعليق</figcaption></figure>", PageBlock("تعليق", caption=True)),
        ("<header><p>مطلع</p></header>", PageBlock("مطلع", header=True)),
        *(
            (f"<p class='{name}'>مطلع</p>", PageBlock("مطلع", standfirst=True))
            for name in ("story-lead", "SubTitle", "intro")
        ),
        ("<p class='leader'>مطلع</p>", PageBlock("مطلع")),
        ("<p class='lead-image-caption'>مطلع</p>", PageBlock("مطلع", caption=True)),
        ("<p class='has-caption'>مطلع</p>", PageBlock("مطلع")),
    ],
)
def test_what_a_block_is_shows(body: str, block: PageBlock) -> None:
    assert page_blocks(body) == [block]


@pytest.mark.parametrize(
    "chrome",
    [
        "nav",
        "footer",
        "button",
        "div role='search'",
        "div class='social-share'",
        "section id='comments'",
        "div hidden",
        "div style='display: none'",
    ],
)
def test_what_is_around_every_article_of_a_site_is_known(chrome: str) -> None:
    inside, after = page_blocks(f"<{chrome}><p>نص</p></{chrome.split(maxsplit=1)[0]}><p>بعد</p>")
    assert (inside.chrome, after.chrome) == (True, False)


def test_the_class_of_the_whole_page_says_nothing_of_its_parts() -> None:
    assert not page_blocks("<main class='has-comments'><p>نص</p></main>")[0].chrome
