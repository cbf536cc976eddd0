"""Plays a small part of OpenSearch on loopback: what publishing and searching ask of it.

What matches more of a query scores higher; the contract is also run on a real server, see
`opensearch_server.py`.
"""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

WHOLE = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}


@dataclass
class StoredIndex:
    """An index: how it was set up, its documents, and what of them can be searched."""

    settings: dict
    mappings: dict
    documents: dict = field(default_factory=dict)
    searchable: dict = field(default_factory=dict)


class OpenSearchEmulator:
    """The indices and aliases; `fault` may answer a request instead, by method, path and body.

    What it returns is a status and an object or bytes; None lets the request through.
    """

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.indices = {}
        self.aliases = {}
        self.asked = []
        self.authorization = []
        self.fault = lambda *_: None
        self.health = {"status": "green", "number_of_nodes": 1, "unassigned_shards": 0}
        self.version = {"distribution": "opensearch", "number": "2.19.6"}
        self.disk = {"total_in_bytes": 100_000, "available_in_bytes": 60_000}
        self.defaults = {"cluster.routing.allocation.disk.watermark.flood_stage": "95%"}
        self.plugins = ()
        self._lock = threading.Lock()

    def answer(self, method, path, body):
        """The status and the object with which a request is answered."""
        with self._lock:
            self.asked.append((method, path))
        if (found := self.fault(method, path, body)) is not None:
            return found
        with self._lock:
            return self._answered(
                method, [unquote(part) for part in path.strip("/").split("/")], body
            )

    def _answered(self, method, parts, body):  # noqa: C901, PLR0911, PLR0912  # a table
        match method, parts:
            case "GET", [""]:
                return 200, {"name": "one", "version": self.version}
            case "GET", ["_cluster", "health"]:
                return 200, self.health
            case "GET", ["_cluster", "settings"]:
                return 200, {"persistent": {}, "transient": {}, "defaults": self.defaults}
            case "GET", ["_nodes", "plugins"]:
                plugins = [{"name": name} for name in self.plugins]
                return 200, {"nodes": {"one": {"plugins": plugins}}}
            case "GET", ["_nodes", "stats", "fs"]:
                return 200, {"nodes": {"one": {"name": "one", "fs": {"total": self.disk}}}}
            case "POST", ["_bulk"]:
                return self._bulk(body)
            case "POST", ["_msearch"]:
                lines = lines_of(body)
                replies = [
                    self._search(head["index"], search)
                    for head, search in zip(lines[::2], lines[1::2], strict=True)
                ]
                return 200, {"took": 1, "responses": replies}
            case "POST", ["_aliases"]:
                return self._move(json.loads(body)["actions"])
            case "GET", ["_alias", name]:
                found = self.aliases.get(name, ())
                if not found:
                    return 404, {"error": f"alias [{name}] missing", "status": 404}
                return 200, {index: {"aliases": {name: {}}} for index in sorted(found)}
            case "GET", [pattern, "_alias"]:
                return 200, {name: {} for name in self.indices if fnmatch(name, pattern)}
            case "PUT", [name] if name not in self.indices:
                asked = json.loads(body)
                self.indices[name] = StoredIndex(asked["settings"], asked["mappings"])
                return 200, {"acknowledged": True, "index": name}
            case _, [name, *rest] if name in self.indices:
                return self._of_index(method, name, rest, body)
        if parts[0].startswith("_"):
            return 400, {"error": {"type": "illegal_argument", "reason": str(parts)}}
        return 404, missing(parts[0])

    def _of_index(self, method, name, rest, body):  # noqa: C901, PLR0911  # a table
        index = self.indices[name]
        match method, rest:
            case "DELETE", []:
                del self.indices[name]
                for indices in self.aliases.values():
                    indices.discard(name)
                return 200, {"acknowledged": True}
            case "GET", ["_mapping"]:
                return 200, {name: {"mappings": index.mappings}}
            case "GET", ["_settings"]:
                flat = {f"index.{key}": value for key, value in index.settings.items()}
                return 200, {name: {"settings": flat}}
            case "PUT", ["_mapping"]:
                index.mappings |= json.loads(body)
                return 200, {"acknowledged": True}
            case "PUT", ["_settings"]:
                index.settings |= json.loads(body)["index"]
                return 200, {"acknowledged": True}
            case "POST", ["_refresh"]:
                index.searchable = dict(index.documents)
                return 200, {"_shards": WHOLE}
            case "GET", ["_count"]:
                return 200, {"count": len(index.searchable), "_shards": WHOLE}
            case "GET", ["_doc", number]:
                found = self._document(name, number)
                return (200 if found["found"] else 404), found
            case "POST", ["_mget"]:
                return 200, {
                    "docs": [self._document(name, one) for one in json.loads(body)["ids"]]
                }
        return 400, {"error": {"type": "illegal_argument", "reason": f"{method} {rest}"}}

    def _bulk(self, body):
        lines, items = lines_of(body), []
        for action, fields in zip(lines[::2], lines[1::2], strict=True):
            index = self.indices[action["index"]["_index"]]
            strange = fields.keys() - index.mappings["properties"].keys()
            if strange:
                error = {"type": "strict_dynamic_mapping_exception", "reason": str(strange)}
                items.append({"index": {"status": 400, "error": error}})
                continue
            index.documents[action["index"]["_id"]] = fields
            items.append({"index": {"_id": action["index"]["_id"], "status": 201}})
        return 200, {"errors": any("error" in one["index"] for one in items), "items": items}

    def _move(self, actions):
        moved = {alias: set(indices) for alias, indices in self.aliases.items()}
        for action in actions:
            ((kind, what),) = action.items()
            indices = moved.setdefault(what["alias"], set())
            if kind == "add":
                indices.add(what["index"])
            elif what["index"] not in indices:
                return 404, {"error": {"type": "aliases_not_found_exception"}, "status": 404}
            else:
                indices.discard(what["index"])
        self.aliases = moved
        return 200, {"acknowledged": True}

    def _document(self, name, number):
        found = self.indices[name].documents.get(number)
        if found is None:
            return {"_index": name, "_id": number, "found": False}
        return {"_index": name, "_id": number, "found": True, "_source": self._source(name, found)}

    def _source(self, name, fields):
        left_out = self.indices[name].mappings.get("_source", {}).get("excludes", ())
        return {key: value for key, value in fields.items() if key not in left_out}

    def _search(self, name, search):
        if name not in self.indices:
            return missing(name)
        documents = self.indices[name].searchable
        scores = {n: score_of(search["query"], fields) for n, fields in documents.items()}
        found = sorted((n for n, score in scores.items() if score), key=lambda n: -scores[n])
        hits = [
            {
                "_index": name,
                "_id": n,
                "_score": scores[n],
                "_source": self._source(name, documents[n]),
            }
            for n in found[: search["size"]]
        ]
        total = {"total": {"value": len(found), "relation": "eq"}}
        counted = total if search["track_total_hits"] else {}
        return {
            "timed_out": False, "_shards": WHOLE, "hits": counted | {"hits": hits}, "status": 200
        }  # fmt: skip


