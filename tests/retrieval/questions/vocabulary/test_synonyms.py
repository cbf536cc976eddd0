"""The synonym file: groups that the operator edits."""

import pytest

from bot.settings.settings import SHIPPED
from retrieval.errors import SynonymError
from retrieval.questions.vocabulary.synonyms import Synonyms, read_synonyms
from retrieval.text.analysis import Analyzer


def test_each_member_of_a_group_stands_for_the_others():
    """Case and endings do not matter; expressions of several words are looked up as such."""
    synonyms = Synonyms([["US", "United States", "America"]], Analyzer("en"))
    assert [s.text for s in synonyms.of(("US",))] == ["United States", "America"]
    assert [s.text for s in synonyms.of(("unit", "state"))] == ["US", "America"]
    assert list(synonyms.of(("unit",))) == []


def test_a_word_in_two_groups_has_the_others_of_both():
    """Groups do not melt into one."""
    synonyms = Synonyms([["a1", "b1"], ["a1", "c1"]], Analyzer("en"))
    assert [s.text for s in synonyms.of(("a1",))] == ["b1", "c1"]
    assert [s.text for s in synonyms.of(("b1",))] == ["a1"]


def test_the_shipped_file_is_in_order():
    """It can be read, and names the greenback."""
    groups = read_synonyms(SHIPPED / "synonyms.toml")
    assert any({"dollar", "greenback"} <= set(group) for group in groups)


@pytest.mark.parametrize(
    "content",
    [
        b"groups = [",
        b"other = 1",
        b"groups = 1",
        b'groups = [["one"]]',
        b"groups = [[1, 2]]",
        b'groups = ["ab", "cd"]',
        b"\xff\xfe",
    ],
)
def test_a_broken_file_gets_one_sentence(tmp_path, content):
    """With the file and what to do."""
    path = tmp_path / "synonyms.toml"
    path.write_bytes(content)
    with pytest.raises(SynonymError, match=r"synonyms\.toml") as caught:
        read_synonyms(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_gets_one_sentence(tmp_path):
    """Also with what to do."""
    with pytest.raises(SynonymError, match="cannot be read"):
        read_synonyms(tmp_path / "none.toml")
