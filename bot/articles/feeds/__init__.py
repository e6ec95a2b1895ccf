"""Feeds as a source of articles: RSS, Atom, JSON feeds, WordPress posts and sitemaps."""

from bot.articles.feeds.document_parser import DocumentParser
from bot.articles.feeds.feed_client import FeedClient
from bot.articles.feeds.feed_entry import EntryReason
from bot.articles.feeds.feed_source import FeedSource
from bot.articles.feeds.politeness import HostPace
