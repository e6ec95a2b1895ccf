"""The sources of a coverage as one: the list that names them, their articles in one folder, what moderators added."""

from bot.articles.combined.combined_source import CombinedSource
from bot.articles.combined.factory import CorpusLocation, kept_folder, source_of
from bot.articles.combined.kept_folder import KeptFolder
from bot.articles.combined.source_entries import SourceEntryError, read_entries
