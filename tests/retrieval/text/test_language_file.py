"""The files of languages are read field by field."""

import pytest

from retrieval.text.languages import Language, language
from retrieval.text.languages.language_file import FOLDER, read


@pytest.mark.parametrize("code", sorted(path.stem for path in FOLDER.glob("??.toml")))
def test_each_language_has_only_fields_that_are_known(code):
    """A misspelt name of a field would otherwise be a pattern that nobody tries."""
    assert language(code).kinds


def test_a_field_that_is_not_known_is_refused():
    """At once, by its name."""
    with pytest.raises(KeyError, match="fillers"):
        read(Language, {"code": "xx", "fillers": ["so"]})
