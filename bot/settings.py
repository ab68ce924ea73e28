"""Environment -> Settings. Every variable has its description here; a wrong one is named with its remedy."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

MAKE_SECRET = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'  # noqa: S105 - how to make one, not one

LEAST_KEY = 32  # characters of DATA_KEY
DATABASES = re.compile(r"(postgres(ql)?(\+\w+)?://\S+|sqlite(\+aiosqlite)?:///?\S*)", re.IGNORECASE)

REMEDIES = {
    "port": ". Use a number from 0 to 65535, such as 8080",
    "require_review": ". Use 1 or 0",
    "engine": ". Use A or B",
    "log_level": ". Use DEBUG, INFO, WARNING or ERROR",
    "log_format": ". Use console or json",
    "admin_ids": ". Use numbers with commas between, such as 12345,67890",
}


class SettingsError(Exception):
    """Variables that are missing or wrong; each line names one and says how to mend it."""


class Settings(BaseSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: SecretStr | None = Field(None, description="The bot's token, from @BotFather")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="The Bot API server: the part before /bot<token>"
    )
    webhook_url: str | None = Field(None, description="Public base address; set: webhook, unset: long polling")
    webhook_secret: SecretStr | None = Field(None, description="Required with WEBHOOK_URL: 1-256 of A-Z a-z 0-9 _ -")
    port: int = Field(8080, ge=0, le=65535, description="Where webhook, health routes and the workbench listen")
    faq_dir: Path | None = Field(None, description="Content directory; default ./faq, else the copy in the package")
    cache_dir: Path | None = Field(None, description="Where learned weights are kept; default: the user's cache folder")
    database_url: SecretStr | None = Field(
        None, description="postgres://... or sqlite:///file; unset: a SQLite file of counters in CACHE_DIR"
    )
    data_key: SecretStr | None = Field(
        None, description="Encrypts what is kept and keys its hashes; needed for the inbox and for shared sessions"
    )
    engine: Literal["A", "B"] = Field("B", description="A never loads the sentence model: less memory, more speed")
    require_review: bool = Field(False, description="1 withholds medical answers that no clinician has signed")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged")
    log_format: Literal["console", "json"] = Field("console", description="console for people, json for machines")
    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram user ids of admins, with commas between"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed in counts, so that a test can hand in any environment."""
        return (init_settings,)

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("log_level", "engine", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^/\s]+(/\S*)?", value):
            raise ValueError("this is no address. It must begin with https:// (or http:// on this machine)")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not DATABASES.fullmatch(value.get_secret_value()):
            raise ValueError(
                "must be postgres://user:password@host/name or sqlite:///file.sqlite3 (four slashes: an absolute path)"
                ". Copy it again from where the database is hosted"
            )
        return value

    @field_validator("data_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < LEAST_KEY:
            raise ValueError(f"needs at least {LEAST_KEY} random characters. Make one: {MAKE_SECRET}")
        return value

    @model_validator(mode="after")
    def _secret_with_webhook(self) -> "Settings":
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        if self.webhook_url and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise ValueError(
                f"WEBHOOK_SECRET: needed with WEBHOOK_URL, of letters, digits, _ and -. Make one: {MAKE_SECRET}"
            )
        return self

    @property
    def token(self) -> str:
        """The bot's token; raises SettingsError where it is missing or has not the shape of one."""
        token = self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""
        if not token:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN: not set. Get a token from @BotFather on Telegram (/newbot) and set it; "
                "to try the bot without Telegram, run: faqbot workbench"
            )
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN: this has not the shape of a token (digits, a colon, letters). "
                "Copy it again from @BotFather, without quotes or spaces"
            )
        return token


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings from a mapping such as os.environ. Raises SettingsError, one line a variable."""
    values = {name: value for name in Settings.model_fields if (value := environ.get(name.upper(), "").strip())}
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("\n".join(map(_line, error.errors(include_url=False)))) from None


def _line(detail: object) -> str:
    assert isinstance(detail, dict)  # noqa: S101
    message = str(detail["msg"]).removeprefix("Value error, ")
    if not detail["loc"]:
        return message
    name = str(detail["loc"][0])
    return f"{name.upper()}: {message}{REMEDIES.get(name, '')}"
