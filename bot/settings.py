"""Which settings are there? From the environment, a `.env` file, or the command line."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from retrieval.errors import RetrievalError

PREFIX = "FOOTNOTE_"
SHIPPED = Path(__file__).resolve().parent.parent / "seeds"


class SettingsError(RetrievalError):
    """A setting is wrong; the text says which one, why and what to do."""


class Settings(BaseSettings):
    """The settings; each is an environment variable with the prefix `FOOTNOTE_`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    articles: Path = SHIPPED
    synonyms: Path = SHIPPED / "synonyms.toml"
    data: Path = user_data_path("footnote")


def load_settings() -> Settings:
    """The settings as they are now; raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in wrong["loc"]).upper()
        raise SettingsError(f"{name}: {wrong['msg']}; correct it in the environment or in .env") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env: cannot be read ({error}); save it as UTF-8 text") from error
