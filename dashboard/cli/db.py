"""`clusterfolio db`: the store's version, and what it holds."""

from __future__ import annotations

import argparse

from dashboard.cli.output import Column, Document, Output, heading, page, paragraph, table
from dashboard.services.store import address, is_there, open_store


def run(args: argparse.Namespace, out: Output) -> int:
    """Bring the store to this version, or say what it holds. Only upgrade makes one."""
    if args.action == "info" and not is_there(args.store):
        place = args.store or address()
        nothing: Document = {"store": place, "exists": False, "clusters": [], "rows": {}}
        sentence = f"There is no store at {place} yet. clusterfolio serve makes it with the demo."
        out.answer(nothing, paragraph(sentence))
        return 0
    with open_store(args.store, demo=False) as store:
        info, clusters = store.info(), store.clusters()
    document = {
        "store": str(info.path),
        "exists": True,
        "version": info.version,
        "newest": info.newest,
        "clusters": [{"id": cluster.id, "name": cluster.name} for cluster in clusters],
        "rows": info.counts,
    }
    columns = [Column("Table"), Column("Rows", "right")]
    counts = table(columns, [[name, f"{rows:,}"] for name, rows in info.counts.items()])
    text = page(
        heading(str(info.path)),
        paragraph(f"Version {info.version}, the newest that this program knows."),
        table([Column("Cluster"), Column("Id")], [[c.name, c.id] for c in clusters]),
        counts if args.action == "info" else "",
    )
    out.answer(document, text)
    return 0
