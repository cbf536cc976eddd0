"""Which settings are there? From the environment or a file `.env`; all have a default."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path

from platformdirs import user_data_path

from retrieval.errors import RetrievalError

PREFIX = "FOOTNOTE_"
ENV_FILE = Path(".env")
SHIPPED = Path(__file__).resolve().parent.parent / "seeds"


class SettingsError(RetrievalError):
    """A setting is wrong; the text says which one, why and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; each is an environment variable with the prefix `FOOTNOTE_`."""

    articles: Path = SHIPPED
    synonyms: Path = SHIPPED / "synonyms.toml"
    data: Path = field(default_factory=lambda: user_data_path("footnote"))


def load_settings() -> Settings:
    """The settings as they are now; raises SettingsError.

    Where nothing is set, pydantic-settings is not imported: that takes a third of an answer.
    """
    anything_set = any(name.upper().startswith(PREFIX) for name in os.environ)
    return _read() if anything_set or ENV_FILE.exists() else Settings()


def _read() -> Settings:
    from pydantic import ValidationError, create_model
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class Environment(BaseSettings):
        model_config = SettingsConfigDict(
            env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore"
        )

    defaults = Settings()
    known = {f.name: (f.type, getattr(defaults, f.name)) for f in fields(Settings)}
    reader = create_model("Reader", __base__=Environment, **known)  # type: ignore[call-overload]
    try:
        return _checked(Settings(**reader().model_dump()))
    except ValidationError as error:
        wrong = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in wrong["loc"]).upper()
        remedy = "correct it in the environment or in .env"
        raise SettingsError(f"{name}: {wrong['msg']}; {remedy}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{ENV_FILE}: cannot be read ({error}); save it as UTF-8") from error


def _checked(settings: Settings) -> Settings:
    """The settings with `~` resolved; raises SettingsError for what is no path."""
    paths = {}
    for f in fields(Settings):
        value = str(getattr(settings, f.name))
        if "\0" in value:
            name = PREFIX + f.name.upper()
            raise SettingsError(f"{name}: a zero byte in a path; write it anew")
        try:
            paths[f.name] = Path(value).expanduser()
        except RuntimeError as error:
            problem = "there is no such user; write the whole path"
            raise SettingsError(f"{PREFIX}{f.name.upper()}: {value}: {problem}") from error
    return Settings(**paths)
