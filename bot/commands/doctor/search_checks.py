"""Checks of the OpenSearch cluster that the articles are published to."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bot.commands.doctor.findings import Finding, UnknownError, doubtful, well, wrong
from bot.settings.settings import Settings
from retrieval.opensearch.cluster_report import (
    blocks_of,
    health_reply,
    node_disks,
    version_reply,
)
from retrieval.opensearch.published_version import current_index, version_of
from retrieval.opensearch.search_server import SearchServer, UnreachableError

Found = TypeVar("Found")

OLDEST = 2
FREE = "make room on it, or add a node"


def search_checks(server: SearchServer, settings: Settings) -> dict[str, Callable[[], Finding]]:
    """The checks, by their names."""
    return {
        "opensearch": partial(version, server),
        "cluster health": partial(health, server),
        "cluster disks": partial(disks, server),
        "published articles": partial(published, server, settings),
    }


def version(server: SearchServer) -> Finding:
    """Can it be reached, and does this program know how to talk to it?"""
    found = version_reply(server)
    if found.distribution != "opensearch" or found.major < OLDEST:
        said = f"{server.name} is {found.distribution or 'Elasticsearch'} {found.number}"
        return wrong(said, f"use OpenSearch {OLDEST} or newer")
    return well(f"OpenSearch {found.number} at {server.name}")


def health(server: SearchServer) -> Finding:
    """Are all shards there, and their copies?"""
    found = _known(server, health_reply)
    said = f"{found.status}, nodes: {found.number_of_nodes}"
    if found.unassigned_shards:
        said += f", shards that are on none: {found.unassigned_shards}"
    remedy = "bring back the nodes that are away, or publish again if they are lost"
    if found.status == "red":
        return wrong(said, remedy)
    return well(said) if found.status == "green" else doubtful(said, remedy)


def disks(server: SearchServer) -> Finding:
    """Is there room on its disks?"""
    fullest = next(iter(_known(server, node_disks)), None)
    if fullest is None:
        return doubtful("no node tells of its disks", "see its log")
    said = f"the disk of {fullest.node} is {fullest.taken:.0%} full"
    if fullest.over == "flood_stage":
        return wrong(f"{said}, so nothing can be published", FREE)
    return doubtful(f"{said}, which is over a watermark", FREE) if fullest.over else well(said)


def published(server: SearchServer, settings: Settings) -> Finding:
    """Is there a version that can be searched?"""
    alias = settings.opensearch_alias
    index = _known(server, partial(current_index, alias=alias))
    if index is None:
        return wrong(f"nothing is published as {alias}", "run `footnote articles publish`")
    found = version_of(server, index)
    if blocks := blocks_of(server, index):
        remedy = f"make room on the disks; if they stay, set index.blocks.* of {index} to null"
        return wrong(f"{index} is blocked ({', '.join(blocks)})", remedy)
    said = f"{found.paragraphs:,} paragraphs in {index}; meaning is compared in each process"
    return well(said)


def _known(server: SearchServer, ask: Callable[[SearchServer], Found]) -> Found:
    """What is asked of a cluster that can be reached; that it cannot be is another finding."""
    try:
        return ask(server)
    except UnreachableError as error:
        raise UnknownError(f"{server.name} cannot be reached") from error
