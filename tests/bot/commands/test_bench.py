"""Footnote is measured beside other searches, each in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from programs import run

from bot.commands.bench.bench_corpus import BenchCorpus
from bot.commands.bench.bench_report import table
from bot.commands.bench.contest import BenchFigures
from retrieval.evaluation.grown_corpus import GrownCorpus
from retrieval.evaluation.search_peers import PEERS, PeerError, check_peers


def test_all_contenders_are_measured(tmp_path):
    """Each answers; only Footnote and tantivy can add an article without building all anew."""
    pytest.importorskip("bm25s")
    status, out, err = run(
        tmp_path, "bench", "--paragraphs", "100,300", "--questions", "3", "--json"
    )
    assert (status, err) == (0, "")
    small, found = map(json.loads, out.splitlines())
    assert (small["paragraphs"], found["paragraphs"], found["questions"]) == (100, 300, 3)
    assert list(found)[2:] == ["footnote", "rank-bm25", "bm25s", "tantivy"]
    for name in list(found)[2:]:
        figures = found[name]
        assert (figures["addition"] is None) == (name in {"rank-bm25", "bm25s"})
        assert (figures["disk"] == 0) == (name == "rank-bm25")
        assert 0 < figures["p50"] <= figures["p99"]
        assert figures["memory"] > 1_000_000
        assert figures["build"] > 0


def test_the_table_has_a_column_for_each_contender():
    """With Footnote's p50 as the measure of the others', and a dash for what one cannot do."""
    found = {
        "footnote": BenchFigures(1, 2_500_000, 40_000_000, 0.5, 0.004, 0.009, 0.05),
        "rank-bm25": BenchFigures(0.25, 0, 20_000_000, 0.2, 0.1, 0.2, None),
    }
    assert [line.split() for line in table(10_000, 200, found)] == [
        ["10,000", "paragraphs,", "200", "questions", "footnote", "rank-bm25"],
        ["build,", "CPU", "s", "1.00", "0.25"],
        ["disk,", "MB", "2.5", "0.0"],
        ["anonymous", "memory,", "MB", "40", "20"],
        ["first", "answer,", "CPU", "s", "0.50", "0.20"],
        ["p50,", "CPU", "ms", "4.00", "100.00"],
        ["p99,", "CPU", "ms", "9.00", "200.00"],
        ["addition,", "CPU", "ms", "50.0", "—"],
        ["p50", "as", "a", "multiple", "of", "Footnote's", "1.00", "25.00"],
        [],
    ]


def test_what_the_index_takes_stands_beside_what_bare_ones_take():
    """Of the others, which only search, that is all of an answer."""
    figures = (1, 2_500_000, 40_000_000, 0.5, 0.004, 0.009, 0.05)
    found = {"footnote": BenchFigures(*figures, 0.003), "tantivy": BenchFigures(*figures, 0.0015)}
    lines = [line.split() for line in table(10_000, 200, found)]
    assert ["of", "p50", "the", "index,", "CPU", "ms", "3.00", "1.50"] in lines
    assert [*["the", "index", "as", "a", "multiple", "of", "Footnote's"], "1.00", "0.50"] in lines


def test_when_it_is_told_to_end_it_leaves_nothing_behind(tmp_path):
    """Neither the corpus nor a contender that goes on."""
    pytest.importorskip("bm25s")
    environment = {**os.environ, "TMPDIR": str(tmp_path), "FOOTNOTE_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "bot", "bench", "--paragraphs", "4000"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not [*tmp_path.glob("footnote-bench-*/kept")] and time.monotonic() < until:
        time.sleep(0.05)
    process.terminate()
    assert process.wait(30) == 128 + signal.SIGTERM
    assert not [*tmp_path.glob("footnote-bench-*")]


@pytest.mark.parametrize("questions", [1, 7, 30, 100])
def test_there_are_as_many_questions_as_are_wanted(tmp_path, shipped, questions):
    """Also more than paragraphs; these are the same in the articles and in the lines."""
    corpus = BenchCorpus(tmp_path)
    asked = corpus.write(GrownCorpus(shipped), 30, questions)
    assert len(asked) == questions
    assert len(corpus.texts()) == 30
    articles = [file.read_text(encoding="utf-8") for file in sorted(corpus.articles.iterdir())]
    assert len(articles) == 2
    assert all(text in "".join(articles) for text in corpus.texts())


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_finds_the_text_that_holds_the_words(tmp_path, name):
    """Also after it was opened anew."""
    if name == "bm25s":
        pytest.importorskip("bm25s")
    texts = ["Bees dance in the hive.", "Cats sleep all day.", "Rain falls on the roof."]
    PEERS[name](tmp_path / "kept").build(texts)
    peer = PEERS[name](tmp_path / "kept")
    peer.open(lambda: texts)
    assert peer.best("Where do cats sleep?")[0] == 1
    assert peer.best("bees dance in")[0] == 0
    if peer.add(["Owls hunt at night."]):
        assert peer.best("owls") == [3]


def test_without_bm25s_it_says_what_to_install(monkeypatch):
    """In one sentence."""
    monkeypatch.setitem(sys.modules, "bm25s", None)
    with pytest.raises(PeerError, match=r"pip install 'footnote-bot\[bench\]'"):
        check_peers()


@pytest.mark.parametrize("wrong", ["", "some", "0", "50", "1000,", "10000000"])
def test_a_wrong_number_of_paragraphs_is_refused(tmp_path, wrong):
    """With what to write."""
    status, out, err = run(tmp_path, "bench", "--paragraphs", wrong)
    assert (status, out) == (2, "")
    assert "write 1000,10000, for example" in err


def test_a_folder_that_is_not_there_is_named(tmp_path):
    """Nothing else is measured in its place."""
    pytest.importorskip("bm25s")
    status, out, err = run(tmp_path, "bench", "--articles", "nowhere")
    assert (status, out) == (2, "")
    assert "nowhere" in err
