"""Names of users inside Markdown: they show as typed and do nothing."""

import re

import pytest

from dashboard.components.markdown import JOINER, cut, italic, plain, strong

HOSTILE = (
    "![x](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "**bold** _it_ ~~no~~ `code`",
    ":red[danger] :material/home: :tada:",
    "$x^2$ and $$y$$",
    "http://evil.example www.evil.example a@evil.example",
    "# Heading\n- list\n1. one\n> quote",
    "a | b |\n|---|---|",
    "=HYPERLINK(1)",
    "back\\slash",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_sign_that_means_something_is_escaped(text: str) -> None:
    bare = re.sub(r"\\[^A-Za-z0-9\s]", "", plain(text))
    assert not re.search(r"[\\`*_{}\[\]()<>#+\-.!|~$&@/\"'^=:\n]", bare)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_reader_sees_what_was_typed(text: str) -> None:
    seen = re.sub(r"\\([^A-Za-z0-9\s])", r"\1", plain(text)).replace(JOINER, "")
    assert seen == re.sub(r"\s+", " ", text).strip()


def test_a_colon_before_a_word_cannot_become_a_picture_after_the_markdown_was_read() -> None:
    assert f":{JOINER}tada" in plain(":tada:").replace("\\", "")
    assert f":{JOINER}material" in plain(":material/home:").replace("\\", "")


def test_signs_that_hide_or_turn_the_writing_are_dropped() -> None:
    assert plain("a\u202eb\u200bc\ufeff") == "abc"


def test_letters_of_all_languages_stay() -> None:
    assert plain("Förde Æ 港 Żółć") == "Förde Æ 港 Żółć"


def test_bold_and_italic_of_nothing_leave_no_stray_stars() -> None:
    assert (strong("  "), italic("")) == ("", "")
    assert strong("Ice *radar*") == r"**Ice \*radar\***"


def test_long_labels_are_cut_with_an_ellipsis() -> None:
    assert cut("a" * 60, 10) == "a" * 9 + "…"
    assert cut("two\nlines") == "two lines"
