"""The lists that gates go by: YAML files beside this one, each line with its reason."""

from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.content.strict_yaml import read
from bot.content.validate import validate
from bot.problems import ContentError

Model = TypeVar("Model", bound=BaseModel)


def table(name: str, model: type[Model]) -> Model:
    """The table `bot/checks/<name>.yaml`. Raises ContentError with file:line:column where it is wrong."""
    with resources.as_file(resources.files("bot.checks") / f"{name}.yaml") as path:
        document = read(Path(path), f"bot/checks/{name}.yaml")
    found = validate(document, model)
    if found is None:
        raise ContentError(document.problems)
    return found
