from itertools import product

import pytest

from bot.articles import ArticleError, RejectionReason
from bot.articles.page_encoding import decode_page

WORDS = "قالت البلدية إن العمل في الجسر القديم يدوم ثلاثة أشهر، وإن السيارات تسلك الطريق الساحلي في هذه المدة كلها"
TAGS = '<div class="story-body-block-wide-column">' * 40


def page(charset: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}</head><body>{TAGS}<p>{WORDS}</p></body></html>"


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859-6"]
DECLARED = ["", "windows-1256", "iso-8859-6", "utf-8", "iso-8859-1", "no-such", "idna", "hex"]
# Each of the two one-byte encodings reads the other's bytes, so a page that names the wrong one is believed.
MISNAMED = {("cp1256", "iso-8859-6"), ("iso8859-6", "windows-1256")}


@pytest.mark.parametrize(("encoding", "declared"), sorted(set(product(ENCODINGS, DECLARED)) - MISNAMED))
def test_a_page_is_decoded_whatever_is_said_of_it(encoding: str, declared: str) -> None:
    assert WORDS in decode_page(page(declared).encode(encoding))


def test_the_server_is_believed_before_the_page() -> None:
    data = page("iso-8859-6").encode("cp1256", "replace")
    assert WORDS in decode_page(data, "windows-1256")


@pytest.mark.parametrize("data", [b"%PDF-1.7 \xff\xfe", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
def test_other_documents_are_no_pages(data: bytes) -> None:
    with pytest.raises(ArticleError) as caught:
        decode_page(data)
    assert caught.value.reason is RejectionReason.BINARY


def test_what_is_text_in_no_encoding_is_said_to_be_so() -> None:
    with pytest.raises(ArticleError) as caught:
        decode_page(b"<html>" + bytes(range(128, 256)) * 20)
    assert caught.value.reason is RejectionReason.ENCODING
