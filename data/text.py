"""Text as it comes in: cleaned of what no screen can show, compared without its accidents, made into ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

_LONGEST_ID = 80
_WORD = re.compile(r"[^\W_]+")
# Bytes of Windows that were read as control characters of Latin-1: no real text holds those.
_WINDOWS = {
    code: bytes([code]).decode("cp1252", errors="ignore") or "\ufffd" for code in range(0x80, 0xA0)
}
_CONTROLS = {code: None for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: None}
_HIDDEN = re.compile(f"[{''.join(map(re.escape, map(chr, _CONTROLS)))}]")
_BREAK = re.compile("[\n\r\t\u2028\u2029]")
_CLEAN = {**_CONTROLS, **_WINDOWS, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
# Letters that no decomposition takes apart.
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "ł": "l", "đ": "d", "œ": "oe"})


def hidden(text: str) -> int:
    """How many control characters a text holds that no screen shows, line breaks and tabs aside."""
    return len(_HIDDEN.findall(text))


def cleaned(text: str) -> str:
    """The text without control characters and lone surrogates, Windows quotes repaired.

    Line breaks and tabs stay.
    """
    return text.translate(_CLEAN)


def how_changed(cell: str, kept: str, taken_out: bool) -> str:
    """What reading did to a name or an id, as a sentence; "" where it is as a person sees it.

    `cell` is the text of the file, `kept` what is made of it, and `taken_out` says that characters
    that no screen shows were lost on the way.
    """
    if taken_out:
        return f"Characters that no screen shows were taken out. It is kept as “{kept}”."
    if _BREAK.search(cell) and kept != cell:
        return f"A line break or a tab became a space. It is kept as “{kept}”."
    return ""


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """The words of a text without case, accents, punctuation and extra space, for comparing.

    "Größe  (in m²)" and "GROSSE in m2" are the same.
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.casefold()))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c)).translate(_PLAIN)
    return " ".join(_WORD.findall(bare))


@lru_cache(maxsize=50_000)
def slug(text: str) -> str:
    """A stable id made from a name: its plain words joined by hyphens.

    A name without any letter or digit, and the end of a very long one, is stood for by a digest.
    """
    words = plain(text).replace(" ", "-")
    if 0 < len(words) <= _LONGEST_ID:
        return words
    digest = hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:8]
    return f"{words[: _LONGEST_ID - 9]}-{digest}" if words else f"x-{digest}"


def free_id(base: str, taken: Collection[str]) -> str:
    """The first of base, base-2, base-3 … that is not taken."""
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def quoted(text: str, most: int = 80) -> str:
    """A value as a message shows it: one line, cut at `most` characters."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def parted(cell: str, separator: str) -> tuple[str, ...]:
    """The items of a list in one cell, without the marks at their ends that belong to the list."""
    if separator.startswith("."):
        cell = cell.strip().removesuffix(".")
    bare = (one_line(item).strip(" ,;|") for item in cell.split(separator or ";"))
    return tuple(item for item in bare if item)
