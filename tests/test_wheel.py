"""What is installed is whole."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_wheel_works_outside_of_the_tree(tmp_path):
    """The shipped articles, templates, languages, migrations and types are inside."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {"bot/py.typed", "retrieval/py.typed"} <= set(archive.namelist())
        archive.extractall(tmp_path / "site")
    for command in (["ask", "What is BRICS?"], ["console"]):
        done = subprocess.run(
            [sys.executable, "-m", "bot", *command],
            cwd=tmp_path / "site",
            input="What is BRICS?",
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Think of the BRICS group" in done.stdout
