"""What all content models share: frozen, no unknown keys, text that is really there, placeholders that exist."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.content.validate import nearest

PLACEHOLDERS = ("clinic", "phone", "hours", "address", "booking", "emergency", "crisis", "poison")
IDENTIFIER = r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"
NAME = re.compile(r"\{([^{}]*)\}")


class Strict(BaseModel):
    """A model at the file border: frozen, unknown keys refused, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("empty text -> write the text, or remove the line")
    return text.strip()


def _templated(text: str, names: tuple[str, ...] = PLACEHOLDERS) -> str:
    for name in NAME.findall(text):
        if name not in names:
            guess = nearest(name, names) or "phone"
            known = ", ".join(f"{{{word}}}" for word in names)
            raise ValueError(f"unknown placeholder {{{name}}} -> did you mean {{{guess}}}? Known are {known}")
    if re.search(r"[{}]", NAME.sub("", text)):
        raise ValueError("a { or } without its partner -> write placeholders as {phone}, and use ( ) elsewhere")
    return text


def _counted(text: str) -> str:
    if "{minutes}" not in text:
        raise ValueError("{minutes} is missing -> write where the number of minutes belongs")
    return _templated(text, (*PLACEHOLDERS, "minutes"))


def _web(address: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", address):
        raise ValueError("not a full web address -> it must begin with https:// and hold no spaces")
    return address


Text = Annotated[str, AfterValidator(_said)]
Template = Annotated[str, AfterValidator(_said), AfterValidator(_templated)]
Counted = Annotated[str, AfterValidator(_said), AfterValidator(_counted)]
"""A template that also says {minutes}."""
Web = Annotated[str, AfterValidator(_web)]
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]


def fill(template: str, values: dict[str, str]) -> str:
    """Replace each `{placeholder}` by its value; one without a value stays as it is, to be seen."""
    return NAME.sub(lambda found: values.get(found.group(1), found.group(0)), template)
