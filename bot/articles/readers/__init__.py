"""Article files other than web pages: Markdown read and written, JSON Lines, plain text, Word documents."""

from bot.articles.readers.docx import read_docx
from bot.articles.readers.front_matter import front_matter_lines, read_front_matter
from bot.articles.readers.lines import read_json_lines, read_plain_text
from bot.articles.readers.markdown import front_matter_fields, read_markdown, write_markdown
