import lxml.html
import pytest

from bot.articles.html.page_text import SeenBlock, seen_blocks


def seen(body: str) -> list[SeenBlock]:
    return seen_blocks(
        lxml.html.document_fromstring(f"<html><head><title>عنوان</title></head><body>{body}</body></html>")
    )


def test_every_text_of_a_page_is_a_block_in_its_order() -> None:
    body = (
        "حر<h1>عنوان</h1><div class='lead'>مطلع <b>بارز</b> و<time>اليوم</time></div><p>سطر<br>وآخر</p>"
        "<table><tr><td>قمح</td><td>310</td></tr></table><ul><li>بند</li></ul>"
        "<p>قبل<script>x()</script> وبعد</p><aside>جانب</aside><div><time>20:00</time><h3>خبر</h3></div>"
    )
    texts = ["حر", "عنوان", "مطلع بارز واليوم", "سطر", "وآخر", "قمح 310", "بند", "قبل وبعد", "جانب", "20:00", "خبر"]
    assert [block.text for block in seen(body)] == texts


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("<h2>عنوان</h2>", SeenBlock("عنوان", heading=True)),
        ("<ul><li><p>بند</p></li></ul>", SeenBlock("بند", item=True)),
        ("<h3><a href='/1'>عنوان</a></h3>", SeenBlock("عنوان", heading=True, linked=True)),
        ("<h3><a href='#top'>عنوان</a></h3>", SeenBlock("عنوان", heading=True)),
        ("<p>قالت <a href='/1'>البلدية</a> إن العمل انتهى</p>", SeenBlock("قالت البلدية إن العمل انتهى")),
        ("<p><a href='/1'>أرسل</a> | <a href='/2'>اطبع</a></p>", SeenBlock("أرسل | اطبع", linked=True, row=True)),
        ("<p><a href='/1'>البيان</a> <a href='/1'>كاملاً</a></p>", SeenBlock("البيان كاملاً", linked=True)),
        ("<p><a href='/1'>أرسل</a> <a href='/2'>اطبع</a> الآن</p>", SeenBlock("أرسل اطبع الآن")),
        ("<figure><figcaption>تعليق</figcaption></figure>", SeenBlock("تعليق", caption=True)),
        ("<header><p>مطلع</p></header>", SeenBlock("مطلع", header=True)),
        *(
            (f"<p class='{name}'>مطلع</p>", SeenBlock("مطلع", lead=True))
            for name in ("story-lead", "SubTitle", "intro")
        ),
        *((f"<p class='{name}'>مطلع</p>", SeenBlock("مطلع")) for name in ("leader", "lead-image-caption")),
    ],
)
def test_what_a_block_is_shows(body: str, block: SeenBlock) -> None:
    assert seen(body) == [block]


@pytest.mark.parametrize(
    "around",
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
def test_what_is_around_every_article_of_a_site_is_known(around: str) -> None:
    inside, after = seen(f"<{around}><p>نص</p></{around.split(maxsplit=1)[0]}><p>بعد</p>")
    assert (inside.around, after.around) == (True, False)


def test_the_class_of_the_whole_page_says_nothing_of_its_parts() -> None:
    assert not seen("<main class='has-comments'><p>نص</p></main>")[0].around
