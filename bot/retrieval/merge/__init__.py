"""An index put together from that of an earlier edition and from new articles."""

from bot.retrieval.merge.index_merge import merge_index
from bot.retrieval.merge.title_merge import merge_titles

__all__ = [
    "merge_index",
    "merge_titles",
]
