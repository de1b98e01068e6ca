"""What is read aloud of a page: its main part, a block a line, without pictures and boxes."""

from portal.speech.lines import lines_of


def test_only_the_main_part_is_read():
    assert lines_of("<nav>Leave</nav><main><h1>Tell us</h1></main><p>after</p>") == ["Tell us"]


def test_words_within_a_line_stay_in_it():
    assert lines_of('<main><p>Call <a href="tel:999">999</a> <b>now</b>.</p></main>') == ["Call 999 now."]


def test_a_link_that_stands_alone_is_a_line():
    assert lines_of('<main><p>One</p><a class="go main" href="/">Carry on</a><a class="go">Skip</a></main>') == [
        "One",
        "Carry on",
        "Skip",
    ]


def test_pictures_boxes_and_what_is_hidden_are_not_read():
    page = (
        "<main><svg><path></svg><textarea>typed</textarea><div aria-hidden='true'><input>x<br>y</div>"
        "<div data-unspoken><p>no</p></div><p>yes</p></main>"
    )
    assert lines_of(page) == ["yes"]
