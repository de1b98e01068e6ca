"""Letters on a page: links where there are web addresses, and never anything that runs."""

import pytest

from portal.web.rich_text import paragraphs
from tests.hostile_texts import HOSTILE


def test_blank_lines_part_paragraphs_and_addresses_become_links():
    page = paragraphs("Dear Pat\nhello\n\nVisit www.lgo.org.uk today.")
    assert page.startswith("<p>Dear Pat<br>hello</p><p>Visit <a href=")
    assert 'rel="noreferrer nofollow"' in page


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "javascript:alert(1)", '<a href="javascript:alert(1)">x</a>', "<svg onload=alert(1)>"]
)
def test_markup_in_a_letter_shows_as_text(text):
    page = paragraphs(text)
    assert "<script" not in page
    assert "<img" not in page
    assert "<svg" not in page
    assert '<a href="javascript' not in page


def test_an_ampersand_is_not_escaped_twice():
    assert "&amp;amp;" not in paragraphs("5 < 6 & mum")
    assert "5 &lt; 6 &amp; mum" in paragraphs("5 < 6 & mum")
