"""A browser in small, and as cheap as can be: what it costs is taken from the cores that the subject runs on."""

import re
import socket
from itertools import count
from urllib.parse import urlencode

HIDDEN = re.compile(rb'<input(?=[^>]*type="hidden")[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"')
COOKIE = re.compile(rb"\r\nset-cookie: ([^=;\r]+)=([^;\r]*)", re.IGNORECASE)
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


NUMBERS = count(1)


class Visitor:
    """Somebody new: a connection and cookies of their own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line: socket.socket | None = None
        self._cookies: dict[bytes, bytes] = {}
        self.number = next(NUMBERS)
        self._hidden: dict[str, str] = {}

    def get(self, address: str) -> bytes:
        """Ask for a page; what its form holds unseen, such as its token, is sent with what follows."""
        status, page = self._ask(b"GET", address, b"")
        assert status == 200, f"{address} answered {status}"
        self._hidden |= {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
        return page

    def post(self, address: str, fields: dict[str, str]) -> None:
        """Send a form that is taken: its answer leads on."""
        status, _ = self._ask(b"POST", address, urlencode(self._hidden | fields).encode())
        assert status in (302, 303), f"{address} answered {status}"

    def hang_up(self) -> None:
        """Close the connection; what comes next opens another."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def _ask(self, method: bytes, address: str, body: bytes) -> tuple[int, bytes]:
        cookies = b"; ".join(name + b"=" + value for name, value in self._cookies.items())
        head = [method + b" " + address.encode() + b" HTTP/1.1", b"Host: 127.0.0.1"]
        head += [b"Cookie: " + cookies] if cookies else []
        if body:
            head += [b"Content-Type: application/x-www-form-urlencoded", b"Content-Length: %d" % len(body)]
        if self._line is None:
            self._line = socket.create_connection(("127.0.0.1", self._port), 120)
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line.sendall(b"\r\n".join(head) + b"\r\n\r\n" + body)
        return self._answer(self._line)

    def _answer(self, line: socket.socket) -> tuple[int, bytes]:
        taken = b""
        while b"\r\n\r\n" not in taken:
            taken += _more(line)
        head, _, page = taken.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        while len(page) < (int(length[1]) if length else 0):
            page += _more(line)
        self._cookies.update(COOKIE.findall(head))
        return int(head[9:12]), page


def _more(line: socket.socket) -> bytes:
    more = line.recv(65536)
    assert more, "the connection was closed"
    return more
