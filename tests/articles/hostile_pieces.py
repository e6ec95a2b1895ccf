"""Pieces of article files that no honest file has so many of."""

WORDS = [
    "قافلة",
    "عبرت",
    "الوادي.",
    "شاهد",
    "أيضًا:",
    "أخبار ذات صلة",
    "\n",
    "\n\n",
    "##",
    "- ",
    "(رويترز)",
    "؟",
    "[a](b)",
    "\u202e",
    "\x00",
]
PIECES = [b"---\n", b"title: ", b"\xff\xfe", b"\xef\xbb\xbf", b"\n", b"{", b'"', b"\xc7\xe1\x20", "نص".encode()]
TAGS = [
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "<li>",
        "<ul>",
        "<br>",
        "<h2>",
        "<article>",
        "<a>",
    ),
    *("<h1>", "</h1>", "<title>", "</title>", "<script>", "</script>", "<!--", "-->", "<blockquote>", "<time>"),
    *('<link rel="canonical" href="', '">', '<meta property="og:title" content="', "&lt;", "&#0;", "3 مايو 2025"),
    *("قالت البلدية إن العمل في الجسر القديم يدوم ثلاثة أشهر، وإن كلفته مليون دينار.", "<title>الجسر</title>"),
]
