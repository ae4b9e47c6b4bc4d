"""Each rule of what a page must be finds what it is for, and lets a good page be."""

import pytest

from tests.accessible.faults import faults
from tests.accessible.markup import read

GOOD = """<!DOCTYPE html><html lang="en"><head><title>Error: A – B</title></head><body><a href="#main">Skip</a>
<main id="main"><div class="error-summary" tabindex="-1" autofocus><h2>One thing</h2><a href="#x">Age</a></div>
<h1>A</h1><h2>B</h2><form><label for="x">Age</label><div id="x_error">Too old</div>
<input id="x" name="age" aria-invalid="true" aria-describedby="x_error">
<fieldset><legend>Which?</legend><label><input type="radio" name="w" value="1">One</label>
<label><input type="radio" name="w" value="2">Two</label></fieldset><button>Go</button></form>
<svg aria-hidden="true"><path d="M0"/></svg>
<table><tr><th scope="col">H</th></tr><tr><td>1</td></tr></table></main></body></html>"""


def test_a_good_page_has_no_faults() -> None:
    assert faults(read(GOOD)) == []


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (' lang="en"', "", "names no language"),
        ("Error: A – B", " – ", "titles"),
        ("Error: A – B", "A – B", "does not say that something is wrong"),
        ("<h1>A</h1>", "", "0 <h1>"),
        ("<h2>B</h2>", "<h4>B</h4>", "follows a heading of level 1"),
        ("<h2>B</h2>", "<h2></h2>", "is empty"),
        ("<h2>B</h2>", '<h2 id="x">B</h2>', "'x' is there 2 times"),
        ('<label for="x">Age</label>', "", "has no label"),
        ('<label for="x">', '<label for="y">', "points by for to 'y'"),
        ("<button>Go</button>", "<button></button>", "has no name"),
        ("<legend>Which?</legend>", "", "stands in no named group"),
        (' aria-hidden="true"', "", "picture without a name"),
        (' scope="col"', "", "has no scope"),
        ('scope="col">H<', 'scope="col"><', "says nothing"),
        ("<h2>B</h2>", "<h2>B</h3>", "</h3> in"),
        ('tabindex="-1" autofocus', 'tabindex="-1"', "does not take the focus"),
        ("<button>", '<button tabindex="3">', "has tabindex 3"),
        ('<a href="#x">Age</a>', "Age", "the summary does not lead to it"),
        ('<a href="#x">Age</a>', '<a href="#z">Age</a>', "leads to nothing"),
        (' aria-describedby="x_error"', "", "is not described by why"),
        ('class="error-summary" ', "", "there are 0 summaries"),
    ],
)
def test_a_bad_one_is_told(good: str, bad: str, said: str) -> None:
    assert good in GOOD
    assert any(said in fault for fault in faults(read(GOOD.replace(good, bad))))
