"""Which addresses of databases can be used, and what of them is shown nowhere."""

import json

import pytest

from bot.monitoring.logs import forms, redact
from bot.settings.database_url import shown
from bot.settings.settings import SettingsError, load_settings

USABLE = [
    "postgresql://ada:sesame@db.example.org/footnote",
    "postgres://ada@127.0.0.1:5433/footnote?sslmode=require",
    "postgresql://ada:ses%40me@[::1]:5432/footnote",
    "postgresql://one.example.org:5432,two.example.org:5432/footnote?target_session_attrs=any",
    "postgresql:///footnote?host=/var/run/postgresql",
]


@pytest.mark.parametrize("url", USABLE)
def test_an_address_of_postgresqls_is_taken_as_it_is(monkeypatch, url):
    """With all that its own library understands."""
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", f" {url} ")
    assert load_settings().database_url == url


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///sesame.db", "SQLite needs no address; leave this empty and name a folder"),
        ("sqlite+aiosqlite:///sesame.db", "SQLite needs no address"),
        ("mysql://ada:sesame@x/y", "only PostgreSQL can be used"),
        ("postgresql+asyncpg://ada:sesame@x/y", "only PostgreSQL can be used"),
        ("sesame", "this is no address of a database"),
        ("postgresql:sesame", "this is no address of a database"),
        ("postgresql://ada:ses@sesame@x/y", "with %40 for an @ in the password"),
        ("postgresql://ada:1/sesame@x/y", "this is no address of a database"),
        ("postgresql://ada:ses#sesame@x/y", "this is no address of a database"),
        ("postgresql://ada:sesame@x:99999/y", "this is no address of a database"),
        ("postgresql://ada:ses ame@x/y", "this is no address of a database"),
        ("postgresql://[sesame", "this is no address of a database"),
    ],
)
def test_what_is_no_such_address_is_refused_unseen(monkeypatch, url, said):
    """It may hold a password."""
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", url)
    with pytest.raises(SettingsError, match="FOOTNOTE_DATABASE_URL: ") as caught:
        load_settings()
    assert said in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_postgresql_wants_its_extra(monkeypatch):
    """And says how to get it."""
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", USABLE[0])
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(SettingsError, match=r"pip install 'footnote-bot\[postgres\]'") as caught:
        load_settings()
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize("place", ["ada:{}@127.0.0.1/footnote", "/footnote?user=ada&password={}"])
@pytest.mark.parametrize("written", ["open-sesame", "%22s%C3%A9s:ame%22%2F", "open%3asesame"])
def test_the_password_is_shown_in_no_form(monkeypatch, place, written):
    """As it is written, as it is meant, and as JSON, Python and URLs have it."""
    url = "postgresql://" + place.format(written)
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", url)
    settings = load_settings()
    meant = written.replace("%22", '"').replace("%C3%A9", "é").replace("%2F", "/")
    meant = meant.replace("%3a", ":")
    hidden = forms(settings.secrets)
    for said in (written, meant, json.dumps(meant), repr(meant), url):
        assert "ame" not in redact(said, hidden)
    assert "ame" not in shown(url)
    assert written not in repr(settings)


def test_a_name_alone_is_no_secret(monkeypatch):
    """It would be hidden wherever the same word stands."""
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", "postgresql://footnote@127.0.0.1/footnote")
    assert load_settings().secrets == ()
