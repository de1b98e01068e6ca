"""The words of an email that is a web page, with the addresses behind its links beside their text."""

from itertools import islice
from urllib.parse import parse_qs, urlsplit

from inscriptis.html_engine import Inscriptis
from lxml.etree import ParserError
from lxml.html import HtmlElement, document_fromstring

MAX_HTML_LENGTH = 2_000_000
MAX_LINKS, MAX_PIECES, MAX_ADDRESS_LENGTH, MAX_EMOJI_LENGTH = 1_000, 50, 500, 10
SHOWN = ("http:", "https:", "mailto:", "tel:")
WRAPPED = ".safelinks.protection.outlook.com"  # Microsoft puts the address that was typed into `url`


def words_of_page(page: str) -> str:
    """A web page as the text that its reader sees, with what a mail program only shows under the mouse."""
    text = page[:MAX_HTML_LENGTH].strip()
    if text.startswith("<?xml"):
        text = text.partition("?>")[2].strip()
    if not text:
        return ""
    tree = _tree(text)
    for link in islice(tree.iter("a"), MAX_LINKS):
        _tell_address(link)
    for picture in islice(tree.iter("img"), MAX_LINKS):
        _tell_emoji(picture)
    return str(Inscriptis(tree).get_text())


def _tree(text: str) -> HtmlElement:
    try:
        return document_fromstring(text)
    except ParserError:
        return document_fromstring(f"<pre>{text}</pre>")


def _tell_address(link: HtmlElement) -> None:
    address = _address(str(link.get("href") or "").strip())
    words = "".join(islice(link.itertext(), MAX_PIECES)).strip()
    bare = address.partition("://")[2].rstrip("/") or address.partition(":")[2]
    if words and bare and bare.lower() not in words.lower():
        told = bare if address.lower().startswith(("mailto:", "tel:")) else address
        link.tail = f" <{told[:MAX_ADDRESS_LENGTH]}>{link.tail or ''}"


def _address(href: str) -> str:
    """Where a link leads; empty for one that leads to nowhere outside the page."""
    if not href.lower().startswith(SHOWN):
        return ""
    try:
        parts = urlsplit(href)
        if (parts.hostname or "").endswith(WRAPPED):
            return parse_qs(parts.query, max_num_fields=20).get("url", [href])[0]
    except ValueError:
        return href
    return href.partition("?")[0] if href.lower().startswith("mailto:") else href


def _tell_emoji(picture: HtmlElement) -> None:
    """Mail programs send a smile as a picture, with the smile itself as its other text."""
    smile = str(picture.get("alt") or "")
    if smile and len(smile) <= MAX_EMOJI_LENGTH and not smile.isascii():
        picture.tail = f"{smile}{picture.tail or ''}"
