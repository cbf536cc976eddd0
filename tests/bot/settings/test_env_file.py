"""The file `.env`: what is read from it, and how its bad lines are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings.env_file import EnvFile, read_env_file

NOT_A_SETTING = "this is not NAME=value; write it so, or start the line with # if it is a comment"
NO_VALUE = (
    "FOOTNOTE_ADMINS has no value; write FOOTNOTE_ADMINS=value, or FOOTNOTE_ADMINS= for none"
)
QUOTES = (
    "the quotation marks do not match; put one before the value and the same one behind it, and "
    "none within"
)


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads a file of that content."""
    monkeypatch.chdir(tmp_path)

    def reading(content):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / ".env").write_bytes(data)
        return read_env_file()

    return reading


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("FOOTNOTE_DATA=/d", "/d"),
        ("FOOTNOTE_DATA = /d", "/d"),
        ("export FOOTNOTE_DATA=/d", "/d"),
        ("\ufeffFOOTNOTE_DATA=/d", "/d"),
        ("FOOTNOTE_DATA='/d e'", "/d e"),
        ('FOOTNOTE_DATA="/d e" # mine', "/d e"),
        ("FOOTNOTE_DATA=/d # mine\r", "/d"),
        ("FOOTNOTE_DATA=/d#e", "/d#e"),
        ("FOOTNOTE_DATA=", ""),
        ("FOOTNOTE_DATA=${NO_NAME:-n}/d", "n/d"),
    ],
)
def test_a_value_may_be_written_in_many_ways(read, line, value):
    """As shells and Docker have them; an empty line or a comment is none."""
    file = read(f"{line}\n\n# FOOTNOTE_X: 1\nNAME=n\n")
    assert file.values["FOOTNOTE_DATA"] == value
    assert (file.mistakes, file.warnings) == ({}, ())
    assert file.lines == {"FOOTNOTE_DATA": 1, "NAME": 4}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("FOOTNOTE_ADMINS: 5", NOT_A_SETTING),
        ("set FOOTNOTE_ADMINS=5", NOT_A_SETTING),
        ('$env:FOOTNOTE_ADMINS="5"', NOT_A_SETTING),
        ("- FOOTNOTE_ADMINS=5", NOT_A_SETTING),
        ("footnote_admins 5", NOT_A_SETTING),
        ('"FOOTNOTE_ADMINS"=5', NOT_A_SETTING),
        ('FOOTNOTE_ADMINS="5', QUOTES),
        ("FOOTNOTE_ADMINS='5'6", QUOTES),
        ("FOOTNOTE_ADMINS", NO_VALUE),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_bad_line_that_may_be_a_setting_is_a_mistake(read, line, problem, end):
    """What it was to say would be lost; what it says is not repeated, and the others are read."""
    file = read(end.join(["A=1", "", "", line, "B=2", ""]))
    assert file.mistakes == {".env:4": f".env:4: {problem}"}
    assert file.values == {"A": "1", "B": "2"}


def test_a_setting_within_the_quotation_marks_of_another_is_a_mistake(read):
    """It would be lost without a word."""
    file = read("A='x\nFOOTNOTE_ALLOWED_CHATS=5\nB='\n")
    assert file.mistakes == {".env:1": f".env:1: {QUOTES}"}


def test_a_bad_line_of_another_program_is_a_warning(read, caplog):
    """Once, and in our words."""
    file = read("A=1\nB 2\nC='3\n")
    assert file.warnings == (f".env:2: {NOT_A_SETTING}", f".env:3: {QUOTES}")
    assert (file.mistakes, file.values) == ({}, {"A": "1"})
    assert not caplog.records


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"A=1\r\nB=\xe9\n", 2),
        ("A=1\nFOOTNOTE_DATA=d\n".encode("utf-16"), 1),
        (b"A=1\nB=2\n" + "C=3".encode("utf-16-le"), 3),
    ],
)
def test_what_is_not_utf_8_is_a_mistake(read, content, line):
    """As Windows may write it."""
    place = f".env:{line}"
    assert read(content).mistakes == {place: f"{place}: this is not UTF-8; save the file as UTF-8"}


def test_a_folder_of_that_name_is_told_unless_it_is_a_virtual_environment(tmp_path, monkeypatch):
    """Docker makes one for a file that is not there."""
    monkeypatch.chdir(tmp_path)
    assert read_env_file() == EnvFile()
    (tmp_path / ".env").mkdir()
    (warning,) = read_env_file().warnings
    assert warning.startswith(".env: this is a folder, so no setting is read from it; rename it")
    (tmp_path / ".env" / "pyvenv.cfg").touch()
    assert read_env_file() == EnvFile()


pieces = st.sampled_from(
    ["FOOTNOTE_", "A", "=", " ", '"', "'", "\n", "\r", "#", "\\", "$", "{", "}", ":", "export "]
)


@given(content=st.lists(pieces | st.characters(codec="utf-8"), max_size=30).map("".join))
def test_any_file_is_read(tmp_path_factory, content):
    """What is wrong with it is told in sentences of one line."""
    path = tmp_path_factory.getbasetemp() / "any.env"
    path.write_bytes(content.encode())
    file = read_env_file(path)
    for said in (*file.mistakes.values(), *file.warnings):
        assert len(said.splitlines()) == 1
        assert said.startswith(f"{path}:")
        assert "; " in said
