"""Maximum flow in integers, by shortest augmenting paths (Edmonds and Karp, 1972)."""

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
        while (path := self._path(source, sink)) is not None:
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

    def _path(self, source: int, sink: int) -> list[int] | None:
        came_by = self._search(source, sink)
        if sink not in came_by:
            return None
        path = []
        node = sink
        while node != source:
            path.append(came_by[node])
            node = self._head[came_by[node] ^ 1]
        return path[::-1]

    def _search(self, source: int, sink: int | None = None) -> dict[int, int]:
        came_by = {source: -1}
        queue = deque([source])
        while queue and sink not in came_by:
            node = queue.popleft()
            for edge in self._edges_of[node]:
                if self._room[edge] > 0 and self._head[edge] not in came_by:
                    came_by[self._head[edge]] = edge
                    queue.append(self._head[edge])
        return came_by
