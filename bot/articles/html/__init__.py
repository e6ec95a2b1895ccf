"""Web pages into articles: saved pages decoded, trafilatura's extraction, and the repairs of what it gives."""

from bot.articles.html.extraction import Claim, page_link, page_tree, visible_blocks
from bot.articles.html.losses import ExtractionReport, is_front_page, own_texts, report_extraction, says_gone
from bot.articles.html.metadata import full_day, is_for_subscribers, saved_page_link, without_tracking
from bot.articles.html.page import PageArticle, read_html, read_page
from bot.articles.html.prose import has_phrase, is_paywall_notice
from bot.articles.html.saved_pages import SavedPage, decode_page, decode_saved_page, read_saved_page
