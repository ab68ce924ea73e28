"""Each variable is read from what is handed in; what is missing or wrong is named with its remedy, never shown."""

# ruff: noqa: SIM300 - expected == actual is the house style

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import MAKE_SECRET, Settings, SettingsError, read_settings

TOKEN = "123456:ABC-def_GHI"
SECRET = "s3cret_-S3CRET"
WEBHOOK = {"WEBHOOK_URL": "https://bot.example.org", "WEBHOOK_SECRET": SECRET}


def refused(environ: dict[str, str]) -> str:
    """What the operator reads."""
    with pytest.raises(SettingsError) as caught:
        read_settings(environ)
    return str(caught.value)


def test_nothing_set_is_fine() -> None:
    """Every variable has its default."""
    settings = read_settings({})
    expected = {
        "telegram_bot_token": None,
        "telegram_api_url": "https://api.telegram.org",
        "webhook_url": None,
        "webhook_secret": None,
        "port": 8080,
        "faq_dir": None,
        "require_review": False,
        "engine": "B",
        "log_level": "INFO",
        "log_format": "console",
        "admin_ids": (),
        "cache_dir": None,
        "database_url": None,
        "data_key": None,
    }
    assert expected == settings.model_dump()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("telegram_api_url", "http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("telegram_api_url", "https://bots.example.org/base/", "https://bots.example.org/base"),
        ("port", "9000", 9000),
        ("port", "0", 0),
        ("port", "65535", 65535),
        ("faq_dir", "content/faq", Path("content/faq")),
        ("require_review", "1", True),
        ("require_review", "0", False),
        ("engine", "a", "A"),
        ("require_review", "true", True),
        ("log_level", "debug", "DEBUG"),
        ("log_level", "WARNING", "WARNING"),
        ("log_format", "json", "json"),
        ("admin_ids", "5", (5,)),
        ("admin_ids", "12345, 67890,", (12345, 67890)),
    ],
)
def test_a_variable_is_read(name: str, value: str, expected: object) -> None:
    """In the form in which operators write it."""
    assert expected == getattr(read_settings({name.upper(): value}), name)


def test_webhook_address_and_secret_are_read() -> None:
    """Both together; a slash at the end does not matter."""
    settings = read_settings(WEBHOOK | {"WEBHOOK_URL": "https://bot.example.org/"})
    assert settings.webhook_secret is not None
    assert ("https://bot.example.org", SECRET) == (settings.webhook_url, settings.webhook_secret.get_secret_value())


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_an_empty_variable_counts_as_not_set(name: str, empty: str) -> None:
    """Hosting forms leave them so."""
    assert read_settings({}) == read_settings({name: empty})


@pytest.mark.parametrize("around", [" {}", "{}\n", "\t{} "])
def test_spaces_around_a_value_do_not_matter(around: str) -> None:
    """Copying brings them along."""
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "LOG_LEVEL": "info", "PORT": "9000", **WEBHOOK}
    assert read_settings(environ) == read_settings({name: around.format(value) for name, value in environ.items()})


def test_only_what_is_handed_in_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the process's environment nor a .env file nearby."""
    monkeypatch.setenv("PORT", "1")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("PORT=2\n")
    assert 8080 == read_settings({}).port


def test_other_variables_do_not_matter() -> None:
    """A machine has many; names are in capitals."""
    assert read_settings({}) == read_settings({"PATH": "/bin", "port": "1", "HOME": "/root"})


def test_settings_are_frozen() -> None:
    """Nobody changes them at run time."""
    with pytest.raises(ValidationError, match="frozen"):
        read_settings({}).port = 1


def test_every_variable_has_a_description() -> None:
    """For the documentation."""
    assert [] == [name for name, field in Settings.model_fields.items() if not field.description]


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("PORT", "abc", "Use a number from 0 to 65535, such as 8080"),
        ("PORT", "65536", "Use a number from 0 to 65535, such as 8080"),
        ("PORT", "-1", "Use a number from 0 to 65535, such as 8080"),
        ("REQUIRE_REVIEW", "perhaps", "Use 1 or 0"),
        ("ENGINE", "C", "Use A or B"),
        ("LOG_LEVEL", "LOUD", "Use DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "Use console or json"),
        ("ADMIN_IDS", "@anna", "Use numbers with commas between, such as 12345,67890"),
        ("ADMIN_IDS", "1;2", "Use numbers with commas between, such as 12345,67890"),
        ("TELEGRAM_API_URL", "api.telegram.org", "It must begin with https:// (or http:// on this machine)"),
        ("TELEGRAM_API_URL", "https://", "It must begin with https:// (or http:// on this machine)"),
        ("TELEGRAM_API_URL", "https://a b", "It must begin with https:// (or http:// on this machine)"),
        ("WEBHOOK_URL", "bot.example.org", "It must begin with https:// (or http:// on this machine)"),
        ("WEBHOOK_URL", "ftp://bot.example.org", "It must begin with https:// (or http:// on this machine)"),
    ],
)
def test_a_wrong_variable_is_named_with_its_remedy(name: str, value: str, remedy: str) -> None:
    """In one line."""
    message = refused({name: value})
    assert message.startswith(f"{name}: ")
    assert message.endswith(remedy)
    assert "\n" not in message


