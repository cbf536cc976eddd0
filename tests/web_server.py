"""A web server on loopback whose pages a test says, and that remembers what it was asked."""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What is answered: a status, headers, a body; a byte each `pause` seconds if there is one."""

    body: bytes | str = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    pause: float = 0.0


class WebServer:
    """The pages by their paths; a page may be a function of the request's headers."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"
        self.pages = {}
        self.asked = []

    def at(self, path):
        """The whole address of a path."""
        return self.address + path


@contextmanager
def serve_web():
    """Serve until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            web.asked.append((self.path, dict(self.headers)))
            page = web.pages.get(self.path, Page(b"", 404))
            page = page(self.headers) if callable(page) else page
            body = page.body.encode() if isinstance(page.body, str) else page.body
            kind = {"Content-Type": "text/html; charset=utf-8"} if page.status == 200 else {}
            try:
                self.send_response(page.status)
                for name, value in (kind | page.headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if page.pause:
                    for byte in body:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(page.pause)
                else:
                    self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web = WebServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
