"""Check bodies against Discord's own OpenAPI description where a copy of it is at hand."""

import itertools
import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema_rs

Json = dict[str, Any]
Direction = Literal["request", "response"]
# Where a copy lies beside the repository, if there is one.
DEFAULT_OPENAPI = Path(__file__).resolve().parents[3] / "shared" / "discord" / "openapi.json"
_SHOWN_PROBLEM_LENGTH = 300
# discord.py sends these keys always, and Discord drops them where they mean nothing.
_HARMLESS_KEYS = frozenset({"tts", "nsfw"})


@cache
def _description(path: Path) -> Json:
    description: Json = json.loads(path.read_text(encoding="utf-8"))
    return description


class Schemas:
    """Find what is wrong with a body; without a description nothing ever is.

    Under load only one body in `every` is checked.
    """

    def __init__(self, path: Path | None, every: int = 1) -> None:
        self._path = path if path is not None and path.is_file() else None
        self._turns = itertools.cycle(range(every))

    def request_problems(self, method: str, route: str, body: Any) -> list[str]:
        """Return the faults of a request body."""
        if next(self._turns):
            return []
        content = self._operation(method, route).get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema is None:
            return []
        known = self._properties(schema) | _HARMLESS_KEYS
        unknown = sorted(set(body) - known) if isinstance(body, dict) else []
        return self._problems("request", schema, body) + [f"unknown key {key!r}" for key in unknown]

    def response_problems(self, method: str, route: str, status: int, body: Any) -> list[str]:
        """Return the faults of an answer."""
        if next(self._turns):
            return []
        responses = self._operation(method, route).get("responses", {})
        response = responses.get(str(status)) or responses.get(f"{status // 100}XX") or {}
        schema = self._resolved(response).get("content", {}).get("application/json", {}).get("schema")
        return [] if schema is None else self._problems("response", schema, body)

    def object_problems(self, name: str, value: Any) -> list[str]:
        """Return the faults of an object that the description names, such as a message in an event."""
        if next(self._turns):
            return []
        return self._problems("response", {"$ref": f"#/components/schemas/{name}"}, value)

    def _problems(self, direction: Direction, schema: Json, value: Any) -> list[str]:
        if self._path is None:
            return []
        # Validators are built on first use, and once for all servers of a test run.
        validator = _validator(self._path, direction, json.dumps(schema, sort_keys=True))
        return [
            f"{'.'.join(map(str, error.instance_path)) or 'body'}: {error.message[:_SHOWN_PROBLEM_LENGTH]}"
            for error in validator.iter_errors(value)
        ]

    def _operation(self, method: str, route: str) -> Json:
        if self._path is None:
            return {}
        operation: Json = _description(self._path)["paths"].get(route, {}).get(method.lower(), {})
        return operation

    def _resolved(self, schema: Json) -> Json:
        while "$ref" in schema and self._path is not None:
            target: Any = _description(self._path)
            for step in schema["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            schema = target
        return schema

    def _properties(self, schema: Json) -> set[str]:
        schema = self._resolved(schema)
        names = set(schema.get("properties", {}))
        for branch in [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]:
            names |= self._properties(branch)
        return names


@cache
def _validator(path: Path, direction: Direction, schema: str) -> jsonschema_rs.Validator:
    components = _description(path)["components"]
    schemas = {**components["schemas"], **_corrections(direction, components["schemas"])}
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": {**components, "schemas": schemas}})


def _corrections(direction: Direction, schemas: Json) -> Json:
    """Return the few schemas that differ from what Discord takes and sends."""
    if direction == "request":
        # It takes ids as numbers too, and discord.py sends them so in references and allowed mentions.
        return {"SnowflakeType": {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}}
    # The reasons inside a form error carry words where the description has the numbers of whole errors.
    reason = {"type": "object", "required": ["code", "message"], "properties": {"code": {"type": "string"}}}
    reasons = {"type": "array", "items": reason}
    # Bots may not forward, so that the description has no forward; what people forward has it, says the documentation.
    references = {"MessageReferenceType": {"type": "integer", "enum": [0, 1]}}
    return references | {"InnerErrors": {**schemas["InnerErrors"], "properties": {"_errors": reasons}}}
