"""Names and texts of users, made safe to stand in Markdown: they show as typed and do nothing."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&@/\"'^=:])")
_SPACES = re.compile(r"(?:(?![\u00a0\u202f])[\s\x00-\x1f\x7f\u2028\u2029])+")
_HIDDEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_COLON = re.compile(r"\\:(?=[\w+\-\\])")
JOINER = "\u2060"
"""Without width; it keeps “:word:” from turning into a picture after the Markdown was read."""


def plain(text: str) -> str:
    """Text for use inside Markdown: no links, pictures, HTML, formulas, colors, icons or lines.

    Characters that flip the direction of writing or hide are dropped.
    """
    flat = _HIDDEN.sub("", _SPACES.sub(" ", text)).strip()
    return _COLON.sub(rf"\\:{JOINER}", _SPECIAL.sub(r"\\\1", flat))


def strong(text: str) -> str:
    """A user's text in bold."""
    return f"**{plain(text)}**" if text.strip() else ""


def italic(text: str) -> str:
    """A user's text in italics."""
    return f"*{plain(text)}*" if text.strip() else ""


def cut(text: str, most: int = 48) -> str:
    """Text cut to a length, for labels; the end shows as an ellipsis."""
    flat = _SPACES.sub(" ", text).strip()
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
