"""The proxy's configuration of the handbook, with a real nginx before the portal as the handbook starts it."""

import datetime
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.people.attempts import HERE
from tests.test_production import SITE, port  # noqa: F401 - the fixture

ROOT = Path(__file__).parents[1]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = [pytest.mark.xdist_group("production"), pytest.mark.skipif(NGINX is None, reason="nginx is not installed")]
MORE_THAN_THE_PORTAL_HOLDS = 150  # waitress takes 100 at once


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        return door.getsockname()[1]


def a_certificate(folder):
    """A key and a certificate for the site, that it signs itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SITE)])
    at = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(at).not_valid_after(at + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(SITE)]), critical=False)
    (folder / "site.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    shape = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "site.key").write_bytes(key.private_bytes(*shape))


@pytest.fixture(scope="module")
def proxy(tmp_path_factory, port):  # noqa: F811 - the fixture
    """The handbook's configuration with another place for each file; its two ports and its folder."""
    folder, plain, secure = tmp_path_factory.mktemp("proxy"), free_port(), free_port()
    a_certificate(folder)
    written = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for ours, here in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "127.0.0.1:8080": f"127.0.0.1:{port}",
        "/etc/ssl/your-say.pem": str(folder / "site.pem"),
        "/etc/ssl/private/your-say.key": str(folder / "site.key"),
        "/var/log/nginx/your-say.log": str(folder / "error.log"),
        "/var/lib/nginx/your-say": str(folder / "bodies"),
    }.items():
        assert ours in written
        written = written.replace(ours, here)
    (folder / "site.conf").write_text(written)
    kept = "".join(f"{name}_temp_path {folder}/{name};" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    as_root = "user root; " if os.geteuid() == 0 else ""  # or it could not write into the folder of the tests
    outer = f"{as_root}daemon off; pid {folder}/pid; events {{}} http {{ {kept} include {folder}/site.conf; }}"
    (folder / "nginx.conf").write_text(outer)
    command = [NGINX, "-p", str(folder), "-e", str(folder / "start.log"), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as served:
        for _ in range(600):
            assert served.poll() is None, served.stderr.read().decode()
            try:
                socket.create_connection(("127.0.0.1", secure), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield plain, secure, folder
        served.terminate()


def trusting(folder):
    return ssl.create_default_context(cafile=folder / "site.pem")


def ask(proxy, method, path, *, cookie="", body=None, **more):
    """An answer through the proxy, over TLS."""
    _, secure, folder = proxy
    line = HTTPSConnection("127.0.0.1", secure, timeout=20, context=trusting(folder))
    # the address is a number here; the certificate is still asked for
    line._context.check_hostname = False  # type: ignore[attr-defined]
    told = {"Host": SITE, "Cookie": cookie, **more}
    if body is not None:
        told |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{SITE}{path}"}
    line.request(method, path, urlencode(body) if body is not None else None, told)
    answer = line.getresponse()
    answer.words = answer.read()  # type: ignore[attr-defined]  # its words go with it
    line.close()
    return answer


def slow_visitor(proxy, stack):
    """Somebody who begins a long form and then says nothing more."""
    _, secure, folder = proxy
    context = trusting(folder)
    context.check_hostname = False
    line = stack.enter_context(context.wrap_socket(socket.create_connection(("127.0.0.1", secure), 10)))
    line.sendall(f"POST /thanks HTTP/1.1\r\nHost: {SITE}\r\nContent-Length: 100000\r\n\r\nwords=".encode())


def test_a_page_comes_over_tls_and_packed(proxy):
    answer = ask(proxy, "GET", "/y/", **{"Accept-Encoding": "gzip"})
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_without_tls_there_is_only_the_way_to_it(proxy):
    line = HTTPConnection("127.0.0.1", proxy[0], timeout=20)
    line.request("GET", "/y/", headers={"Host": SITE})
    answer = line.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{SITE}/y/")
    line.close()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_refused(proxy, version):
    context = trusting(proxy[2])
    context.check_hostname = False
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    with pytest.raises((ssl.SSLError, OSError)), socket.create_connection(("127.0.0.1", proxy[1]), 10) as line:
        context.wrap_socket(line)


def test_slow_visitors_hold_up_nobody(proxy):
    ask(proxy, "GET", "/y/")
    with ExitStack() as stack:
        for _ in range(MORE_THAN_THE_PORTAL_HOLDS):
            slow_visitor(proxy, stack)
        began = time.monotonic()
        answers = [ask(proxy, "GET", "/y/").status for _ in range(20)]
        took = time.monotonic() - began
    assert answers == [200] * 20
    assert took < 15  # without the proxy the first waits until a slow one is given up: two minutes


@pytest.mark.parametrize(
    ("path", "is_refused"), [("/help", True), ("/complain/what", True), ("/y/4", False), ("/staff/log", False)]
)
def test_only_where_files_go_may_a_post_be_large(proxy, path, is_refused):
    assert (ask(proxy, "POST", path, body={"words": "x" * 3_000_000}).status == 413) is is_refused


def test_who_makes_up_where_they_come_from_is_counted_all_the_same(proxy):
    tries = []
    for number in range(HERE.amount + 1):
        page = ask(proxy, "GET", "/staff/sign-in")
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page.words).group(1).decode()
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        typed = {"csrf_token": token, "email": "somebody@example.org", "password": "not the password"}
        made_up = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
        tries.append(ask(proxy, "POST", "/staff/sign-in", cookie=cookie, body=typed, **made_up).status)
    assert tries == [200] * HERE.amount + [429]


def test_no_address_of_a_visitor_is_written_down(proxy):
    ask(proxy, "GET", "/y/")
    written = [path for path in proxy[2].rglob("*") if path.is_file() and path.suffix == ".log"]
    assert written
    assert all("127.0.0.1, server" not in path.read_text() and "client:" not in path.read_text() for path in written)
