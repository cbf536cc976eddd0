"""`footnote doctor` on the cluster that the articles are published to."""

import pytest
from opensearch_server import trial_cluster
from stored_collections import opened, write

from bot.commands.doctor.checkup import check_up
from bot.commands.doctor.findings import Status, examine
from bot.commands.doctor.search_checks import search_checks
from bot.settings.settings import Settings
from retrieval.store.collection_store import CollectionStore

FULL = {"total_in_bytes": 1000, "available_in_bytes": 10}
MARK = "cluster.routing.allocation.disk.watermark."


@pytest.fixture
def cluster(monkeypatch, tmp_path):
    monkeypatch.delenv("FOOTNOTE_TEST_OPENSEARCH_URL", raising=False)
    write(tmp_path / "articles", "bees.md", "# Bees\n\nBees make honey.")
    sync = opened(tmp_path / "articles")
    sync.update(sync.scan())
    with trial_cluster() as found:
        found.index = found.publish(CollectionStore(tmp_path / "store")).version.index
        yield found


def found_by(cluster):
    settings = Settings(opensearch_url=(cluster.url,), opensearch_alias=cluster.alias)
    checks = search_checks(cluster.server(), settings)
    return {name: examine(check, 60) for name, check in checks.items()}


def test_a_cluster_that_is_well_is_described(cluster):
    """Its version, its health, its room, and what is published there."""
    found = found_by(cluster)
    assert {one.status for one in found.values()} == {Status.OK}
    assert "2.19.6" in found["opensearch"].said
    assert "40%" in found["cluster disks"].said
    assert cluster.index in found["published articles"].said


def of_index(cluster):
    return cluster.emulator.indices[cluster.index]


def nearly_fill(cluster):
    cluster.emulator.disk = {"total_in_bytes": 1000, "available_in_bytes": 70}
    cluster.emulator.defaults[f"{MARK}high"] = "0.9"


WRONG = {
    "elasticsearch": (
        lambda c: setattr(c.emulator, "version", {"number": "8.1.0"}),
        "opensearch", Status.FAILURE, "use OpenSearch",
    ),
    "an old version": (
        lambda c: c.emulator.version.update(number="1.3.0"),
        "opensearch", Status.FAILURE, "use OpenSearch",
    ),
    "something else": (
        lambda c: setattr(c.emulator, "version", None),
        "opensearch", Status.FAILURE, "FOOTNOTE_OPENSEARCH_URL",
    ),
    "a shard is lost": (
        lambda c: c.emulator.health.update(status="red", unassigned_shards=1),
        "cluster health", Status.FAILURE, "bring back",
    ),
    "a copy is missing": (
        lambda c: c.emulator.health.update(status="yellow", unassigned_shards=1),
        "cluster health", Status.WARNING, "bring back",
    ),
    "the disk is full": (
        lambda c: setattr(c.emulator, "disk", FULL),
        "cluster disks", Status.FAILURE, "make room",
    ),
    "the disk is nearly full": (
        nearly_fill,
        "cluster disks", Status.WARNING, "make room",
    ),
    "less is left than a watermark says": (
        lambda c: c.emulator.defaults.update({f"{MARK}flood_stage": "1gb"}),
        "cluster disks", Status.FAILURE, "make room",
    ),
    "the index is blocked": (
        lambda c: of_index(c).settings.update({"blocks.read_only_allow_delete": "true"}),
        "published articles", Status.FAILURE, "make room",
    ),
    "nothing is published": (
        lambda c: c.emulator.aliases.clear(),
        "published articles", Status.FAILURE, "footnote articles publish",
    ),
    "two versions at once": (
        lambda c: c.emulator.aliases[c.alias].add("another"),
        "published articles", Status.FAILURE, "take it from all but",
    ),
    "published by another program": (
        lambda c: of_index(c).mappings["_meta"].update(format=1),
        "published articles", Status.FAILURE, "footnote articles publish",
    ),
    "another mapping": (
        lambda c: of_index(c).mappings["properties"].pop("terms"),
        "published articles", Status.FAILURE, "footnote articles publish",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "name", "status", "remedy"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_a_remedy(cluster, spoil, name, status, remedy):
    """In one check, and the others are as they were."""
    spoil(cluster)
    found = found_by(cluster)
    assert found[name].status is status
    assert remedy in found[name].remedy
    assert [one for one, finding in found.items() if finding.status is not Status.OK] == [name]


def test_a_cluster_that_is_away_is_said_once(cluster, monkeypatch, tmp_path):
    """What depends on it is not known; without a cluster there are no such checks."""
    cluster.emulator.fault = lambda *_: (502, b"<html>")
    found = found_by(cluster)
    assert found.pop("opensearch").status is Status.FAILURE
    assert {one.status for one in found.values()} == {Status.WARNING}
    monkeypatch.setenv("FOOTNOTE_DATA", str(tmp_path / "data"))
    names = [name for name, _ in check_up(tmp_path / "articles")]
    assert "opensearch" not in names
