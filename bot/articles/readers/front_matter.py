"""Reads the YAML front matter of an article file as plain strings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml

from bot.articles.article import ArticleError, RejectionReason

_FENCE = "---"
_ENDS = ("---", "...")
_MOST_CHARACTERS = 32 * 1024  # PyYAML takes a second for 64 KB
_NULL_TAG = "tag:yaml.org,2002:null"
_MOST_ITEMS = 100  # of a list, and fields of an item; what stands behind them is not read, so that no alias multiplies
# A field whose value has a colon as YAML writes between a name and a value: `title: عاجل: …`.
_BARE_COLON = re.compile(r"\s*[^\s:]+:\s+[^\s\"'].*?:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a file, the line that each stands on, and the text below them.

    The items of a list have lines as well: that of the first of `sources` is `lines["sources.0"]`.
    """

    fields: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""


def read_front_matter(text: str) -> FrontMatter:
    """Split a file into its front matter and its body; without front matter all is body."""
    lines = text.split("\n")
    inner = front_matter_lines(lines)
    if inner is None:
        return FrontMatter(body=text)
    matter = FrontMatter(body="\n".join(lines[inner.stop + 1 :]))
    _read_mapping("\n".join(lines[inner]), inner.start + 1, matter)
    return matter


def front_matter_lines(lines: Sequence[str]) -> slice | None:
    """Find the front matter in the lines of a file, None where there is none; raise ArticleError if it does not end."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != _FENCE:
        return None
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() in _ENDS), None)
    if end is None:
        raise ArticleError(RejectionReason.BAD_FRONT_MATTER, line=start + 1)
    return slice(start + 1, end)


def _read_mapping(source: str, first_line: int, matter: FrontMatter) -> None:
    """Take scalars, and lists and mappings of them; what stands deeper stays a node, which no field can be."""
    node = _compose(source, first_line)
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ArticleError(RejectionReason.BAD_FRONT_MATTER, first_line)
    for key, value in node.value if node else ():
        line = first_line + key.start_mark.line
        if not isinstance(key, yaml.ScalarNode) or key.value in matter.fields:
            raise ArticleError(RejectionReason.BAD_FRONT_MATTER, line)
        matter.lines[key.value] = line
        if isinstance(value, yaml.SequenceNode):
            items = value.value[:_MOST_ITEMS]
            matter.fields[key.value] = [_flat(item) for item in items]
            for number, item in enumerate(items):
                matter.lines[f"{key.value}.{number}"] = first_line + item.start_mark.line
        else:
            matter.fields[key.value] = _flat(value)


def _compose(source: str, first_line: int) -> yaml.Node | None:
    """Parse YAML into nodes and build nothing from them, so that no alias expands and no tag runs."""
    if len(source) > _MOST_CHARACTERS:
        raise ArticleError(RejectionReason.BAD_FRONT_MATTER, first_line)
    try:
        return yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        number, lines = error.problem_mark.line if error.problem_mark else 0, source.split("\n")
        # The slip that headlines make most.
        is_bare = number < len(lines) and _BARE_COLON.match(lines[number])
        reason = RejectionReason.BARE_COLON if is_bare else RejectionReason.BAD_FRONT_MATTER
        raise ArticleError(reason, first_line + number) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ArticleError(RejectionReason.BAD_FRONT_MATTER, first_line) from error


def _flat(node: yaml.Node) -> object:
    if not isinstance(node, yaml.MappingNode):
        return _scalar(node)
    pairs = node.value[:_MOST_ITEMS]
    return {key.value: _scalar(value) for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _scalar(node: yaml.Node) -> object:
    """Take a scalar as it was written: `title: 2025` is a title, not a number."""
    if not isinstance(node, yaml.ScalarNode):
        return node
    return None if node.tag == _NULL_TAG else node.value
