"""The READMEs name every command, option and setting, and lead nowhere that does not exist."""

import re
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from bot.cli import app
from bot.settings.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
FIRST = ROOT / "README.md"
READMES = [FIRST, *(ROOT / folder / "README.md" for folder in ("bot", "retrieval", "deploy"))]
LINES_OF_THE_FIRST = 160
SETTINGS = {PREFIX + field.name.upper() for field in fields(Settings)}
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")
SETTING = re.compile(rf"(?<!\w){PREFIX}[A-Z_]+")
PATH = re.compile(r"(?<![\w./-])(?:bot|retrieval|seeds|tests|deploy)/[\w./-]*")
FILE = re.compile(r"`([\w-]+\.(?:py|toml))`")
CONSTANTS = re.compile(r"((?:`[A-Z][A-Z_]+`,? (?:and (?:others )?)?)+)in `([\w/]+\.py)`")

of_each_readme = pytest.mark.parametrize(
    "readme", READMES, ids=lambda path: str(path.relative_to(ROOT))
)


def text(path):
    return path.read_text(encoding="utf-8")


HELP = app.get_help(click.Context(app, info_name="footnote"))  # what `footnote --help` prints
ALL = "".join(text(readme) for readme in READMES)


def prose(path):
    """What stands outside of the blocks of code."""
    return FENCED.sub("", text(path))


def anchors(path):
    """What links to the headings end in, as GitHub makes it."""
    plain = [re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(prose(path))]
    return {heading.replace(" ", "-") for heading in plain}


def commands(group, prefix="footnote"):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


@pytest.mark.parametrize("command", [name for name, _ in commands(app)])
def test_every_command_is_explained(command):
    """With an example or a line, in one of the READMEs."""
    assert command in ALL


@pytest.mark.parametrize(
    "option",
    sorted({o for _, c in commands(app) for p in c.params for o in p.opts if o.startswith("--")}),
)
def test_every_option_is_named(option):
    """At least once."""
    assert re.search(rf"(?<!\S)`?{option}\b(?!-)", ALL)


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_every_setting_is_explained(setting):
    """In the table of all settings, and in the help."""
    assert re.search(rf"^\|.*`{setting}`.*\|.*\|.*\|$", text(ROOT / "bot/README.md"), re.MULTILINE)
    assert setting in HELP


@of_each_readme
def test_every_setting_that_is_named_exists(readme):
    """Who copies a misspelt one would set nothing."""
    assert set(SETTING.findall(text(readme))) <= SETTINGS


def test_the_first_readme_is_short():
    """It is for somebody who has five minutes."""
    assert len(text(FIRST).splitlines()) <= LINES_OF_THE_FIRST


@pytest.mark.parametrize("readme", READMES[1:], ids=lambda path: path.parent.name)
def test_the_first_readme_leads_to_the_others(readme):
    """So what is not in it is found."""
    assert f"({readme.relative_to(ROOT)}" in text(FIRST)


@of_each_readme
def test_every_link_leads_to_a_file_and_a_heading(readme):
    """That exist; addresses on the web are left alone."""
    links = [link for link in LINK.findall(prose(readme)) if "://" not in link]
    assert links
    for link in links:
        name, _, anchor = unquote(link).partition("#")
        target = (readme.parent / name).resolve() if name else readme
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


@of_each_readme
def test_every_path_and_file_that_is_named_exists(readme):
    """Paths start at the root of the project; a file without its folder is somewhere below it."""
    for path in PATH.findall(prose(readme)):
        assert (ROOT / path.rstrip(".")).exists(), path
    for name in FILE.findall(prose(readme)):
        assert any(found for top in ("bot", "retrieval") for found in (ROOT / top).rglob(name)), (
            name
        )


def test_every_constant_is_in_the_file_that_is_named_for_it():
    """So whoever is to change a limit finds its number there."""
    found = CONSTANTS.findall(text(ROOT / "bot/README.md"))
    assert found
    for names, path in found:
        for name in re.findall(r"[A-Z_]+", names):
            given = rf"^(?:    )?(?:\w+, )?{name}\b.* = "
            assert re.search(given, text(ROOT / path), re.MULTILINE), f"{name} in {path}"
