"""The program answers from a cluster; what it is asked while that is away is answered later."""

from contextlib import suppress

import httpx
import pytest
from bot_process import LOOPBACK, answers, serving, until
from opensearch_server import trial_cluster
from stored_collections import opened, write

from bot.console.world.chats import Person
from retrieval.store.collection_store import CollectionStore

ADA = Person(1, "Ada")


@pytest.fixture
def cluster(monkeypatch, tmp_path):
    monkeypatch.delenv("FOOTNOTE_TEST_OPENSEARCH_URL", raising=False)
    write(tmp_path / "articles", "bees.md", "# Bees\n\nBees make honey.")
    sync = opened(tmp_path / "articles")
    sync.update(sync.scan())
    with trial_cluster() as found:
        found.publish(CollectionStore(tmp_path / "store"))
        yield found


def test_a_question_outlives_an_outage_and_a_kill(tmp_path, api, port, cluster):
    """It is told that it is kept, health says why, and it is answered after all."""
    settings = {
        "OPENSEARCH_URL": cluster.url,
        "OPENSEARCH_ALIAS": cluster.alias,
        "HEALTH_LISTEN": f"127.0.0.1:{port}",
        "MEANING": "off",
    }

    def page(name):
        with suppress(httpx.ConnectError):
            return LOOPBACK.get(f"http://127.0.0.1:{port}/{name}", timeout=10)
        return None

    with serving(tmp_path, api, **settings) as (server, program):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What do bees make?")
        until(lambda: len(answers(server, chat)) == 1)
        cluster.emulator.fault = lambda *_: (503, {"error": "no cluster manager"})
        server.api.say(chat, ADA, "What makes honey?")
        until(lambda: len(answers(server, chat)) == 2)
        assert "Your message is kept" in answers(server, chat)[1]["text"]
        assert page("healthz").status_code == 503
        assert "no cluster manager" in page("healthz").json()["trouble"]
        assert page("readyz").status_code == 200
        assert "footnote_search_up 0.0" in page("metrics").text
        program.kill()
        program.wait()
    cluster.emulator.fault = lambda *_: None
    with serving(tmp_path, api, **settings) as (server, _):
        until(lambda: "Bees make honey." in answers(server, chat)[-1]["text"])
        assert page("healthz").status_code == 200
