"""Text as hostile as it gets: Discord's own syntax in pieces, and what of it is left that Discord would act on."""

import re

PIECES = [
    "<@123456789012345678>",
    "<@!1>",
    "<@&2>",
    "<#3>",
    "<t:1700000000:R>",
    "<:smile:4>",
    "<a:wave:5>",
    "</ask:6>",
    "<id:customize>",
    "@everyone",
    "@here",
    "https://evil.example/a_b*c",
    "<https://evil.example>",
    "[اضغط](https://evil.example)",
    ":smile:",
    "```py\n",
    "``",
    "`x`",
    "||سرّ||",
    "~~",
    "**",
    "__",
    "\\",
    "\\*",
    "\n",
    "\r\n",
    "\u2028",
    " ",
    "\t",
    "# ",
    "## ",
    "-# ",
    "- ",
    "+ ",
    "* ",
    "> ",
    ">>> ",
    "1. ",
    "23) ",
    "قال: ",
    "نصّ عربي",
]

# What Discord acts on once escapes are set aside: its own rules, written down independently of the escaping.
DANGEROUS = re.compile(
    r"[*_~|`<>\[\]@\\]"
    r"|://"
    r"|:\w+:"
    r"|(?:\A|[\n\r\u2028\u2029])[^\S\n\r\u2028\u2029]*(?:#{1,3}\s|-#\s|[-+]\s|\d+\.\s)",
    re.ASCII,
)


def after_escapes(text: str) -> str:
    """Stand a letter for each escaped character, as Discord's parser takes those out of the game."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "x", text)
