"""Cards: everything that the bot shows in Discord, laid out within Discord's limits, and the ids of its buttons.

Other people's words are escaped, cut and isolated here; whatever is sent goes through `Card`.
"""

from bot.chat.cards.answer_card import (
    FOLLOWS,
    QUESTION,
    outcome_buttons,
    outcome_card,
    question_lines,
    read_previous,
    read_question,
)
from bot.chat.cards.article_card import article_card, article_key, find_article, is_article_key
from bot.chat.cards.button_ids import (
    ANY_VERSION,
    WHOLE_LIST,
    BellState,
    ButtonKind,
    StaleButtonError,
    custom_id,
    decode_scope,
    encode_scope,
    parse_button_id,
    parse_number,
)
from bot.chat.cards.card import MESSAGE_LIMIT, REFUSAL, TEXT_LIMIT, Attachment, Button, Card, layout_texts, notice
from bot.chat.cards.card_pages import FOOTNOTE, page_footnote, page_items, page_rows
from bot.chat.cards.card_text import fit, fit_list, inline, inline_value, isolate, link, quoted_list, size
from bot.chat.cards.introduction_card import help_card, welcome_card
from bot.chat.cards.markdown_escape import one_line
from bot.chat.cards.moderator_cards import explanation_card, gap_line, gaps_card
from bot.chat.cards.quote_reference import decode_references, find_quotes
from bot.chat.cards.reading_cards import citation_card, context_card, further_card
from bot.chat.cards.reload_cards import (
    AuditedWork,
    ReloadFailure,
    ReloadResult,
    Step,
    actor_name,
    audit_line,
    failure_card,
    failure_text,
    progress_card,
    reload_card,
    reload_summary,
    running_error,
)
from bot.chat.cards.scopes import TypedScope, read_scope, scope_text
from bot.chat.cards.source_lines import article_entry, article_line, outlet_name
from bot.chat.cards.source_list import SourceList, article_entries, article_list_card, article_menu, sources_card
from bot.chat.cards.status_card import BotStatus, status_card

__all__ = [
    "ANY_VERSION",
    "FOLLOWS",
    "FOOTNOTE",
    "MESSAGE_LIMIT",
    "QUESTION",
    "REFUSAL",
    "TEXT_LIMIT",
    "WHOLE_LIST",
    "Attachment",
    "AuditedWork",
    "BellState",
    "BotStatus",
    "Button",
    "ButtonKind",
    "Card",
    "ReloadFailure",
    "ReloadResult",
    "SourceList",
    "StaleButtonError",
    "Step",
    "TypedScope",
    "actor_name",
    "article_card",
    "article_entries",
    "article_entry",
    "article_key",
    "article_line",
    "article_list_card",
    "article_menu",
    "audit_line",
    "citation_card",
    "context_card",
    "custom_id",
    "decode_references",
    "decode_scope",
    "encode_scope",
    "explanation_card",
    "failure_card",
    "failure_text",
    "find_article",
    "find_quotes",
    "fit",
    "fit_list",
    "further_card",
    "gap_line",
    "gaps_card",
    "help_card",
    "inline",
    "inline_value",
    "is_article_key",
    "isolate",
    "layout_texts",
    "link",
    "notice",
    "one_line",
    "outcome_buttons",
    "outcome_card",
    "outlet_name",
    "page_footnote",
    "page_items",
    "page_rows",
    "parse_button_id",
    "parse_number",
    "progress_card",
    "question_lines",
    "quoted_list",
    "read_previous",
    "read_question",
    "read_scope",
    "reload_card",
    "reload_summary",
    "running_error",
    "scope_text",
    "size",
    "sources_card",
    "status_card",
    "welcome_card",
]
