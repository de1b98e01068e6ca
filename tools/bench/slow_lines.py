"""How fast a child's pages are on an old phone and a slow line, beside a bare page of a few words on the same server.

Largest paint: Chromium at 360 by 640, throttled as Lighthouse throttles regular 3G (1125 ms, 630 kbit/s, CPU four times
slower) and slow 3G (2000 ms, 400 kbit/s, six times), median of 5. The core path: machine time from the card to the secret
words at the first of these, without typing. Server time: every screen asked 40 times, one after another.
"""

import os
import shutil
import statistics
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tools.bench.served import command_for, prepare, serving

ASKED, SERVER_ASKED = 5, 40
NETS = {"regular 3G, CPU x4": (1125, 630, 4, 2.0), "slow 3G, CPU x6": (2000, 400, 6, 4.0)}
SCREENS = ("/y/", "/y/1", "/y/2", "/y/3", "/y/4", "/y/more/feel", "/help")
PAINT = """new Promise(told => new PerformanceObserver(list => told(list.getEntries().at(-1).startTime))
.observe({type: 'largest-contentful-paint', buffered: true}))"""


def bench_lines(folder: Path) -> None:
    """Print largest paints, the core path and the server's time."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    url = f"sqlite:///{folder / 'lines.db'}"
    prepare("portal", url)
    with serving((*command_for("page"), "-")) as bare, serving((*command_for("portal"), url)) as portal:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for name, net in NETS.items():
                print_paints(browser, name, net, bare.port, portal.port)
            print_core_path(browser, portal.port)
            browser.close()
        print_server_times(HTTPConnection("127.0.0.1", portal.port, timeout=60))


def print_paints(browser: Any, name: str, net: tuple[int, int, int, float], bare: int, portal: int) -> None:
    """Largest paints of the screens on one kind of line."""
    latency, speed, slower, bar = net
    first = statistics.median(paint(browser, f"http://127.0.0.1:{bare}/", latency, speed, slower) for _ in range(ASKED))
    print(f"Largest paint on {name} (median of {ASKED}, bar {bar} s), a bare page: {first:.2f} s")
    for address in SCREENS:
        where = f"http://127.0.0.1:{portal}{address}"
        taken = statistics.median(paint(browser, where, latency, speed, slower) for _ in range(ASKED))
        print(
            f"  {address:14} {taken:5.2f} s  {taken / first:4.2f} x the bare page{'' if taken <= bar else '  ABOVE THE BAR'}"
        )


def slow_page(browser: Any, latency: int, speed: int, slower: int) -> Any:
    """A new phone on a slow line."""
    page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    per_second = speed * 1024 / 8
    conditions = {"offline": False, "latency": latency, "downloadThroughput": per_second, "uploadThroughput": per_second}
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page


def paint(browser: Any, address: str, latency: int, speed: int, slower: int) -> float:
    """Seconds until the largest paint of a first visit."""
    page = slow_page(browser, latency, speed, slower)
    page.goto(address, wait_until="load")
    taken = float(page.evaluate(PAINT)) / 1000
    page.context.close()
    return taken


def print_core_path(browser: Any, port: int) -> None:
    """Machine time of the core path on regular 3G."""
    page = slow_page(browser, *next(iter(NETS.values()))[:3])
    started = time.perf_counter()
    page.goto(f"http://127.0.0.1:{port}/y/")
    for button in ("button.main", "a.go.main", "button[value=wrong]"):
        press(page, button)
    page.locator("label[for=topics-school]").click()
    for button in ("button.main", "button.main", "button.main"):
        press(page, button)
    assert page.locator(".secret").count() == 1
    print(f"The core path on regular 3G, without typing: {time.perf_counter() - started:.1f} s (bar 45 s)")
    page.context.close()


def press(page: Any, what: str) -> None:
    """Press something and wait for the page that it leads to."""
    with page.expect_navigation(wait_until="load"):
        page.locator(what).first.click()


def print_server_times(connection: HTTPConnection) -> None:
    """The server's own time for each screen."""
    times = []
    for address in SCREENS * SERVER_ASKED:
        started = time.perf_counter()
        connection.request("GET", address)
        connection.getresponse().read()
        times.append(time.perf_counter() - started)
    late = sorted(times)[int(len(times) * 0.95)]
    print(f"The server's time for a screen: {late * 1000:.1f} ms for 95 of 100 (bar 100 ms)")
