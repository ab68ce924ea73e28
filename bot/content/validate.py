"""From a strictly read document to a model: each pydantic error becomes a problem at the line that caused it."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.strict_yaml import Document
from bot.problems import Problem

Model = TypeVar("Model", bound=BaseModel)
KINDS = {
    "string_type": ("text is expected here", 'put the value in "quotes"'),
    "list_type": ("a list is expected here", "write each item on its own line after `- `"),
    "tuple_type": ("a list is expected here", "write each item on its own line after `- `"),
    "too_short": ("too few are here: {min_length} at least", "add some, each on its own line, or remove the key"),
    "bool_type": ("true or false is expected here", "write true or false in small letters"),
    "int_type": ("a whole number is expected here", "write digits only"),
    "string_pattern_mismatch": (
        "an id is expected here",
        "use small letters, digits and _, with dots between, such as `mri_prep.metal` (an option: one letter or digit)",
    ),
    "model_type": ("keys are expected here, one a line", "write `key: value` lines, indented"),
    "dict_type": ("keys are expected here, one a line", "write `key: value` lines, indented"),
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that `word` is most likely a slip for."""
    found = process.extractOne(word, list(known), scorer=OSA.normalized_similarity, score_cutoff=0.5)
    return found[0] if found else None


def validate(document: Document, model: type[Model]) -> Model | None:
    """Build `model` from `document`; on failure the document's problems say why and the result is None."""
    if document.data is None:
        if not document.problems:
            place = document.place(None)
            document.problems.append(Problem("error", place, "the file is empty", "add its content, or delete it"))
        return None
    try:
        built = model.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            document.problems.append(_problem(document, model, detail))
    return None if document.problems else built


def _problem(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    path, kind = detail["loc"], detail["type"]
    _, found = document.node(path)
    place = document.place_of(*path)
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return Problem(
            "error", place, f"`{name}` is missing{_inside(document, path[:-1])}", f"add a line `{name}: ...`"
        )
    if kind == "extra_forbidden":
        parent, _ = document.node(path[:-1])
        key = document.key(parent, name)
        guess = nearest(name, _fields(model, path[:-1]))
        hint = f"did you mean `{guess}`?" if guess else "remove it, or check the spelling"
        return Problem(
            "error", document.place(key.start_mark if key is not None else None), f"unknown key `{name}`", hint
        )
    message, hint = KINDS.get(kind, (detail["msg"].removeprefix("Value error, "), ""))
    if kind == "too_short":
        message = message.format(**detail["ctx"])
    if " -> " in message:
        message, hint = message.split(" -> ", 1)
    label = f"`{name}`: " if isinstance(path[-1] if path else 0, str) and found else ""
    return Problem("error", place, f"{label}{message}{_inside(document, path[:-1])}", hint)


def _inside(document: Document, path: tuple[int | str, ...]) -> str:
    """Name the object by its id, where one of the parents has one."""
    for end in range(len(path), 0, -1):
        node, found = document.node((*path[:end], "id"))
        if found and node is not None and isinstance(node.value, str):
            return f" (in `{node.value}`)"
    return ""


def _fields(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at `path`: found by walking the JSON schema, which resolves every nesting."""
    schema = model.model_json_schema()
    here: Any = schema
    for step in path:
        here = _resolve(schema, here)
        if isinstance(step, int):
            here = here.get("items", {})
        else:
            here = here.get("properties", {}).get(step) or here.get("additionalProperties", {})
    return list(_resolve(schema, here).get("properties", {}))


def _resolve(schema: dict[str, Any], here: Any) -> dict[str, Any]:
    if not isinstance(here, dict):
        return {}
    here = next((option for option in here.get("anyOf", ()) if option.get("type") != "null"), here)
    found: dict[str, Any] = schema["$defs"][here["$ref"].rsplit("/", 1)[1]] if "$ref" in here else here
    return found
