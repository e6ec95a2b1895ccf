"""Web pages into articles: saved pages decoded, trafilatura's extraction, and the repairs of what it gives."""

from bot.articles.html.extraction import Claim, page_link, page_tree
from bot.articles.html.losses import ExtractionReport, is_front_page, report_extraction
from bot.articles.html.metadata import saved_page_link, without_tracking
from bot.articles.html.page import (
    PageArticle,
    SavedPage,
    decode_page,
    decode_saved_page,
    read_html,
    read_page,
    read_saved_page,
)
from bot.articles.html.prose import has_phrase, is_paywall_notice

__all__ = [
    "Claim",
    "ExtractionReport",
    "PageArticle",
    "SavedPage",
    "decode_page",
    "decode_saved_page",
    "has_phrase",
    "is_front_page",
    "is_paywall_notice",
    "page_link",
    "page_tree",
    "read_html",
    "read_page",
    "read_saved_page",
    "report_extraction",
    "saved_page_link",
    "without_tracking",
]
