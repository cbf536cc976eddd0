"""Each setting: what it is read as, and the sentence about a value that cannot be meant."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings.settings import PREFIX, Settings, SettingsError, find_settings, load_settings
from bot.settings.value_checks import CHECKS

IDS = "numbers such as 123456789, or -1001234567890 for a group, with commas between them"
HOST_AND_PORT = "a host and a port, such as 127.0.0.1:8080 or [::1]:8080"
NUMBERS = [one.name for one in fields(Settings) if one.type is int]
SECRETS = [one.name for one in fields(Settings) if not one.repr]


@pytest.fixture(autouse=True)
def an_empty_folder(monkeypatch, tmp_path):
    """Without any `.env`."""
    monkeypatch.chdir(tmp_path)


def test_every_setting_has_a_check():
    """And there is none of what is no setting."""
    assert list(CHECKS) == [one.name for one in fields(Settings)]


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("LOG_LEVEL", " debug ", "DEBUG"),
        ("LOG_QUESTIONS", "Yes", True),
        ("LOG_QUESTIONS", "0", False),
        ("KEEP_DAYS", "7\r", 7),
        ("STALE_AFTER", "0", 0),
        ("LISTEN", "[::1]:80", "[::1]:80"),
        ("HEALTH_LISTEN", "", ""),
        ("LISTEN", "", "127.0.0.1:8080"),
        ("ADMINS", "7, 8", {7, 8}),
        ("ARTICLES", '{"a": 1}', Path('{"a": 1}')),
        ("ARTICLES", "/\udcff", Path("/\udcff")),
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081/bot", "http://127.0.0.1:8081"),
    ],
)
def test_a_value_is_read(monkeypatch, name, given, read):
    """Without blanks around it; nothing is as if it were not set."""
    monkeypatch.setenv(PREFIX + name, given)
    assert getattr(load_settings(), name.lower()) == read


@pytest.mark.parametrize(
    ("name", "value", "problem", "remedy"),
    [
        ("LOG_QUESTIONS", "maybe", "'maybe' is neither true nor false", "one of these two words"),
        ("LOG_LEVEL", "LOUD", "'LOUD' is no log level", "DEBUG, INFO, WARNING or ERROR"),
        ("KEEP_DAYS", "0", "'0' is out of range", "a number from 1 to 36500"),
        ("KEEP_DAYS", "a week", "'a week' is no whole number", "a number from 1 to 36500"),
        ("STALE_AFTER", "1.5", "'1.5' is no whole number", "a number from 0 to 10080"),
        ("STALE_AFTER", "9" * 5000, f"'{'9' * 40}…' is out of range", "a number from 0 to 10080"),
        ("LISTEN", "8080", "'8080' is no address to listen at", HOST_AND_PORT),
        ("ALLOWED_CHATS", ",", "',' is no number of a chat or person", IDS),
        ("ADMINS", "1 @ada", "'@ada' is no number of a chat or person", IDS),
        ("DATA", "~no-one/x", "'~no-one/x' is in the home of a user that does not exist",
         "the whole path"),
    ],
)  # fmt: skip
def test_a_wrong_value_gets_one_sentence(monkeypatch, name, value, problem, remedy):
    """Which setting, what was given, and what to write."""
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == f"{PREFIX}{name}: {problem}; write {remedy}"


@pytest.mark.parametrize("value", ["x", "-1", "1e3", "٣", "\udcff", "0x10", "1 2", "[1]", "null"])
@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_number_is_told_in_our_words(monkeypatch, name, value):
    """And not in those of a library."""
    monkeypatch.setenv(PREFIX + name.upper(), value)
    least, most = (1, 36500) if name == "keep_days" else (0, 10080 if "stale" in name else 100000)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) in {
        f"{PREFIX}{name.upper()}: {value!r} is {problem}; write a number from {least} to {most}"
        for problem in ("no whole number", "out of range")
    }


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("value", ["open sesame", "http://ada:open sesame@127.0.0.1:99999/"])
def test_a_secret_is_never_repeated(monkeypatch, name, value):
    """Also where it is wrong."""
    monkeypatch.setenv(PREFIX + name.upper(), value)
    with pytest.raises(SettingsError, match=f"^{PREFIX}{name.upper()}: ") as caught:
        load_settings()
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize("name", sorted(set(CHECKS) - {"articles", "synonyms", "data"}))
@pytest.mark.parametrize(
    "value", ["123456:open-sesame_open-sesame", "postgres://ada:open-sesame@host:0/#"]
)
def test_a_secret_in_the_wrong_place_is_not_repeated(monkeypatch, name, value):
    """It was pasted into another line, perhaps."""
    monkeypatch.setenv(PREFIX + name.upper(), value)
    problem = find_settings().mistakes.get(name, "")
    assert "sesame" not in problem


def test_all_that_is_wrong_is_found_and_the_rest_is_taken(monkeypatch, tmp_path):
    """With the default for each that is wrong; the environment comes before the file."""
    (tmp_path / ".env").write_text(
        "FOOTNOTE_KEEP_DAYS=x\nfootnote_stale_after=5\nFOOTNOTE_DATA=a\n"
    )
    monkeypatch.setenv("FOOTNOTE_LOG_LEVEL", "LOUD")
    monkeypatch.setenv("FOOTNOTE_DATA", "b")
    found = find_settings()
    assert set(found.mistakes) == {"log_level", "keep_days"}
    taken = found.settings
    assert (taken.log_level, taken.keep_days, taken.stale_after) == ("INFO", 30, 5)
    assert taken.data == Path("b")
