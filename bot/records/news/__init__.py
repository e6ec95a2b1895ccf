"""What is new: articles that arrived, the batches in which they are posted, and what a week brought."""

from bot.records.news.arrivals import Arrival, CoverageChange, note_change, read_arrival_times
from bot.records.news.news_batches import (
    NewsBatch,
    NewsChannel,
    choose_news_channel,
    claim_news,
    note_trouble,
    read_news_channels,
    settle_news,
)
from bot.records.news.week import (
    ANSWERED,
    HELPFUL,
    REFUSED,
    UNHELPFUL,
    ClaimedWeek,
    Week,
    claim_weekly_card,
    read_week,
    settle_weekly_card,
)

__all__ = [
    "ANSWERED",
    "HELPFUL",
    "REFUSED",
    "UNHELPFUL",
    "Arrival",
    "ClaimedWeek",
    "CoverageChange",
    "NewsBatch",
    "NewsChannel",
    "Week",
    "choose_news_channel",
    "claim_news",
    "claim_weekly_card",
    "note_change",
    "note_trouble",
    "read_arrival_times",
    "read_news_channels",
    "read_week",
    "settle_news",
    "settle_weekly_card",
]