def test_all_wrong_variables_are_named_at_once() -> None:
    """One line each."""
    lines = refused({"PORT": "x", "LOG_LEVEL": "x", "ADMIN_IDS": "x"}).split("\n")
    assert ["ADMIN_IDS", "LOG_LEVEL", "PORT"] == sorted(line.split(":")[0] for line in lines)


@pytest.mark.parametrize("secret", [None, "", "has spaces", "caf\u00e9", "x" * 257, "a.b", "a/b="])
def test_a_webhook_needs_a_secret_that_telegram_takes(secret: str | None) -> None:
    """The error says how to make one."""
    environ = {"WEBHOOK_URL": "https://bot.example.org"} | ({} if secret is None else {"WEBHOOK_SECRET": secret})
    expected = f"WEBHOOK_SECRET: needed with WEBHOOK_URL, of letters, digits, _ and -. Make one: {MAKE_SECRET}"
    assert expected == refused(environ)


def test_the_command_that_makes_a_secret_makes_a_good_one(capsys: pytest.CaptureFixture[str]) -> None:
    """What it prints is accepted."""
    exec(MAKE_SECRET.split('"')[1])  # noqa: S102 - our own constant, as the operator would run it
    secret = capsys.readouterr().out.strip()
    assert read_settings(WEBHOOK | {"WEBHOOK_SECRET": secret}).webhook_url


@pytest.mark.parametrize("length", [1, 256])
def test_a_secret_may_have_1_to_256_characters(length: int) -> None:
    """Telegram's own limits."""
    assert read_settings(WEBHOOK | {"WEBHOOK_SECRET": "x" * length}).webhook_url


def test_the_token_is_handed_out() -> None:
    """As it was set."""
    assert TOKEN == read_settings({"TELEGRAM_BOT_TOKEN": TOKEN}).token


def test_a_missing_token_is_told_when_it_is_needed() -> None:
    """With where to get one, and how to do without."""
    settings = read_settings({})
    with pytest.raises(SettingsError, match=r"^TELEGRAM_BOT_TOKEN: not set\. Get a token from @BotFather") as caught:
        _ = settings.token
    assert "faqbot workbench" in str(caught.value)


@pytest.mark.parametrize("token", ["abc", "123456", "123456:", ":ABC", "bot123456:ABC", f'"{TOKEN}"', f"{TOKEN} x"])
def test_a_token_of_another_shape_is_told_and_not_shown(token: str) -> None:
    """It may be a real one with a slip."""
    with pytest.raises(SettingsError, match=r"^TELEGRAM_BOT_TOKEN: this has not the shape of a token") as caught:
        _ = read_settings({"TELEGRAM_BOT_TOKEN": token}).token
    assert token not in str(caught.value).replace("TELEGRAM_BOT_TOKEN", "")


def test_secrets_are_not_in_the_repr() -> None:
    """Nor in any other text form of the settings."""
    settings = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN, **WEBHOOK})
    texts = [repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()]
    assert [] == [text for text in texts if TOKEN in text or SECRET in text]


def test_secrets_are_not_in_an_error_nor_in_its_traceback() -> None:
    """Whatever else is wrong."""
    bad = f"{SECRET} with spaces"
    environs = [
        {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://a.org", "WEBHOOK_SECRET": bad},
        {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": bad, "PORT": "x"},
    ]
    for environ in environs:
        with pytest.raises(SettingsError) as caught:
            read_settings(environ)
        told = "".join(traceback.format_exception(caught.value)) + str(caught.value.__context__)
        assert TOKEN not in told
        assert SECRET not in told


def test_a_wrong_value_is_not_repeated() -> None:
    """Somebody may have put the token into the wrong variable."""
    wrong = dict.fromkeys(("PORT", "ADMIN_IDS", "LOG_LEVEL", "LOG_FORMAT", "REQUIRE_REVIEW", "WEBHOOK_URL"), TOKEN)
    assert TOKEN not in refused(wrong)
