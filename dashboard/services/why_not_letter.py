"""Why a proposal is out and what would bring it in, as one web page in a file, to send or to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dashboard.services import why_not
from dashboard.services.why_not import Way

_STYLE = (
    "body{font:16px/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#0c151d;"
    "background:#fff}h1{font-size:1.8rem}h2{font-size:1.2rem;margin-top:1.8rem}"
    "li{margin:.6rem 0}.small{color:#36424c;font-size:.9rem}@media print{body{margin:0}}"
)


def letter(
    title: str, headline: str, sentences: Sequence[str], ways: Sequence[Way], most: int, foot: str
) -> bytes:
    """The page as HTML in UTF-8: no script, nothing from outside, every text shown as typed.

    The first `most` ways are the cheapest. All texts are plain.
    """
    parts = [f"<h1>{escape(title)}</h1>", f"<p><strong>{escape(headline)}</strong></p>"]
    parts += [f"<p>{escape(one)}</p>" for one in sentences]
    if ways:
        parts.append("<h2>The cheapest ways in</h2>")
        parts.append(_listed(ways[:most]))
        parts.append(f'<p class="small">{escape(why_not.RANKED)}</p>')
    if len(ways) > most:
        parts += ["<h2>Other ways in</h2>", _listed(ways[most:])]
    parts.append(f'<p class="small">{escape(foot)}</p>')
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    ).encode()


def _listed(ways: Iterable[Way]) -> str:
    items = "\n".join(
        f"<li><strong>{escape(one.bold)}</strong> {escape(one.follows)} "
        f'<span class="small">{escape(why_not.small(one))}</span></li>'
        for one in ways
    )
    return f"<ol>\n{items}\n</ol>"
