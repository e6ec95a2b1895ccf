"""What is new: lists of arrivals, posts in a channel that moderators chose, and the card of the week.

Nothing here is of a member but counts.
"""

from bot.chat.news.daily_figures import DailyFigures
from bot.chat.news.new_articles import NewArticles
from bot.chat.news.news_desk import NewsDesk
from bot.chat.news.news_post import NewsPost
from bot.chat.news.weekly_report import WeeklyReport

__all__ = [
    "DailyFigures",
    "NewArticles",
    "NewsDesk",
    "NewsPost",
    "WeeklyReport",
]
