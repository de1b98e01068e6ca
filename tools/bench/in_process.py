"""A visitor without a server: takes the same steps, in the process that measures."""

from flask.testing import FlaskClient

from tools.bench.visitor import HIDDEN, NUMBERS


class InProcess:
    """Somebody new, at a client of the tests."""

    def __init__(self, client: FlaskClient) -> None:
        self.number = next(NUMBERS)
        self.client = client
        self._hidden: dict[str, str] = {}

    def get(self, address: str) -> bytes:
        """Ask for a page; what its form holds unseen is sent with what follows."""
        page = self.ask("GET", address, {})
        self._hidden |= {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
        return page

    def post(self, address: str, fields: dict[str, str]) -> None:
        """Send a form that is taken."""
        self.ask("POST", address, self._hidden | fields)

    def ask(self, method: str, address: str, fields: dict[str, str]) -> bytes:
        """Ask once."""
        answer = self.client.open(address, method=method, data=fields or None)
        assert answer.status_code == (200 if method == "GET" else 302), address
        return bytes(answer.data)
