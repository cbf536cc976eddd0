"""What is in `deploy/` fits the program, and gives it no more than it needs."""

import json
import os
import re
import subprocess
import sys
import tomllib
from configparser import RawConfigParser
from contextlib import contextmanager
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot.settings.settings import PREFIX, Settings
from bot.settings.value_checks import read_value

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
SETTINGS = {PREFIX + field.name.upper() for field in fields(Settings)}
FLAGS = re.MULTILINE | re.DOTALL
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def text(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def locked():
    """The version of each package; some have another on an older Python, and the last is ours."""
    return {canonicalize_name(n): Version(v) for n, v in PINNED.findall(text("requirements.lock"))}


@pytest.fixture
def service():
    return yaml.safe_load(text("compose.yaml"))["services"]["bot"]


@pytest.fixture
def deployment():
    return next(
        o for o in yaml.safe_load_all(text("kubernetes.yaml")) if o["kind"] == "Deployment"
    )["spec"]["template"]["spec"]


@pytest.fixture
def unit():
    """All that the sections of the unit say."""
    pairs = RawConfigParser(strict=False)
    pairs.optionxform = str
    pairs.read_string(text("footnote.service"))
    return pairs


@contextmanager
def answering(status):
    """A server whose every page has that status; gives its port."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield str(server.server_port)
        finally:
            server.shutdown()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path):
    """A setting that is misspelt is not an error anywhere else."""
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", path.read_text(encoding="utf-8")))
    assert named <= SETTINGS


def test_the_lock_satisfies_what_the_program_needs():
    """Of what is installed with it, the build and PostgreSQL's driver included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = project["project"]["dependencies"] + project["build-system"]["requires"]
    for extra in ("postgres", "meaning", "ingest"):
        needed += project["project"]["optional-dependencies"][extra]
    versions = locked()
    for line in needed:
        requirement = Requirement(line)
        assert requirement.marker is None or requirement.marker.evaluate(default_environment())
        found = versions.get(canonicalize_name(requirement.name))
        assert found is not None, f"{line}: make the lock anew, as deploy/README.md says"
        assert found in requirement.specifier, f"{line}: {found} is locked"


def test_every_package_of_the_lock_has_its_hashes_and_no_address():
    """So what is installed is what was tried, wherever it is taken from."""
    lock = text("requirements.lock")
    packages = re.split(r"\n(?=[\w.-]+==)", lock)
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in lock
    assert "index-url" not in lock


def test_no_image_is_whatever_is_the_latest():
    """Each is named with its version, in all files the same."""
    froms = re.findall(r"^FROM (\S+)", text("Dockerfile"), re.MULTILINE)
    names = [path.name for path in FILES if path.suffix == ".yaml"]
    images = [
        image
        for name in names
        for image in re.findall(r"image: (\S+)", text(name))
        if not image.startswith(("postgres:", "opensearchproject/"))
    ]
    assert len(froms) == 2
    assert len(set(froms)) == len(set(images)) == 1
    for image in froms + images:
        assert re.search(r":\d+\.\d+", image), image


def test_the_image_holds_what_is_copied_into_it():
    """And runs as a user without privileges, on the port that is asked for its health."""
    dockerfile = text("Dockerfile")
    sources = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
    assert all((ROOT / name).exists() for line in sources for name in line.split())
    user = re.findall(r"^USER (\d+):(\d+)$", dockerfile, re.MULTILINE)
    assert user == [("10001", "10001")]
    assert Settings().health_listen.rpartition(":")[2] in dockerfile.partition("HEALTHCHECK")[2]
    assert "--require-hashes" in dockerfile


@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False)])
def test_the_health_check_of_the_image_asks_the_bot(status, well):
    """And no proxy that stands in its environment, which knows nothing of the bot."""
    command = text("Dockerfile").replace("\\\n", "").partition("HEALTHCHECK")[2]
    [_, *arguments] = json.loads(command[command.index("[") : command.index("]") + 1])
    with answering(status) as port:
        arguments = [
            a.replace(Settings().health_listen.rpartition(":")[2], port) for a in arguments
        ]
        nowhere = {"http_proxy": "http://127.0.0.1:9"}
        done = subprocess.run([sys.executable, *arguments], env=os.environ | nowhere, check=False)
    assert (done.returncode == 0) is well


