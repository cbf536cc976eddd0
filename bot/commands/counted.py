"""How many there are of something: `1 article`, `2,310 articles`."""

from bot.composing.locale_rules import LocaleRules

ENGLISH = "en"  # which the commands speak


def counted(count: int, one: str) -> str:
    """The number with the noun behind it, which is given as of one and forms its plural with s."""
    rules = LocaleRules(ENGLISH)
    return f"{rules.decimal(count)} {rules.plural(count, one=one, other=f'{one}s')}"
