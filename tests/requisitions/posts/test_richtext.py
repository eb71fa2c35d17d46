import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requisitions.posts.domain.richtext import ATTRIBUTES, TAGS, plain, sanitised

HOSTILE = {
    "<p>a<script>alert(1)</script></p>": "<p>a</p>",
    '<p onclick="alert(1)">a</p>': "<p>a</p>",
    '<a href="javascript:alert(1)">a</a>': '<a rel="noopener nofollow">a</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">a</a>': '<a rel="noopener nofollow">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>': '<a rel="noopener nofollow">a</a>',
    '<a href="https://example.com/?a=1&b=2" target="_blank" style="x">a</a>': (
        '<a href="https://example.com/?a=1&amp;b=2" rel="noopener nofollow">a</a>'
    ),
    '<img src="https://example.com/pixel.gif" onerror="alert(1)">a': "a",
    "<svg><script>alert(1)</script></svg>a": "a",
    "<svg><style><!--</style><img src=x onerror=alert(1)>-->a": "",
    '<p style="position:fixed;inset:0">a</p>': "<p>a</p>",
    '<iframe src="https://example.com"></iframe>a': "a",
    '<form action="https://example.com"><input name="x"><button>a</button></form>': "a",
    "<style>body{display:none}</style><p>a</p>": "<p>a</p>",
    '<base href="https://example.com/"><p>a</p>': "<p>a</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>a": (
        "a"
    ),
    "<!-- <p>hidden</p> --><p>a</p>": "<p>a</p>",
    "<h1>You</h1><h2>We</h2>": "<h2>You</h2><h2>We</h2>",
    "<h3>You</h3><h4>a</h4><h3>We</h3>": "<h2>You</h2><h3>a</h3><h2>We</h2>",
    "<h4>You</h4><h2>We</h2><h4>a</h4>": "<h2>You</h2><h2>We</h2><h3>a</h3>",
    "a < b & c > d": "a &lt; b &amp; c &gt; d",
    "<p><br></p><div>&nbsp;</div>": "",
    "\u202eevil\u202c": "\u202eevil\u202c",
}


@pytest.mark.parametrize(("html", "expected"), HOSTILE.items())
def test_only_what_an_advert_needs_is_left(html: str, expected: str) -> None:
    assert sanitised(html) == expected


@given(st.text(alphabet=st.sampled_from("<>/=\"' abhrefonscriptimgjv:&;#x0123\n"), max_size=200))
def test_nothing_else_is_ever_left(html: str) -> None:
    left = sanitised(html)

    for tag, attributes in re.findall(r"<([a-zA-Z0-9]+)([^>]*)>", left):
        assert tag in TAGS
        for name in re.findall(r'\s([a-z-]+)(?:="[^"]*")?', re.sub(r'"[^"]*"', '""', attributes)):
            assert name in ATTRIBUTES.get(tag, set()) | {"rel"}
    assert sanitised(left) == left


def test_the_words_alone() -> None:
    html = "<h2>You &amp; we</h2><p>Build <b>things</b>.<br>Keep them.</p><ul><li>One</li><li>Two</li></ul>"

    assert plain(html) == "You & we\nBuild things.\nKeep them.\nOne\nTwo"
