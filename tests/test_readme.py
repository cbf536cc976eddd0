"""The README names every command and every setting."""

from dataclasses import fields
from pathlib import Path

import click
import pytest

from bot.cli import app
from bot.settings.settings import PREFIX, Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def commands(group, prefix="footnote"):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


@pytest.mark.parametrize("command", [name for name, _ in commands(app)])
def test_every_command_is_explained(command):
    """With an example or a line."""
    assert command in README


@pytest.mark.parametrize(
    "option",
    sorted({o for _, c in commands(app) for p in c.params for o in p.opts if o.startswith("--")}),
)
def test_every_option_is_named(option):
    """At least once."""
    assert option in README


@pytest.mark.parametrize("setting", [PREFIX + field.name.upper() for field in fields(Settings)])
def test_every_setting_is_explained(setting):
    """In the table, and in the help."""
    assert setting in README
    assert setting in (app.help or "")
