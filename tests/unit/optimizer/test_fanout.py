"""Pieces of work spread over threads, and addresses where no workers are."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from optimizer import Workers
from optimizer.fanout import at_home
from optimizer.options import Flag
from portfolio.errors import InputError


def squared(piece: int, stop: Flag) -> int:
    return piece * piece


def until_stopped(piece: int, stop: Flag) -> int:
    """Nothing for piece 0, and what has to be stopped for the others."""
    while piece and not stop.is_set():
        time.sleep(0.01)
    return piece


def refused(address: str) -> str:
    begun = time.monotonic()
    with pytest.raises(InputError) as raised:
        Workers.at(address)
    assert time.monotonic() - begun < 10
    (problem,) = raised.value.problems
    assert problem.value == address
    return problem.remedy


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_each_piece_gives_its_result_once(threads: int) -> None:
    assert sorted(at_home(squared, iter(range(30)), threads)) == [k * k for k in range(30)]


def test_no_pieces_give_no_results() -> None:
    assert list(at_home(squared, iter([]), 2)) == []


def test_pieces_are_not_taken_long_before_their_turn() -> None:
    taken: list[int] = []
    then: list[int] = []
    go = threading.Event()

    def pieces() -> Iterator[int]:
        for piece in range(50):
            taken.append(piece)
            yield piece

    def waiting(piece: int, stop: Flag) -> int:
        assert go.wait(10)
        return piece

    def look() -> None:
        then.append(len(taken))
        go.set()

    threading.Timer(0.2, look).start()
    assert sorted(at_home(waiting, pieces(), 2)) == list(range(50))
    assert 2 <= then[0] <= 4


@pytest.mark.parametrize("threads", [1, 2])
def test_cancelling_stops_what_runs_and_takes_nothing_further(threads: int) -> None:
    cancel = threading.Event()
    results = at_home(until_stopped, iter(range(100)), threads, cancel)
    assert next(results) == 0
    threading.Timer(0.1, cancel.set).start()
    begun = time.monotonic()
    assert len(list(results)) <= 2 * threads
    assert 0.05 < time.monotonic() - begun < 0.6


def test_leaving_early_stops_what_runs_without_cancelling_anything_else() -> None:
    cancel = threading.Event()
    results = at_home(until_stopped, iter(range(100)), 2, cancel)
    assert next(results) == 0
    begun = time.monotonic()
    results.close()
    assert time.monotonic() - begun < 0.6
    assert not cancel.is_set()


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_in_the_work_reaches_whoever_asked_for_it(threads: int) -> None:
    def failing(piece: int, stop: Flag) -> int:
        if piece == 3:
            raise ArithmeticError("three")
        return piece

    with pytest.raises(ArithmeticError, match="three"):
        list(at_home(failing, iter(range(10)), threads))


@pytest.mark.parametrize(
    "address", ["", "nonsense", "tcp://host", "http://host:80", "host:0", "host:99999", "a b:1"]
)
def test_what_is_no_address_is_told_what_one_looks_like(address: str) -> None:
    assert "tcp://host:8786" in refused(address)


def test_where_nobody_listens_no_scheduler_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "No Dask scheduler answers there" in refused(f"tcp://127.0.0.1:{port}")


def hangs_up(there: socket.socket) -> None:
    """Like a server that expects something else."""


def speaks_otherwise(there: socket.socket) -> None:
    there.sendall(b"220 mail.example ESMTP\r\n")
    there.recv(1000)


def says_nothing(there: socket.socket) -> None:
    while there.recv(1000):
        pass


@contextmanager
def listening(manner: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of somebody who meets two callers in a manner, one after the other."""

    def serve() -> None:
        with suppress(OSError):
            for _ in range(2):
                with server.accept()[0] as there:
                    manner(there)

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
    thread.join(10)


@pytest.mark.parametrize("manner", [hangs_up, speaks_otherwise, says_nothing])
def test_whoever_listens_without_being_a_scheduler_is_found_out(
    manner: Callable[[socket.socket], None],
) -> None:
    with listening(manner) as address:
        assert "No Dask scheduler answers there" in refused(address)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with listening(hangs_up) as address:
        assert ".[cluster]" in refused(address)
