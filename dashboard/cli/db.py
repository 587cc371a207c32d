"""`clusterfolio db`: the store's version, and what it holds."""

from __future__ import annotations

import argparse

from dashboard.cli.output import (
    Column,
    Document,
    Output,
    bullets,
    heading,
    page,
    paragraph,
    table,
)
from dashboard.services.store import address, is_there, open_store
from data.store import Store

UNSOUND = 2


def run(args: argparse.Namespace, out: Output) -> int:
    """Bring the store to this version, say what it holds, or check it. Only upgrade makes one."""
    if args.action != "upgrade" and not is_there(args.store):
        return _nothing(args, out)
    with open_store(args.store, demo=False) as store:
        if args.action == "verify":
            return _verify(store, out)
        info, clusters, aliases = store.info(), store.clusters(), store.aliases()
    names = {c.id: [c.id, *([aliases[c.id]] if c.id in aliases else [])] for c in clusters}
    document = {
        "store": str(info.path),
        "exists": True,
        "version": info.version,
        "newest": info.newest,
        "clusters": [{"id": c.id, "name": c.name, "aliases": names[c.id][1:]} for c in clusters],
        "rows": info.counts,
    }
    columns = [Column("Table"), Column("Rows", "right")]
    counts = table(columns, [[name, f"{rows:,}"] for name, rows in info.counts.items()])
    text = page(
        heading(str(info.path)),
        paragraph(f"Version {info.version}, the newest that this program knows."),
        table(
            [Column("Cluster"), Column("Id")],
            [[c.name, ", also ".join(names[c.id])] for c in clusters],
        ),
        counts if args.action == "info" else "",
    )
    out.answer(document, text)
    return 0


def _nothing(args: argparse.Namespace, out: Output) -> int:
    """Say that there is no store. Nothing to tell of is no fault, nothing to check is one."""
    place = args.store or address()
    sentence = f"There is no store at {place} yet. clusterfolio serve makes it with the demo."
    document: Document = {"store": place, "exists": False}
    if args.action == "verify":
        out.answer({**document, "whole": False, "faults": [sentence]}, bullets([sentence]))
        return UNSOUND
    out.answer({**document, "clusters": [], "rows": {}}, paragraph(sentence))
    return 0


def _verify(store: Store, out: Output) -> int:
    """Whether the file and the chain of decisions are whole; 2 when they are not."""
    faults = store.verify()
    place = str(store.info().path)
    document: Document = {
        "store": place,
        "exists": True,
        "whole": not faults,
        "faults": list(faults),
    }
    words = "The file and the chain of decisions are whole."
    out.answer(document, page(heading(place), bullets(faults) if faults else paragraph(words)))
    return UNSOUND if faults else 0