def score_of(query, fields):
    """The score of a document; 0 if it is not found."""
    ((kind, what),) = query.items()
    if kind == "term":
        ((key, asked),) = what.items()
        term, boost = (asked, 1) if isinstance(asked, str) else (asked["value"], asked["boost"])
        return boost * (term in fields[key])
    if kind == "dis_max":
        return max(score_of(one, fields) for one in what["queries"])
    scores = [score_of(one, fields) for one in what.get("must", what.get("should"))]
    return sum(scores) if "should" in what or all(scores) else 0


def missing(name):
    """What is answered where there is no such index."""
    error = {"type": "index_not_found_exception", "reason": f"no such index [{name}]"}
    return {"error": error, "status": 404}


def lines_of(body):
    """The objects of a body that has one a line."""
    return [json.loads(line) for line in body.decode().split("\n") if line]


@contextmanager
def serve_opensearch(tls=None):
    """Serve until the end of the block; over TLS with that context."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _answer_request(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            emulator.authorization.append(self.headers.get("Authorization"))
            status, found = emulator.answer(self.command, urlsplit(self.path).path, body)
            content = found if isinstance(found, bytes) else json.dumps(found).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                self.close_connection = True

        def do_GET(self):
            self._answer_request()

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  # as the library calls them

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    emulator = OpenSearchEmulator(server.server_address[1])
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield emulator
    finally:
        server.shutdown()
        server.server_close()
