"""Maximum flow in integers, by blocking flows (Dinitz, 1970)."""

from __future__ import annotations

from collections import deque


class Network:
    """A directed network with integer capacities. Nodes are 0 … n − 1."""

    def __init__(self, nodes: int) -> None:
        self._edges_of: list[list[int]] = [[] for _ in range(nodes)]
        self._head: list[int] = []
        self._room: list[int] = []

    def add(self, tail: int, head: int, capacity: int) -> int:
        """Add an edge and return its number; its flow is read with `flow`."""
        number = len(self._head)
        for start, end, room in ((tail, head, capacity), (head, tail, 0)):
            self._edges_of[start].append(len(self._head))
            self._head.append(end)
            self._room.append(room)
        return number

    def flow(self, edge: int) -> int:
        """Flow on an edge."""
        return self._room[edge + 1]

    def saturate(self, source: int, sink: int) -> int:
        """Send as much as possible from source to sink; the amount sent."""
        sent = 0
        while (level := self._levels(source, sink)) is not None:
            tried = [0] * len(self._edges_of)
            while path := self._path(source, sink, level, tried):
                amount = min(self._room[edge] for edge in path)
                for edge in path:
                    self._room[edge] -= amount
                    self._room[edge ^ 1] += amount
                sent += amount
        return sent

    def reaching(self, sink: int) -> set[int]:
        """The nodes from which more could flow into the sink, and the sink itself.

        After `saturate` these are the smallest sink side of a minimum cut: no node is among them
        that has no part in what is missing.
        """
        found = {sink}
        queue = deque([sink])
        while queue:
            for edge in self._edges_of[queue.popleft()]:
                tail = self._head[edge]
                if self._room[edge ^ 1] > 0 and tail not in found:
                    found.add(tail)
                    queue.append(tail)
        return found

    def _levels(self, source: int, sink: int) -> list[int] | None:
        """Steps from the source to each node over edges with room; None when none lead to the sink."""
        level = [-1] * len(self._edges_of)
        level[source] = 0
        queue = deque([source])
        while queue:
            node = queue.popleft()
            for edge in self._edges_of[node]:
                head = self._head[edge]
                if self._room[edge] > 0 and level[head] < 0:
                    level[head] = level[node] + 1
                    queue.append(head)
        return None if level[sink] < 0 else level

    def _path(self, source: int, sink: int, level: list[int], tried: list[int]) -> list[int]:
        """Edges of a path down the levels; empty when there is none. Dead ends are tried once."""
        path: list[int] = []
        node = source
        while node != sink:
            edges = self._edges_of[node]
            while tried[node] < len(edges):
                edge = edges[tried[node]]
                if self._room[edge] > 0 and level[self._head[edge]] == level[node] + 1:
                    break
                tried[node] += 1
            else:
                if node == source:
                    return []
                node = self._head[path.pop() ^ 1]
                tried[node] += 1
                continue
            path.append(edge)
            node = self._head[edge]
        return path
