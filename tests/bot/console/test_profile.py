"""How the bot presents itself."""

import pytest

ASK = {"command": "ask", "description": "Ask the articles"}


def test_the_bot_itself(api):
    """With what it can do."""
    me = api.call("getMe", {})
    assert (me["username"], me["is_bot"], me["supports_inline_queries"]) == (
        "footnote_bot", True, True,
    )  # fmt: skip
    assert me["can_join_groups"]
    assert me["can_read_all_group_messages"]


@pytest.mark.parametrize(
    ("method", "name", "longest"),
    [("MyDescription", "description", 512), ("MyShortDescription", "short_description", 120)],
)  # fmt: skip
def test_texts_by_language(api, refused, method, name, longest):
    """Each within its length."""
    assert api.call(f"set{method}", {name: "x" * longest}) is True
    assert api.call(f"set{method}", {name: "123", "language_code": "de"}) is True
    assert api.call(f"get{method}", {}) == {name: "x" * longest}
    assert api.call(f"get{method}", {"language_code": "de"}) == {name: "123"}
    sent = refused(f"set{method}", **{name: "x" * (longest + 1)})
    assert sent == f"Bad Request: BOT_{name.upper()}_TOO_LONG"


def test_commands_by_scope_and_language(api):
    """Exactly these are given back; a slash before them is dropped."""
    group = {"type": "all_group_chats"}
    api.call("setMyCommands", {"commands": [ASK]})
    command = {**ASK, "command": "/brief"}
    api.call("setMyCommands", {"commands": [command], "scope": group, "language_code": "de"})
    assert api.call("getMyCommands", {"scope": {"type": "default"}}) == [ASK]
    assert api.call("getMyCommands", {"scope": group}) == []
    assert api.call("getMyCommands", {"scope": group, "language_code": "de"}) == [
        {**ASK, "command": "brief"}
    ]


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"command": "Ask"}, "BOT_COMMAND_INVALID"),
        ({"command": "as-k"}, "BOT_COMMAND_INVALID"),
        ({"command": "/"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33}, "BOT_COMMAND_INVALID"),
        ({"description": " "}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
def test_a_command_that_cannot_be(refused, changes, description):
    """Small letters, digits and _; up to 32, with a description of up to 256."""
    sent = refused("setMyCommands", commands=[{**ASK, **changes}])
    assert sent == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("call", "description"),
    [
        ({"commands": [ASK] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"language_code": "deutsch"}, "invalid language code specified"),
    ],
)
def test_commands_that_cannot_be(refused, call, description):
    """A hundred at most, for languages that there are."""
    assert refused("setMyCommands", **call) == f"Bad Request: {description}"
