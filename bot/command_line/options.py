"""Options that commands share, and commands that name misspelt settings before they run."""

import os
from pathlib import Path

import click

from bot.commands.exit_status import warn

FEWEST_PARAGRAPHS, MOST_PARAGRAPHS = 100, 9_999_999  # paragraphs that are compared with
folder_option = click.option(
    "--articles",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of articles (default: FOOTNOTE_ARTICLES, or those that ship with it).",
)
language_option = click.option(
    "--language",
    metavar="CODE",
    callback=lambda _, __, code: _spoken(code),
    help="The language of what stands around the quotes: en, de or ru.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Count(click.IntRange):
    """A whole number within limits."""

    name = "whole number"  # as an error calls it


class Words(click.types.StringParamType):
    """Words as they were typed: in UTF-8, whatever encoding the locale names."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The words; bytes that are no UTF-8 become replacement characters."""
        return os.fsencode(str(super().convert(value, param, ctx))).decode("utf-8", "replace")


def _spoken(code: str | None) -> str:
    """The language of the catalogue that a code names, the usual one without a code."""
    from bot.composing.wording import FIRST_LANGUAGE, catalogue_language, catalogue_languages

    if code is None:
        return FIRST_LANGUAGE
    spoken = catalogue_language(code)
    if spoken is None:
        known = ", ".join(catalogue_languages())
        problem = f"{code!r} is no language that the bot speaks; write one of {known}"
        raise click.BadParameter(problem)
    return spoken


def sizes(text: str) -> tuple[int, ...]:
    """Numbers of paragraphs with commas between, such as 1000,10000."""
    parts = [part.strip() for part in text.split(",")]
    if not all(
        part.isdecimal() and len(part) < 8 and int(part) >= FEWEST_PARAGRAPHS for part in parts
    ):
        numbers = f"whole numbers from {FEWEST_PARAGRAPHS} to {MOST_PARAGRAPHS:,}"
        problem = f"{text!r} is no list of {numbers}"
        raise click.BadParameter(f"{problem}; write 1000,10000, for example")
    return tuple(map(int, parts))


class CommandOfSettings(click.Command):
    """A command that names what looks like a setting and is none, before it runs."""

    def invoke(self, ctx: click.Context) -> object:
        from bot.settings.settings import settings_warnings

        for warning in settings_warnings():
            warn(warning)
        return super().invoke(ctx)


class Commands(click.Group):
    """A group of such commands, and of such groups."""

    command_class = CommandOfSettings
    group_class = type
