"""What all groups of settings share: where their values come from."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

FILE_SUFFIX: Final = "_FILE"

Milliseconds = Annotated[int, Field(ge=1, le=3_600_000)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]


class SettingsError(ValueError):
    """The environment holds wrong values. `faults` has a line for each: the variable's name and what would be right."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class EnvironmentSource(PydanticBaseSettingsSource):
    """Takes each field's value from its variable, or from the file that the variable with suffix `_FILE` names.

    One trailing newline of a file is not part of the value. An empty variable counts as unset. Raises
    SettingsError when both variables are set or the file cannot be read.
    """

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The raw text of a field's value, or None where the environment has none."""
        name = variable_name(self.settings_cls, field_name, field)
        value, file = os.environ.get(name), os.environ.get(name + FILE_SUFFIX)
        if not file:
            return value or None, field_name, False
        if value:
            raise SettingsError([f"{name} and {name}{FILE_SUFFIX} are both set: set one of them"])
        try:
            return Path(file).read_text("utf-8").removesuffix("\n").removesuffix("\r"), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
            raise SettingsError([f"{name}{FILE_SUFFIX}: cannot read {file}: {why}"]) from None

    def __call__(self) -> dict[str, Any]:
        """All values that the environment sets."""
        values: dict[str, Any] = {}
        faults: list[str] = []
        for name, field in self.settings_cls.model_fields.items():
            try:
                value, key, _ = self.get_field_value(field, name)
            except SettingsError as error:
                faults.extend(error.faults)
            else:
                if value is not None:
                    values[key] = value
        if faults:
            raise SettingsError(faults)
        return values


class Group(BaseSettings):
    """Settings whose variables share a prefix."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment; no `.env` files."""
        return init_settings, EnvironmentSource(settings_cls)


def variable_name(group: type[BaseSettings], field_name: str, field: FieldInfo) -> str:
    """The variable that sets a field: its alias, or the group's prefix and the field's name."""
    if isinstance(field.validation_alias, str):
        return field.validation_alias
    return f"{group.model_config.get('env_prefix', '')}{field_name}".upper()
