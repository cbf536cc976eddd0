"""A cluster is reached over TLS, with the certificates that are named."""

import shutil
import ssl
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from opensearch_emulator import serve_opensearch

from retrieval.errors import SearchOutageError
from retrieval.opensearch.search_server import SearchServer, ServerAccess

OPENSSL = shutil.which("openssl")
CERTIFICATE = (
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=own "
    "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out own.pem"
)


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    """A cluster with a certificate of its own, and the file of that."""
    if not OPENSSL:
        pytest.skip("openssl makes the certificate, and is not installed")
    folder = tmp_path_factory.mktemp("certificates")
    subprocess.run([OPENSSL, *CERTIFICATE.split()], cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem", folder / "key.pem")
    with serve_opensearch(context) as emulator:
        yield emulator.url.replace("http:", "https:"), folder / "own.pem", emulator


def ask(*hosts, authority=None):
    """What one of the hosts says of itself."""
    given = ServerAccess(hosts, "footnote", "s\u00e9cret:x", authority=authority)
    with closing(SearchServer(given)) as server:
        return [server.ask("GET", "/") for _ in range(4)][-1]


def test_a_certificate_that_is_trusted_is_enough(secure):
    """The name and the password go there."""
    url, authority, emulator = secure
    assert ask(url, authority=authority)["version"]["distribution"] == "opensearch"
    assert set(emulator.authorization) == {"Basic Zm9vdG5vdGU6c8OpY3JldDp4"}


def test_one_that_nobody_vouches_for_is_an_outage(secure):
    """Nothing is asked there, and nobody told the password."""
    url, _, emulator = secure
    emulator.authorization.clear()
    with pytest.raises(SearchOutageError, match="certificate verify failed"):
        ask(url)
    assert emulator.authorization == []


def test_a_host_that_speaks_no_tls_is_stood_in_for(secure):
    """By the next one, as any that is away."""
    url, authority, _ = secure
    with serve_opensearch() as plain:
        away = plain.url.replace("http:", "https:")
        assert ask(away, url, authority=authority)["version"]["number"]


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_what_is_no_certificate_is_named(tmp_path: Path, content):
    """Whether it is missing or something else, with the setting to correct."""
    authority = tmp_path / "ca.pem"
    if content:
        authority.write_text(content)
    with pytest.raises(SearchOutageError, match=r"ca\.pem: .*FOOTNOTE_OPENSEARCH_CA"):
        ask("https://127.0.0.1:1", authority=authority)
