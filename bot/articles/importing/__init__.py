"""Articles written into a folder as Markdown files.

Import `page_download` from its own module, and only to fetch: its HTTP client takes a tenth of a second to load.
"""

from bot.articles.importing.additions import AddedArticle, AddedArticles
from bot.articles.importing.article_folder import (
    ArticleFolder,
    ImportStatus,
    ImportTarget,
    file_stem,
    known_links,
    text_of,
)
from bot.articles.importing.page_import import (
    ImportedArticle,
    import_file,
    import_file_apart,
    import_page,
    import_page_apart,
    import_text,
)
from bot.articles.importing.rule_proposal import FEWEST_PAGES, ProposedRule, propose_rule_apart
