"""The commands as a person or a program uses them."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from programs import forked, on_terminal

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def footnote(tmp_path):
    """Runs the program in a folder of its own; returns (exit status, stdout, stderr)."""

    def run(*arguments, stdin=b"", **environment):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
        data = {"FOOTNOTE_DATA": str(tmp_path / "data")}
        named = {**kept, "PYTHONPATH": str(ROOT), **data, **environment}
        status, out, err = forked(tmp_path, named, *arguments, stdin=stdin)
        assert "Traceback" not in err
        return status, out, err

    return run


def test_an_answer_is_quotes_with_footnotes(footnote):
    """Plain where it is piped."""
    status, out, err = footnote("ask", "Why does Russia need China?")
    assert (status, err) == (0, "")
    assert out.startswith("From the articles:\n\n  “")
    assert "\n[1] Xi Jinping And Russia: The Ties That Bind Two Nations › Economic" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("code", "lead", "place"),
    [("de", "Aus den Artikeln:\n", ", Absatz "), ("ru-RU", "Из статей:\n", ", абзац ")],
)
def test_what_stands_around_the_quotes_can_be_in_another_language(footnote, code, lead, place):
    """The quotes stay in that of their articles."""
    status, out, _ = footnote("ask", "Why does Russia need China?", "--language", code)
    assert status == 0
    assert lead in out
    assert place in out
    assert "China" in out


def test_no_answer_is_said_in_one_line_with_the_closest_passages(footnote):
    """Exit status 1."""
    status, out, _ = footnote("ask", "In what year did Putin and Xi first meet?")
    assert status == 1
    assert out.startswith("No passage clearly gives the year or date.")
    assert "The closest passages:" in out


def test_a_briefing_is_points_under_headings_with_footnotes(footnote):
    """Plain where it is piped."""
    status, out, err = footnote("brief", "military cooperation")
    assert (status, err) == (0, "")
    assert out.startswith("Military cooperation\nBoth articles cover this.")
    assert "\nMilitary and Security Cooperation\n" in out
    assert 4 <= out.count("\n  • ") <= 8
    assert out.rstrip().splitlines()[-1].startswith("[")
    assert "\x1b" not in out


def test_a_briefing_can_be_checked_against_the_articles(footnote):
    """Each quote of each section, and of what another article says as well."""
    _, out, _ = footnote("brief", "military cooperation", "--json")
    briefing = json.loads(out)
    assert (briefing["topic"], briefing["found"]) == ("military cooperation", True)
    quotes = [q for section in briefing["sections"] for q in section["quotes"]]
    assert any(section["heading"] for section in briefing["sections"])
    assert 150 <= sum(len(quote["text"].split()) for quote in quotes) <= 250
    cited = [one for quote in quotes for one in (quote, *quote.get("also", []))]
    assert [one["number"] for one in cited] == list(range(1, len(cited) + 1))
    for one in cited:
        _, shown, _ = footnote("articles", "show", one["article"], "--json")
        paragraph = json.loads(shown)["paragraphs"][one["paragraph"] - 1]
        assert paragraph["text"][one["start"] : one["end"]] == one["text"]


def test_a_briefing_names_where_the_articles_disagree(footnote):
    """Who helps whom with military technology: both stand, side by side."""
    _, out, _ = footnote("brief", "military technology", "--json")
    sections = json.loads(out)["sections"]
    (differing,) = [section for section in sections if section["role"] == "difference"]
    assert differing["heading"] == "Where the articles differ"
    assert len({quote["article"] for quote in differing["quotes"]}) == 2


@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_briefing_may_have_so_many_sentences(footnote, count):
    """At most."""
    _, out, _ = footnote("brief", "trade", "--sentences", str(count), "--json")
    quotes = [q for section in json.loads(out)["sections"] for q in section["quotes"]]
    said = " ".join(quote["text"] for quote in quotes)
    assert 1 <= len(re.findall(r"[a-z)][.!?](?= |$)", said)) <= count


def test_a_briefing_without_a_topic_is_on_all_articles(footnote):
    """Exit status 0."""
    status, out, _ = footnote("brief")
    assert status == 0
    assert out.startswith("The articles in brief\nFrom both articles, in their own words:\n")


def test_a_topic_that_is_in_no_article_has_no_briefing(footnote):
    """Exit status 1; the JSON says so, and names headings to ask for."""
    status, out, _ = footnote("brief", "quantum chromodynamics", "--json")
    briefing = json.loads(out)
    assert (status, briefing["found"], briefing["sections"]) == (1, False, [])
    assert briefing["near"]


def test_quotes_can_be_checked_against_the_articles(footnote):
    """`text[start:end]` of the paragraph that the JSON names."""
    _, out, _ = footnote("ask", "What does Russia export to China?", "--json")
    answer = json.loads(out)
    assert answer["answered"]
    assert list(answer)[:5] == ["id", "question", "answered", "kind", "lead"]
    for quote in answer["quotes"]:
        _, shown, _ = footnote("articles", "show", quote["article"], "--json")
        paragraph = json.loads(shown)["paragraphs"][quote["paragraph"] - 1]
        assert paragraph["text"][quote["start"] : quote["end"]] == quote["text"]
        assert paragraph["heading"] == quote["heading"]


def test_questions_as_lines_are_answered_in_order(footnote):
    """A follow-up takes the question before as its context; a broken line loses no other."""
    lines = [
        {"id": "a", "question": "What is BRICS?"},
        {"id": 2, "question": "and the military?", "context": "How do they cooperate?"},
    ]
    stdin = "\n".join([json.dumps(lines[0]), "nonsense", "", json.dumps(lines[1])]).encode()
    status, out, _ = footnote("ask", "--jsonl", stdin=stdin + b"\n\xff\n")
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert [answer["id"] for answer in answers] == ["a", None, 2, None]
    assert "line 2: not valid JSON" in answers[1]["error"]
    assert answers[2]["context"] == "How do they cooperate?"
    assert "line 5: not UTF-8" in answers[3]["error"]


@pytest.mark.parametrize(
    "question",
    [
        "x" * 100_000,
        "what is " + "a " * 50_000,
        "\x1b[31mred\x07",
        "?!.,",
        "😀👨\u200d👩\u200d👧",
        "the of and",
        "ما هي العلاقة بين الصين وروسيا؟ \u202e",
        "<b>*_`[x](y)",
        "--json",
        "",
    ],
)
def test_any_question_gets_a_sane_answer(footnote, question):
    """Never a traceback, nothing that steers a terminal."""
    status, out, err = footnote("ask", "--", question)
    assert status in {0, 1}
    assert err == ""
    assert out.strip()
    assert "\x1b" not in out


def test_a_lone_surrogate_is_no_error(footnote):
    """As it comes from a byte that is no UTF-8."""
    status, out, _ = footnote("ask", b"oil \xff gas", "--json")
    assert status == 0
    assert json.loads(out)["question"].startswith("oil ")


def test_a_question_is_utf_8_whatever_the_locale(footnote):
    """Where that is plain ASCII, Python gives each byte of a letter as half of a surrogate."""
    _, out, _ = footnote("ask", "--json", "Wei\udcc3\udc9f?")
    assert json.loads(out)["question"] == "Weiß?"


def test_lines_that_are_all_read_are_no_error(footnote):
    """Also if the articles answer none of them."""
    status, out, _ = footnote("ask", "--jsonl", stdin=b'{"question": "Who wrote Hamlet?"}\n')
    assert status == 0
    assert not json.loads(out)["answered"]


def test_the_number_of_quotes_can_be_limited(footnote):
    """To one."""
    _, out, _ = footnote("ask", "Why does Russia need China?", "--quotes", "1", "--json")
    assert len(json.loads(out)["quotes"]) == 1


def test_small_talk_gets_a_short_human_line(footnote):
    """And no quotes."""
    status, out, _ = footnote("ask", "thanks!")
    assert (status, out) == (1, "You’re welcome.\n")


def test_articles_are_listed_and_shown(footnote):
    """With the numbers that footnotes cite."""
    _, out, _ = footnote("articles", "list")
    assert "xi-jinping-and-russia     7 paragraphs  en" in out
    _, listed, _ = footnote("articles", "list", "--json")
    assert [row["paragraphs"] for row in json.loads(listed)] == [6, 7]
    _, shown, _ = footnote("articles", "show", "xi-jinping-and-russia")
    assert "## Economic Interdependence: Fueling the Partnership\n\n[4] Alright," in shown
    status, _, err = footnote("articles", "show", "nothing")
    assert status == 2
    assert "no article has the id 'nothing'; there are xi-jinping-and-putin" in err


def test_defects_are_all_named_and_do_not_take_the_others_down(footnote, write):
    """`check` exits with 2 and has a line for each; `ask` warns in one line and answers."""
    folder = write("bees.txt", "---\nlanguage: en\n---\nBees make honey from nectar.").parent
    write("broken.txt", b"\xff")
    write("empty.md", "")
    status, out, err = footnote("articles", "check", "--articles", str(folder))
    assert status == 2
    counts, kinds = out.splitlines()
    assert counts == "1 article with 1 paragraph; 2 defects"
    assert kinds.startswith("files read: 2 .txt (such as ")
    assert len(err.splitlines()) == 2
    status, out, err = footnote("ask", "What do bees make?", FOOTNOTE_ARTICLES=str(folder))
    assert status == 0
    assert "Bees make honey" in out
    assert err == (
        "footnote: 2 files cannot be used (2 with defects); `footnote articles check` names them\n"
    )


def test_left_over_markup_and_other_kinds_are_named_and_no_defect(footnote, write):
    """With the line; also as JSON; a picture is not worth a line when a question is asked."""
    folder = write("bees.md", "---\nlanguage: en\n---\nBees make **honey from nectar.").parent
    write("bee.png", b"x")
    write("wasps.odp", b"x")
    status, out, err = footnote("articles", "check", "--articles", str(folder))
    assert status == 0
    assert "0 defects, 1 place to look at, 2 files of other kinds" in out
    assert "bees.md:4: '**' looks like bold text; " in err
    assert "bee.png: 1 file with the ending .png cannot be read; " in err
    status, out, _ = footnote("articles", "check", "--json", "--articles", str(folder))
    found = json.loads(out)
    assert (status, found["articles"], found["defects"]) == (0, 1, [])
    assert [(one["line"], one["problem"]) for one in found["leftovers"]] == [
        (4, "'**' looks like bold text")
    ]
    assert [kind["ending"] for kind in found["unread"]] == [".odp", ".png"]
    _, _, err = footnote("ask", "What do bees make?", FOOTNOTE_ARTICLES=str(folder))
    assert "1 file cannot be used (1 with the ending .odp); " in err


def test_an_article_in_a_folder_is_shown_by_its_path(footnote, write):
    """With its headings and the kind of each paragraph."""
    text = "---\nlanguage: en\n---\n# Bees\n\n## Work\n\n### Honey\n\nThey make it.\n\n- daily\n"
    folder = write("insects/bees.md", text).parent.parent
    shown = footnote("articles", "show", "insects/bees", "--json", "--articles", str(folder))
    (paragraph,) = json.loads(shown[1])["paragraphs"]
    assert paragraph == {
        "number": 1,
        "heading": "Honey",
        "ancestors": ["Work"],
        "kind": "list",
        "text": "They make it.\n• daily",
    }
    asked = footnote("ask", "What do they make?", "--articles", str(folder))
    assert "Bees › Work › Honey, paragraph 1" in asked[1]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["ask"], "give a QUESTION"),
        (["ask", "x", "--jsonl"], "give a QUESTION"),
        (["ask", "x", "--articles", "missing"], "missing: there is no such folder; create"),
        (["ask", "x", "--quotes", "0"], "0 is not in the range"),
        (
            ["ask", "x", "--language", "fr"],
            "'fr' is no language that the bot speaks; write one of",
        ),
        (["ask", "x", "--quotes", "few"], "'few' is not a valid whole number"),
        (["articles", "list", "--articles", "/dev/null"], "this is a file; name the folder"),
        (["evaluate", "missing.json"], "missing.json: cannot be read"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_use_gets_one_sentence(footnote, arguments, problem):
    """What, where and what to do; exit status 2."""
    status, out, err = footnote(*arguments)
    assert (status, out) == (2, "")
    assert problem in err


def test_a_broken_setting_is_named(footnote, tmp_path):
    """With the variable or the file."""
    status, _, err = footnote("ask", "x", FOOTNOTE_SYNONYMS="/nowhere.toml")
    assert status == 2
    assert "/nowhere.toml: cannot be read" in err
    (tmp_path / ".env").write_bytes(b"FOOTNOTE_ARTICLES=\xff")
    status, _, err = footnote("ask", "x")
    assert status == 2
    assert err == "footnote: .env:1: this is not UTF-8; save the file as UTF-8\n"


def test_settings_come_from_a_file_as_well(footnote, tmp_path, write):
    """`.env` in the current folder."""
    folder = write("bees.txt", "---\nlanguage: en\n---\nBees make honey from nectar.").parent
    (tmp_path / ".env").write_text(f"FOOTNOTE_ARTICLES={folder}\nOTHER=1\n")
    assert "bees" in footnote("articles", "list")[1]


def test_the_evaluation_prints_its_figures(footnote, write):
    """As a table and as JSON."""
    folder = write("bees.txt", "---\nlanguage: en\n---\nBees make honey from nectar.").parent
    questions = write("../q.jsonl", '{"question": "What do bees make?", "quotes": ["honey"]}\n')
    arguments = ["evaluate", str(questions), "--articles", str(folder)]
    status, out, _ = footnote(*arguments, "--baseline")
    assert status == 0
    assert "1 answerable, 0 unanswerable and 0 foreign questions" in out
    assert "rank_bm25" in out
    assert json.loads(footnote(*arguments, "--json")[1])["quote@1"] == 1.0


def test_an_evaluation_by_halves(footnote, write):
    """What is asked of the missing half is foreign."""
    data = [
        {"title": f"T{n}", "paragraphs": [{"context": text, "qas": [
            {"question": question, "answers": [{"text": word, "answer_start": 0}]}]}]}
        for n, (text, question, word) in enumerate([
            ("Bees make honey from nectar.", "What do bees make from nectar?", "honey"),
            ("Wolves hunt deer in packs.", "What do wolves hunt in packs?", "deer")])
    ]  # fmt: skip
    path = write("squad.json", json.dumps({"data": data}))
    figures = json.loads(footnote("evaluate", str(path), "--half", "--json")[1])
    assert (figures["answerable"], figures["foreign"]) == (2, 2)
    assert (figures["answered"], figures["foreign_answered"]) == (1.0, 0.0)


def test_a_closed_pipe_is_no_error():
    """`footnote … | head -1` ends quietly."""
    program = f"{sys.executable} -m bot articles show xi-jinping-and-russia | true"
    done = subprocess.run(
        ["bash", "-c", program], capture_output=True, check=True, cwd=ROOT, text=True
    )
    assert done.stderr == ""


def shell(redirections):
    """Asks one question in a shell that redirects the program's streams."""
    return subprocess.run(
        ["bash", "-c", f"{sys.executable} -m bot ask BRICS {redirections}"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        text=True,
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(closed):
    """Whoever starts the program may have closed them."""
    done = shell(closed)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_a_full_disk_is_told():
    """In one sentence, with the status of an error."""
    done = shell("> /dev/full")
    assert done.returncode == 2
    assert done.stderr.startswith("footnote: the output: cannot be read or written (No space left")
    assert len(done.stderr.splitlines()) == 1


def test_on_a_terminal_nothing_is_wider_than_the_window():
    """Quotes with a bar, footnotes, colours."""
    shape = {"COLUMNS": "40", "TERM": "xterm", "NO_COLOR": "1"}
    question = "Why does Russia need China?"
    status, shown = on_terminal(ROOT, "ask", question, **os.environ | shape)
    assert status == 0
    out = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "▌ " in out
    assert max(len(line) for line in out.splitlines()) <= 40


@pytest.mark.parametrize("command", ["", "ask", "articles", "articles check", "evaluate"])
def test_help_needs_no_manual(footnote, command):
    """Every command explains itself."""
    status, out, _ = footnote(*command.split(), "--help")
    assert status == 0
    assert "Usage: " in out


def test_the_version_is_the_packages(footnote):
    """As installed."""
    assert footnote("--version") == (0, f"footnote {version('footnote-bot')}\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_a_script_that_completes(shell):
    """And asks the program itself."""
    status, out, err = as_footnote({"_FOOTNOTE_COMPLETE": f"{shell}_source"})
    assert (status, err) == (0, "")
    assert f"_FOOTNOTE_COMPLETE={shell}_complete" in out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("footnote ar", "articles"),
        ("footnote articles ch", "check"),
        ("footnote ask --js", "--json"),
    ],
)
def test_commands_and_options_are_completed(typed, offered):
    """Whatever is set, for nothing is read."""
    wanted = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    settings = {"FOOTNOTE_LOG_LEVEL": "LOUD", "FOOTNOTE_X": "1"}
    status, out, err = as_footnote({"_FOOTNOTE_COMPLETE": "bash_complete", **wanted, **settings})
    assert (status, err) == (0, "")
    assert f"plain,{offered}" in out.splitlines()


def as_footnote(environment):
    """Runs the program under the name that it is installed by."""
    code = "import sys; sys.argv = ['footnote']; from bot.program import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return done.returncode, done.stdout, done.stderr


def test_gaps_are_listed_from_what_is_kept(footnote, tmp_path):
    """Where nothing is kept yet there are none, and nothing is made for that."""
    folder = tmp_path / "data"
    status, out, err = footnote("gaps", "--days", "3", "--json", FOOTNOTE_DATA=str(folder))
    assert (status, err) == (0, "")
    assert json.loads(out) == {"days": 3, "asked": 0, "gaps": []}
    assert not list(folder.glob("*.db*"))
