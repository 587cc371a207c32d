"""Luck with a name: each project and each class draws from a stream of its own."""

from __future__ import annotations

import json
from hashlib import sha256

import numpy as np


def stream(seed: int, kind: str, name: str) -> np.random.Generator:
    """The stream of draws of one project or class.

    It is known by the SHA-256 of seed, kind and name, so that neither the order of projects nor
    who else is there changes anybody's luck, and the first n draws are the same however many are
    asked for.
    """
    text = json.dumps([seed, kind, name], ensure_ascii=True)
    words = np.frombuffer(sha256(text.encode()).digest(), dtype="<u4")
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(words.tolist())))
