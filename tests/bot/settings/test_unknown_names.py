"""Names that look like settings and are none."""

import pytest
from bot_process import TOKEN
from programs import run

from bot.settings.env_file import EnvFile
from bot.settings.settings import find_settings, settings_warnings, with_guarded_access
from bot.settings.unknown_names import unknown_names

KNOWN = [
    "FOOTNOTE_ADMINS", "FOOTNOTE_ALLOWED_CHATS", "FOOTNOTE_ARTICLES", "FOOTNOTE_DATA",
    "FOOTNOTE_DATABASE_URL", "FOOTNOTE_LOG_LEVEL", "FOOTNOTE_PROXY", "FOOTNOTE_TELEGRAM_TOKEN",
]  # fmt: skip
ACCESS = "FOOTNOTE_ALLOWED_CHATS"
TOLD = (
    (
        f"FOOTNOTE_ALLOWED_CHAT: there is no such setting, but {ACCESS} may be meant; correct the "
        "name, or take it out of the environment"
    ),
    (
        ".env:1: there is no setting FOOTNOTE_ARTICLE, but FOOTNOTE_ARTICLES may be meant; "
        "correct the name, or remove the line"
    ),
    ".env:2: this is not NAME=value; write it so, or start the line with # if it is a comment",
)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("FOOTNOTE_ALLOWED_CHAT", ACCESS),
        ("footnote_alowed_chats", ACCESS),
        ("FOOTNOTE_CHATS_ALLOWED", ACCESS),
        ("FOOTNOTE_ALLOWED_USERS", ACCESS),
        ("FOOTNOTE_ALLOWLIST", ACCESS),
        ("FOOTNOTE_CHAT_IDS", ACCESS),
        ("FOOTNOTEALLOWED_CHATS", ACCESS),
        ("FOOTNOTES_ALLOWED_CHATS", ACCESS),
        ("FOOTNOTE-ALLOWED-CHATS", ACCESS),
        ("FOOTNOTE_ADMIN", "FOOTNOTE_ADMINS"),
        ("FOOTNOTE_TOKEN", "FOOTNOTE_TELEGRAM_TOKEN"),
        ("FOOTNOTE_BOT_TOKEN", "FOOTNOTE_TELEGRAM_TOKEN"),
        ("FOOTNOTE_DATA_DIR", "FOOTNOTE_DATA"),
        ("FOOTNOTE_LOGLEVEL", "FOOTNOTE_LOG_LEVEL"),
        ("FOOTNOTE_HTTPS_PROXY", "FOOTNOTE_PROXY"),
        ("FOOTNOTE_XYZ", ""),
        ("FOOTNOTE_", ""),
        ("FOOTNOTE_\N{SNOWMAN}" + "A" * 10_000, ""),
    ],
)
def test_a_name_that_is_none_is_found_with_the_nearest_right_one(monkeypatch, name, nearest):
    """Misspelt, in another order, with other words, or cut."""
    monkeypatch.setenv(name, "5")
    (found,) = [one for one in unknown_names(EnvFile(), KNOWN) if one.name == name]
    assert found.nearest == nearest
    assert (f"but {nearest} may be meant" in str(found)) is bool(nearest)
    assert len(str(found)) < 250


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("footnote_data", "d"),
        ("MY_FOOTNOTE_DATA", "d"),
        ("FOOTNOTES", "d"),
        ("FOOTNOTES_SHOP_KEY", "d"),
    ],
)
def test_what_belongs_to_others_is_not_ours(monkeypatch, name, value):
    """It may begin almost as ours does."""
    monkeypatch.setenv(name, value)
    assert unknown_names(EnvFile(), KNOWN) == ()


def test_a_name_in_the_file_is_told_with_its_line():
    """And what to do with it."""
    file = EnvFile({"FOOTNOTE_ARTICLE": "x"}, {"FOOTNOTE_ARTICLE": 3})
    (found,) = unknown_names(file, KNOWN)
    assert str(found) == (
        ".env:3: there is no setting FOOTNOTE_ARTICLE, but FOOTNOTE_ARTICLES may be meant; "
        "correct the name, or remove the line"
    )


@pytest.mark.parametrize(
    "command",
    [["ask", "thanks"], ["brief"], ["articles", "list"], ["articles", "check"], ["console"]],
)
def test_every_command_names_it_once(tmp_path, command):
    """On stderr, and does its work."""
    (tmp_path / ".env").write_text("FOOTNOTE_ARTICLE=x\nnothing at all\n")
    _, out, err = run(tmp_path, *command, ALLOWED_CHAT="5")
    assert err == "".join(f"footnote: {line}\n" for line in TOLD)
    assert out


def test_a_bot_that_few_people_were_to_use_does_not_start_open_to_everybody(tmp_path):
    """Where its list of chats is misspelt."""
    status, _, err = run(tmp_path, "telegram", TELEGRAM_TOKEN=TOKEN, ALLOWED_CHAT="5")
    assert (status, err.count("\n")) == (2, 1)
    assert "but FOOTNOTE_ALLOWED_CHATS may be meant, without which everybody could use" in err


def test_any_other_name_is_named_in_the_log_of_the_bot(tmp_path):
    """Which goes on."""
    settings = {"TELEGRAM_TOKEN": TOKEN, "ADMIN": "5", "ARTICLES": "missing"}
    status, _, err = run(tmp_path, "telegram", **settings)
    named, ended = err.splitlines()
    assert status == 2
    assert '"level": "warning"' in named
    assert "FOOTNOTE_ADMIN: there is no such setting, but FOOTNOTE_ADMINS may be meant" in named
    assert "missing: there is no such folder" in ended


@pytest.mark.parametrize(
    "settings",
    [
        {"FOOTNOTE_ALLOWED_CHAT": "5", "FOOTNOTE_ALLOWED_CHATS": "5"},
        {"FOOTNOTE_ALLOWED_CHAT": ""},
        {"FOOTNOTE_ADMIN": "5"},
    ],
)
def test_a_name_that_opens_nothing_is_only_named(monkeypatch, tmp_path, settings):
    """The list is there, or was to be empty, or it is another setting."""
    monkeypatch.chdir(tmp_path)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    found = find_settings()
    assert with_guarded_access(found) == found
    assert found.mistakes == {}
    assert len(settings_warnings()) == 1
