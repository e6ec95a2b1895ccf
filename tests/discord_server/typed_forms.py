"""Show the form that an interaction has opened as lines, and read what is typed for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.interactions import Interaction
from tests.discord_server.typed_calls import typed_fields

Json = dict[str, Any]


@dataclass(frozen=True)
class TypedForm:
    """Be the form that an interaction has opened; only its text fields can be typed."""

    interaction: Interaction

    @property
    def title(self) -> str:
        """Return what stands above the form."""
        return str(self._modal["title"])

    @property
    def names(self) -> list[str]:
        """Return the fields' names, in the order in which they stand."""
        return [field["custom_id"] for _, field in self._fields()]

    def lines(self, texts: Mapping[str, str]) -> Iterator[str]:
        """Yield the title, each field with its label and what it holds, and how to fill it in."""
        yield texts["form"].format(title=self.title)
        for around, field in self._fields():
            required = f" ({texts['required']})" if field.get("required", True) else ""
            label = around.get("label") or field.get("label", "")
            yield f"  {field['custom_id']}={field.get('value') or ''}  — {label}{required}"
        yield texts["fill"].format(fields=" ".join(f"{name}=…" for name in self.names))

    def filled(self, text: str) -> dict[str, str]:
        """Return every field's value: what is typed as `name=value`, else what it held.

        Raises:
            LookupError: the text names no field.
        """
        held = {field["custom_id"]: field.get("value") or "" for _, field in self._fields()}
        return held | typed_fields(text, self.names)

    @property
    def _modal(self) -> Json:
        return self.interaction.modal or {"title": "", "components": []}

    def _fields(self) -> Iterator[tuple[Json, Json]]:
        """Yield each text field behind what stands around it, which may have its label."""
        for around in self._modal["components"]:
            for component in every_component([around]):
                if component["type"] == ComponentKind.TEXT_INPUT:
                    yield around, component
