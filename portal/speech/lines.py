"""What a page says, as lines to read aloud: the words of its main part, a block a line."""

from html.parser import HTMLParser

UNSPOKEN = ("svg", "style", "script", "audio", "textarea", "select", "nav")
WITHIN_A_LINE = ("b", "i", "em", "strong", "a", "span", "small")
NEVER_SHUT = ("input", "br", "img", "path", "meta", "link", "hr")


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.inside_main = self.unspoken = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_hidden = tag in UNSPOKEN or given.get("aria-hidden") == "true" or "data-unspoken" in given
        if self.unspoken or is_hidden:
            self.unspoken += tag not in NEVER_SHUT
            return
        self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str | None]) -> None:
        self.inside_main += tag == "main"
        stands_alone = tag == "a" and "go" in (given.get("class") or "").split()
        if tag not in WITHIN_A_LINE or stands_alone:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if self.unspoken:
            self.unspoken -= tag not in NEVER_SHUT
            return
        if tag not in WITHIN_A_LINE:
            self.end_line()
        self.inside_main -= tag == "main"

    def handle_data(self, data: str) -> None:
        if self.inside_main and not self.unspoken:
            self.words.append(data)

    def end_line(self) -> None:
        line = " ".join("".join(self.words).split())
        if line:
            self.lines.append(line)
        self.words = []


def lines_of(page: str) -> list[str]:
    """The lines of a page's main part, in order. Pictures, boxes to write in and hidden marks are not read."""
    reader = _Lines()
    reader.feed(page)
    reader.end_line()
    return reader.lines
