"""Asking ClamAV whether a file is clean, by its INSTREAM command (clamd(8)). Any trouble means: not known yet."""

import socket
import struct

CHUNK, SECONDS = 64 * 1024, 30


class ScannerAway(Exception):
    """The scanner did not answer, or not as it should: the file waits and is scanned again."""


def finding_in(content: bytes, scanner: str) -> str:
    """The name of what the scanner found; empty when the file is clean. Raises ScannerAway.

    `scanner` is `host:port`, or the path of a socket.
    """
    try:
        with _reached(scanner) as line:
            line.settimeout(SECONDS)
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                line.sendall(struct.pack("!I", len(part)) + part)
            line.sendall(struct.pack("!I", 0))
            told = b""
            while part := line.recv(4096):
                told += part
    except OSError as trouble:
        raise ScannerAway(type(trouble).__name__) from trouble
    verdict = told.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")[:120]
    raise ScannerAway(f"an answer that is no verdict: {verdict[:60]}")


def _reached(scanner: str) -> socket.socket:
    if "/" in scanner:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        line.connect(scanner)
        return line
    host, _, port = scanner.rpartition(":")
    return socket.create_connection((host, int(port)), SECONDS)
