"""Letters on a page: paragraphs, and addresses of the web that can be followed. The only place that knows bleach.

bleach has no maintainer any more, so nh3 cleans what it leaves. Only what staff wrote passes through here; what the public
types is kept as written and escaped when it is shown.
"""

import bleach
import nh3
from markupsafe import Markup, escape

TAGS = {"p", "br", "a"}


def paragraphs(text: str) -> Markup:
    """A plain letter as HTML: blank lines part paragraphs, web addresses become links, any markup shows as text."""
    blocks = (escape(block).replace("\n", Markup("<br>")) for block in text.strip().split("\n\n"))
    linked = bleach.linkify("".join(f"<p>{block}</p>" for block in blocks if block), parse_email=False)
    return Markup(nh3.clean(linked, tags=TAGS, link_rel="noreferrer nofollow"))  # noqa: S704 - escaped, then cleaned
