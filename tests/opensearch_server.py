"""Starts a real OpenSearch node on loopback, from what Maven Central has; needs Java 17 and Maven.

    python tests/opensearch_server.py /tmp/opensearch --port 19200
    FOOTNOTE_TEST_OPENSEARCH_URL=http://127.0.0.1:19200 python -m pytest tests/retrieval/opensearch

The first line ends with Ctrl-C; what is downloaded and kept is in its folder. Without the setting
the tests use an emulator.
"""

import os
import shutil
import subprocess
import sys
import uuid
from argparse import ArgumentParser
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from opensearch_emulator import serve_opensearch

from retrieval.opensearch.bulk_writer import BulkWriter
from retrieval.opensearch.file_transfer import fetch_lexicon
from retrieval.opensearch.published_paragraphs import PublishedParagraphs
from retrieval.opensearch.published_snapshot import PublishedEngine, PublishedSnapshot
from retrieval.opensearch.published_version import current_index, version_of
from retrieval.opensearch.publisher import Publisher
from retrieval.opensearch.search_server import SearchServer, ServerAccess

VERSION = "2.19.6"
ARTIFACTS = {
    "opensearch": "org.opensearch",
    "transport-netty4-client": "org.opensearch.plugin",
    "analysis-common": "org.opensearch.plugin",
}
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>node</artifactId><version>1</version>
  <dependencies>{}
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId>
      <version>2.24.3</version></dependency>
  </dependencies>
</project>
"""
NODE = """
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

public class OneNode extends Node {
    OneNode(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "one"),
              List.of(Netty4Plugin.class, CommonAnalysisPlugin.class), true);
    }
    public static void main(String[] args) throws Exception {
        OneNode node = new OneNode(Settings.builder()
            .put("path.home", Path.of(args[0]).toAbsolutePath().toString())
            .put("http.port", args[1]).put("transport.port", "0")
            .put("network.host", "127.0.0.1").put("discovery.type", "single-node")
            .put("node.store.allow_mmap", false).put("cluster.name", "trial").build());
        node.start();
        Thread.currentThread().join();
    }
}
"""


@dataclass
class TrialCluster:
    """A cluster, emulated unless a real one is named, and an alias that is nobody else's."""

    url: str
    alias: str
    emulator: object = None
    opened: list = field(default_factory=list)

    @classmethod
    def of(cls, url):
        """A real cluster, under an alias of its own."""
        return cls(url, f"t{uuid.uuid4().hex[:12]}")

    def server(self, *more):
        """A connection to it, and to more hosts."""
        self.opened.append(SearchServer(ServerAccess((self.url, *more))))
        return self.opened[-1]

    def close(self):
        """Close all connections."""
        for server in self.opened:
            server.close()

    def publish(self, store, shards=1, vectors=None):
        """Publish what a store holds, and its vectors."""
        server = self.server()
        publisher = Publisher(server, self.alias, BulkWriter(server, lambda _: None), shards)
        return publisher.publish(store, lambda *_: None, vectors)

    def engine(self, folder, server=None):
        """The engine over the newest version, its lexicon in a folder."""
        server = server or self.server()
        version = version_of(server, current_index(server, self.alias))
        folder.mkdir(exist_ok=True)
        fetch_lexicon(server, version, folder)
        paragraphs = PublishedParagraphs(server, version.index)
        return PublishedEngine(PublishedSnapshot(folder, paragraphs))

    def remove(self):
        """Remove all that was published."""
        server = self.server()
        for name in server.ask("GET", f"/{self.alias}-*/_alias"):
            server.ask("DELETE", f"/{name}")


@contextmanager
def trial_cluster():
    """The cluster that is named in the environment, or an emulator, until the end of the block."""
    url = os.environ.get("FOOTNOTE_TEST_OPENSEARCH_URL")
    if url:
        with closing(TrialCluster.of(url)) as cluster:
            try:
                yield cluster
            finally:
                cluster.remove()
        return
    with (
        serve_opensearch() as emulator,
        closing(TrialCluster(emulator.url, "trial", emulator)) as cluster,
    ):
        yield cluster


def main():
    """Download what is missing, then run the node until Ctrl-C."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=19200)
    options = parser.parse_args()
    folder = options.folder.absolute()
    paths = folder / "classpath.txt"
    (folder / "home" / "config").mkdir(parents=True, exist_ok=True)
    (folder / "OneNode.java").write_text(NODE, encoding="utf-8")
    wanted = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId>"
        f"<version>{VERSION}</version></dependency>"
        for name, group in ARTIFACTS.items()
    )
    (folder / "pom.xml").write_text(POM.format(wanted), encoding="utf-8")
    if not paths.exists():
        maven = shutil.which("mvn") or sys.exit("mvn is missing; install Maven")
        fetch = [maven, "-q", "dependency:build-classpath", f"-Dmdep.outputFile={paths.name}"]
        subprocess.run(fetch, cwd=folder, check=True)
    java = shutil.which("java") or sys.exit("java is missing; install Java 17")
    node = ["OneNode.java", "home", str(options.port)]
    os.chdir(folder)
    os.execv(java, [java, "-Xmx1g", "-cp", paths.read_text(encoding="utf-8"), *node])  # noqa: S606


if __name__ == "__main__":
    main()
