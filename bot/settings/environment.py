"""What is set, as text: by environment variables, otherwise by lines of `.env`."""

import os
from collections.abc import Collection, Mapping
from typing import Any

from bot.settings.env_file import PREFIX, EnvFile


def is_anything_set(file: EnvFile) -> bool:
    """Whether the environment or the file has a setting."""
    return any(name.upper().startswith(PREFIX) for name in (*os.environ, *file.values))


def values_set(names: Collection[str], file: EnvFile) -> dict[str, str]:
    """The values of these settings, without those that are not set."""
    from pydantic import create_model
    from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

    class Environment(BaseSettings):
        """Values as they are written: each is checked by us, and its error is our sentence."""

        model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],  # noqa: ARG003  # as the base class calls it
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return env_settings, init_settings

    known: dict[str, Any] = dict.fromkeys(names, (Any, None))
    reader = create_model("Reader", __base__=Environment, **known)
    found = reader(**_of_file(file.values, names)).model_dump()
    return {name: value for name, value in found.items() if value is not None}


def _of_file(values: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """The settings among the values of a file, whose names may be in small letters."""
    found = {
        name.upper().removeprefix(PREFIX).lower(): v
        for name, v in values.items()
        if name.upper().startswith(PREFIX)
    }
    return {name: value for name, value in found.items() if name in names}
