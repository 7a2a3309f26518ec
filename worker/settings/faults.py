"""What a wrong value is told: the variable's name, and what would be right."""

import types
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types as at
from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from worker.settings.group import Group, variable_name


def faults_of(group: type[Group], error: ValidationError) -> list[str]:
    """One line per fault: the variable, the value (never a secret's), and what would be right."""
    return [_fault(group, details) for details in error.errors(include_url=False)]


def _fault(group: type[Group], details: ErrorDetails) -> str:
    # A check over several fields has no place of its own; its message names the variables.
    said = details["msg"].removeprefix("Value error, ")
    if not details["loc"]:
        return said
    field_name = str(details["loc"][0])
    field = group.model_fields.get(field_name)
    if field is None:  # the place is given by alias
        field_name, field = next((n, f) for n, f in group.model_fields.items() if f.validation_alias == field_name)
    name = variable_name(group, field_name, field)
    if details["type"] != "value_error":
        said = f"must be {takes(field)}"
    value = details["input"]
    if is_secret(field) or not isinstance(value, str | int | float) or "@" in str(value):
        return f"{name} {said}"
    return f"{name} {said}, but is {str(value)!r}"


def is_secret(field: FieldInfo) -> bool:
    """Whether a field's value must never be shown."""
    return field.annotation is SecretStr or SecretStr in get_args(field.annotation)


def takes(field: FieldInfo) -> str:
    """What a field accepts, in words: `a whole number from 1 to 100`, `one of PLAIN, SCRAM-SHA-256`."""
    annotation: Any = field.annotation
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(get_args(annotation))
    if get_origin(annotation) is tuple:
        return "a list, separated by commas"
    words = {bool: "true or false", int: "a whole number", float: "a number", SecretStr: "a secret", Path: "a file"}
    return words.get(annotation, "a text") + _range(field)


def _range(field: FieldInfo) -> str:
    words = []
    for bound in field.metadata:
        match bound:
            case at.Ge(ge=value):
                words.append(f"from {value}")
            case at.Gt(gt=value):
                words.append(f"above {value},")
            case at.Le(le=value):
                words.append(f"to {value}" if words and words[0].startswith("from") else f"at most {value}")
            case _:
                pass
    return "".join(f" {word}" for word in words).rstrip(",")
