"""`footnote articles publish`, and the commands that answer from what it has published."""

import json

import pytest
from opensearch_server import trial_cluster
from programs import run
from stored_collections import TEXTS, write

QUESTION = "When did mites reach Florida?"


@pytest.fixture
def cluster(monkeypatch):
    monkeypatch.delenv("FOOTNOTE_TEST_OPENSEARCH_URL", raising=False)
    with trial_cluster() as found:
        yield found


@pytest.fixture
def articles(tmp_path):
    for name, text in TEXTS.items():
        write(tmp_path / "articles", name, text)
    return tmp_path / "articles"


def test_what_is_published_answers_without_a_folder(tmp_path, articles, cluster):
    """On a machine that has none of the articles."""
    named = {"OPENSEARCH_URL": cluster.url, "OPENSEARCH_ALIAS": "bees"}
    status, out, said = run(tmp_path, "articles", "publish", ARTICLES=articles, **named)
    assert (status, said) == (0, "")
    assert out.startswith("12 paragraphs are published as bees: bees-")
    named["DATA"] = tmp_path / "another machine"
    status, out, said = run(tmp_path, "ask", QUESTION, "--json", **named)
    assert (status, said) == (0, "")
    assert json.loads(out)["quotes"][0]["text"].endswith("In 1987 mites reached Florida.")


def test_an_outage_is_an_error_and_no_answer(tmp_path, cluster):
    """With one line that says what and where."""
    cluster.emulator.fault = lambda *_: (200, b"<html>Log in</html>")
    for command in (("ask", QUESTION), ("articles", "publish")):
        status, out, said = run(tmp_path, *command, OPENSEARCH_URL="http://127.0.0.1:1")
        assert (status, out) == (2, "")
        assert said.count("\n") == 1
        assert "127.0.0.1:1" in said
    status, _, said = run(tmp_path, "ask", QUESTION, OPENSEARCH_URL=cluster.url)
    assert status == 2
    assert "what is no JSON" in said


def test_without_a_cluster_nothing_can_be_published(tmp_path):
    """The setting that is missing is named."""
    status, _, said = run(tmp_path, "articles", "publish")
    assert status == 2
    assert "FOOTNOTE_OPENSEARCH_URL is not set" in said