@pytest.mark.parametrize("way", ["Docker Compose", "systemd", "Kubernetes"])
def test_each_way_takes_ten_lines(way):
    """From the token to a bot that is backed up; and all files that they name are there."""
    lines = re.search(rf"^## With {way}$.*?```bash\n(.*?)```", text("README.md"), FLAGS)[1]
    assert len(lines.splitlines()) <= 10
    folder = DEPLOY if "cd deploy" in lines else ROOT
    named = re.findall(r"(?:\.\./|deploy/)?[\w.]+\.(?:example|lock|service|yaml)\b", lines)
    assert named
    assert all((folder / name).exists() for name in named)


def test_what_is_made_in_the_folder_is_kept_out_of_the_repository():
    """The token above all."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {"deploy/footnote.env", "deploy/articles/", "*.sqlite3"} <= set(ignored)


def test_compose_takes_away_what_the_bot_does_not_need(service):
    """It writes to its data and nowhere else."""
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert [v for v in service["volumes"] if not v.endswith(":ro")] == ["data:/data"]


def test_kubernetes_takes_away_what_the_bot_does_not_need(deployment):
    """The same, and no token of the cluster."""
    [bot] = deployment["containers"]
    assert deployment["securityContext"]["runAsNonRoot"] is True
    assert deployment["securityContext"]["runAsUser"] == 10001
    assert deployment["automountServiceAccountToken"] is False
    assert bot["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {mount["mountPath"] for mount in bot["volumeMounts"]} == {"/data", "/tmp"}  # noqa: S108


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DynamicUser", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("StateDirectory", "footnote"),
    ],
)
def test_systemd_takes_away_what_the_bot_does_not_need(unit, name, value):
    """So that it can read its articles, write its state, and reach the network."""
    assert unit["Service"][name] == value


def test_systemd_lets_the_process_be_measured(unit):
    """With less of /proc, its memory and time would not be among the counts of /metrics."""
    assert unit["Service"].get("ProcSubset", "all") == "all"


def test_a_bot_that_ends_with_an_error_is_started_again(service, deployment, unit):
    """Whatever the error and however often: most that is wrong at a start passes."""
    assert unit["Service"]["Restart"] == "on-failure"
    assert "RestartPreventExitStatus" not in unit["Service"]
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert service["restart"] == "unless-stopped"
    assert deployment.get("restartPolicy", "Always") == "Always"


def test_the_bot_has_time_to_finish(service, deployment, unit):
    """What has begun is finished before anything is killed."""
    from bot.lifecycle import CONFIRM_SECONDS, DRAIN_SECONDS, LAST_MESSAGES_SECONDS, NOTING_SECONDS

    needed = DRAIN_SECONDS + LAST_MESSAGES_SECONDS + NOTING_SECONDS + CONFIRM_SECONDS
    given = [
        int(service["stop_grace_period"].removesuffix("s")),
        deployment["terminationGracePeriodSeconds"],
        int(unit["Service"]["TimeoutStopSec"]),
    ]
    assert min(given) > needed


@pytest.fixture
def several():
    """What is made on Kubernetes for several processes, by its kind."""
    made = yaml.safe_load_all(text("kubernetes-several.yaml"))
    return {one["kind"]: one["spec"] for one in made}


@pytest.fixture
def tried():
    """The services for trying several processes on one host."""
    return yaml.safe_load(text("compose-several.yaml"))["services"]


def test_several_processes_are_locked_down_as_one_is(deployment, service, several, tried):
    """What differs is where their data is, how many there are, and that they share a bot."""
    theirs = several["Deployment"]["template"]["spec"]
    assert theirs["securityContext"] == deployment["securityContext"]
    [one], [each] = deployment["containers"], theirs["containers"]
    assert each["securityContext"] == one["securityContext"]
    assert each["volumeMounts"] == one["volumeMounts"]
    for name in ("read_only", "user", "cap_drop", "security_opt", "pids_limit", "mem_limit"):
        assert tried["bot"][name] == service[name]
    assert [v for v in tried["bot"]["volumes"] if not v.endswith(":ro")] == []


def test_several_processes_are_replaced_one_after_the_other(several):
    """None ends before another is ready; each has time to finish, and no data but its own."""
    from bot.lifecycle import CONFIRM_SECONDS, DRAIN_SECONDS, LAST_MESSAGES_SECONDS, NOTING_SECONDS

    spec = several["Deployment"]
    assert spec["replicas"] >= 2
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert several["PodDisruptionBudget"]["minAvailable"] < spec["replicas"]
    pod = spec["template"]["spec"]
    [bot] = pod["containers"]
    [seconds] = re.findall(r"sleep\((\d+)\)", bot["lifecycle"]["preStop"]["exec"]["command"][-1])
    needed = (
        int(seconds) + DRAIN_SECONDS + LAST_MESSAGES_SECONDS + NOTING_SECONDS + CONFIRM_SECONDS
    )
    assert pod["terminationGracePeriodSeconds"] > needed
    assert {"name": "FOOTNOTE_SHARED", "value": "true"} in bot["env"]
    assert bot["readinessProbe"]["httpGet"]["path"] == "/healthz"
    assert {"name": "data", "emptyDir": {}} in pod["volumes"]


def test_those_tried_on_one_host_find_the_server_that_can_be_written(tried):
    """The address is a usable one, and names both servers."""
    environment = tried["bot"]["environment"]
    url = read_value("database_url", environment["FOOTNOTE_DATABASE_URL"])
    hosts = urlsplit(url).netloc.rpartition("@")[2].split(",")
    assert hosts == [name for name in tried if name.startswith("db")]
    assert url.endswith("?target_session_attrs=read-write")
    assert read_value("shared", environment["FOOTNOTE_SHARED"]) is True
    assert tried["bot"]["deploy"]["replicas"] >= 2


def test_what_publishes_and_answers_is_locked_down_as_one_is(deployment, service):
    """On one host and on Kubernetes; bots wait until there is something to answer from."""
    services = yaml.safe_load(text("compose-opensearch.yaml"))["services"]
    job = next(yaml.safe_load_all(text("kubernetes-opensearch.yaml")))["spec"]["template"]["spec"]
    for name in ("read_only", "user", "cap_drop", "security_opt", "pids_limit", "mem_limit"):
        assert services["bot"][name] == services["publish"][name] == service[name]
    assert job["securityContext"] == deployment["securityContext"]
    [publisher], [bot] = job["containers"], deployment["containers"]
    assert publisher["securityContext"] == bot["securityContext"]
    assert publisher["args"] == services["publish"]["command"] == ["articles", "publish"]
    assert services["bot"]["depends_on"]["publish"] == {
        "condition": "service_completed_successfully"
    }
    environment = services["bot"]["environment"]
    assert read_value("opensearch_url", environment["FOOTNOTE_OPENSEARCH_URL"])
    assert read_value("database_url", environment["FOOTNOTE_DATABASE_URL"])


def test_published_articles_can_be_reached_by_who_needs_them():
    """The policy opens the port for the bots, and for what publishes."""
    _, policy = yaml.safe_load_all(text("kubernetes-opensearch.yaml"))
    [chosen] = policy["spec"]["podSelector"]["matchExpressions"]
    assert chosen["values"] == ["footnote", "footnote-publish"]
    [rule] = policy["spec"]["egress"]
    assert {"protocol": "TCP", "port": 9200} in rule["ports"]
