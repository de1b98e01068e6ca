"""Telling a person who opens a page from a machine that looks ahead."""

from werkzeug.wrappers import Request

MACHINES = (
    *("bot", "crawl", "spider", "preview", "facebookexternalhit", "whatsapp", "telegram", "slack", "discord", "skype"),
    *("linkedin", "embedly", "pinterest", "curl", "wget", "python", "headless"),
)


def is_a_person(request: Request) -> bool:
    """Whether a request is someone opening a page, and no link preview, look-ahead or piece of a file."""
    looks_ahead = any("prefetch" in request.headers.get(name, "").lower() for name in ("Purpose", "Sec-Purpose", "X-Moz"))
    wants_a_page = "text/html" in request.headers.get("Accept", "text/html")
    is_whole = request.method == "GET" and "Range" not in request.headers
    return wants_a_page and is_whole and not looks_ahead and not is_a_machine(request)


def is_a_machine(request: Request) -> bool:
    """Whether a request says of itself that it is no person's browser."""
    agent = request.headers.get("User-Agent", "").lower()
    return any(machine in agent for machine in MACHINES)
