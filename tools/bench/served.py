"""A subject of the bench, served by one or more processes of its own, with what they cost."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).parent / "server.py"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Served:
    """Where a subject answers, and the processes that serve it."""

    port: int
    processes: Sequence[int]

    def processor(self) -> float:
        """Seconds of processor that its processes have used."""
        told = (Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in self.processes)
        return sum(int(fields[11]) + int(fields[12]) for fields in told) / TICKS

    def memory(self) -> float:
        """Megabytes that its processes hold in all; what they share counts once (Pss)."""
        return sum(memory_of(one) for one in self.processes)


def memory_of(process: int) -> float:
    """Megabytes that a process holds; what it shares with others counts in part (Pss)."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def command_for(subject: str, checkout: Path = ROOT) -> tuple[str, ...]:
    """What serves one of our subjects from a checkout; the address of the database and a socket follow."""
    return (sys.executable, str(SERVER), "serve", subject, str(checkout))


def prepare(subject: str, url: str, checkout: Path = ROOT) -> None:
    """Make the database of one of our subjects."""
    subprocess.run([sys.executable, str(SERVER), "prepare", subject, str(checkout), url], check=True)


@contextmanager
def serving(command: Sequence[str], processes: int = 1) -> Iterator[Served]:
    """Serve on one socket by some processes. `command` starts one; the number of the socket is added."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1024)
        number, port = listening.fileno(), listening.getsockname()[1]
        started = [subprocess.Popen([*command, str(number)], pass_fds=[number]) for _ in range(processes)]
        try:
            for _ in started:  # each takes its first visitor once it is up
                _first_answer(port)
            time.sleep(2)
            yield Served(port, [one.pid for one in started])
        finally:
            for one in started:
                one.terminate()
                one.wait()


def _first_answer(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 120) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        while line.recv(4096):
            pass
