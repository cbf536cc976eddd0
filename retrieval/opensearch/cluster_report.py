"""What a cluster says of itself: its version, health, disks and blocks."""

from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from retrieval.errors import SearchOutageError
from retrieval.opensearch.search_server import BULK_SECONDS, Json, SearchServer

Reply = TypeVar("Reply", bound=BaseModel)

WATERMARK = "cluster.routing.allocation.disk.watermark."
UNITS = {"tb": 1 << 40, "gb": 1 << 30, "mb": 1 << 20, "kb": 1 << 10, "b": 1}
SETTINGS = "/_cluster/settings?include_defaults=true&flat_settings=true"


class VersionReply(BaseModel):
    """What kind of server it is; Elasticsearch names no distribution."""

    model_config = ConfigDict(extra="ignore")
    number: str = Field(max_length=40)
    distribution: str = Field(default="", max_length=40)

    @property
    def major(self) -> int:
        """The first part of the version; 0 if it is none."""
        first = self.number.partition(".")[0]
        return int(first) if first.isascii() and first.isdigit() else 0


class HealthReply(BaseModel):
    """How its shards are."""

    model_config = ConfigDict(extra="ignore")
    status: str = Field(max_length=20)
    number_of_nodes: int
    unassigned_shards: int


class DiskReply(BaseModel):
    """The room on the disks of a node, in bytes."""

    model_config = ConfigDict(extra="ignore")
    total_in_bytes: int = Field(gt=0)
    available_in_bytes: int = Field(ge=0)


@dataclass(frozen=True, slots=True)
class NodeDisk:
    """A node by name, the share of its disks that is taken, and what of the watermarks it is over.

    Over `high` its shards are moved away, over `flood_stage` nothing can be written.
    """

    node: str
    taken: float
    over: str


def version_reply(server: SearchServer) -> VersionReply:
    """Which server it is. Raises SearchOutageError."""
    return _read(server, VersionReply, _ask(server, "/").get("version"))


def health_reply(server: SearchServer) -> HealthReply:
    """How its shards are. Raises SearchOutageError."""
    return _read(server, HealthReply, _ask(server, "/_cluster/health"))


def node_disks(server: SearchServer) -> list[NodeDisk]:
    """The disks of all nodes, the fullest first. Raises SearchOutageError."""
    found = _ask(server, SETTINGS)
    settings: Json = {}
    for part in ("defaults", "persistent", "transient"):
        settings |= found.get(part) or {}
    nodes = _ask(server, "/_nodes/stats/fs").get("nodes")
    disks = []
    for fields in nodes.values() if isinstance(nodes, dict) else ():
        try:
            name, total = str(fields["name"])[:60], fields["fs"]["total"]
        except (KeyError, TypeError):
            raise _strange(server) from None
        disk = _read(server, DiskReply, total)
        over = [
            mark
            for mark in ("flood_stage", "high")
            if _is_over(disk, str(settings.get(WATERMARK + mark)))
        ]
        share = 1 - disk.available_in_bytes / disk.total_in_bytes
        disks.append(NodeDisk(name, share, over[0] if over else ""))
    return sorted(disks, key=lambda disk: -disk.taken)


def blocks_of(server: SearchServer, index: str) -> list[str]:
    """Which blocks an index has. Raises SearchOutageError."""
    found = _ask(server, f"/{index}/_settings?flat_settings=true").get(index)
    settings = found.get("settings") if isinstance(found, dict) else None
    if not isinstance(settings, dict):
        raise _strange(server)
    blocks = [name for name, value in settings.items() if ".blocks." in name and value == "true"]
    return [name.rpartition(".")[2] for name in sorted(blocks)]


def _is_over(disk: DiskReply, mark: str) -> bool:
    """Whether more is taken than a watermark says: a share (85%, 0.85), or what is to be left."""
    mark = mark.strip().lower()
    try:
        if mark.endswith("%"):
            share = float(mark[:-1]) / 100
        elif unit := next((unit for unit in UNITS if mark.endswith(unit)), ""):
            return disk.available_in_bytes < float(mark.removesuffix(unit)) * UNITS[unit]
        else:
            share = float(mark)
    except ValueError:
        return False
    return disk.available_in_bytes < (1 - share) * disk.total_in_bytes


def _ask(server: SearchServer, path: str) -> Json:
    return server.ask("GET", path, seconds=BULK_SECONDS)


def _read(server: SearchServer, kind: type[Reply], found: object) -> Reply:
    try:
        return kind.model_validate(found)
    except ValidationError:
        raise _strange(server) from None


def _strange(server: SearchServer) -> SearchOutageError:
    return SearchOutageError(
        f"{server.name}: this is no OpenSearch; correct FOOTNOTE_OPENSEARCH_URL"
    )
