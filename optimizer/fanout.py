"""Pieces of one piece of work, spread by joblib: over threads at home, over a cluster's workers."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import threading
import time
import weakref
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, count, takewhile
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar
from uuid import uuid4

from optimizer.options import Flag
from portfolio.errors import EngineError, InputError, Problem

log = logging.getLogger(__name__)

ADDRESS = re.compile(r"((tcp|tls)://)?(?P<host>[^/:@\s]+|\[[0-9a-fA-F:.]+\]):(?P<port>\d{1,5})")
EXAMPLE = "tcp://host:8786"
ANSWERS_WITHIN = 3.0
"""Seconds in which a scheduler that is there answers."""
LOOK = 0.1
CHECK_EVERY, NOBODY = 2.0, 10.0
"""How often to ask how many workers there are, and how long to wait while there are none."""
SLACK = 30.0
"""Seconds beyond what a piece may take, after which nothing more is expected of the workers."""

Piece = TypeVar("Piece", contravariant=True)
Result = TypeVar("Result", covariant=True)
P = TypeVar("P")
R = TypeVar("R")


class Work(Protocol[Piece, Result]):
    """What is done with each piece; sent to each worker once, so it can be pickled.

    It ends within moments of `stop` being set. The same piece gives the same result anywhere.
    """

    def __call__(self, piece: Piece, stop: Flag) -> Result:
        """The result of a piece."""


def at_home(
    work: Work[P, R], pieces: Iterator[P], threads: int, cancel: Flag | None = None
) -> Generator[R, None, None]:
    """Results as they are known, in any order; each piece is taken when a thread is free for it.

    Setting `cancel`, or closing this iterator, ends what is running and takes no further piece.
    """
    from joblib import Parallel, delayed, parallel_config

    stop = _Either(cancel)
    wanted = takewhile(lambda _: not stop.is_set(), pieces)
    calls = (delayed(work)(piece, stop) for piece in wanted)
    with parallel_config(backend="threading", n_jobs=threads):
        spread = Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="n_jobs")
    results = spread(calls)
    try:
        for result in results:  # noqa: UP028 - closing this one must not close that one
            yield result
    finally:
        stop.set()
        deque(results, maxlen=0)  # joblib complains of results that nobody takes


class Workers:
    """The workers of a Dask cluster, reached by its scheduler; leave it to close the connection.

    `lost` says why workers gave no more results, "" while they do.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._collectors: list[threading.Thread] = []
        self.lost = ""

    @classmethod
    def at(cls, address: str) -> Self:
        """The workers of the scheduler at an address such as tcp://host:8786.

        Raises InputError within a few seconds: no such address, nobody there, no workers, or
        workers that have another version.
        """
        # Beside the caller, whose thread may run an event loop that Dask would take for its own.
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(cls._connected, address).result()

    @classmethod
    def _connected(cls, address: str) -> Self:
        _listens(address)
        distributed = _dask(address)
        try:
            threads = asyncio.run(asyncio.wait_for(_threads(distributed, address), ANSWERS_WITHIN))
            if not threads:
                remedy = "The scheduler there has no workers. Start one: dask worker ADDRESS"
                raise _refused(address, remedy)
            client = distributed.Client(
                address, timeout=ANSWERS_WITHIN, set_as_default=False, name="clusterfolio"
            )
        except InputError:
            raise
        except Exception as error:
            # What listens there may be anything: what Dask makes of its words is unforeseeable.
            log.info("No scheduler at %s", address, exc_info=error)
            raise _silent(address, error) from None
        workers = cls(client)
        fault = workers._fault()
        if fault:
            workers.close()
            raise _refused(address, fault)
        return workers

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was still running is given up."""
        for collector in self._collectors:
            collector.join(ANSWERS_WITHIN)
        self._client.close(ANSWERS_WITHIN)

    def results(
        self,
        work: Work[P, R],
        pieces: Iterator[P],
        threads: int,
        patience: float,
        cancel: Flag | None = None,
    ) -> Generator[R, None, None]:
        """As `at_home`, on the workers. A piece takes at most about `patience` seconds.

        A piece whose worker is lost is run again by another one, those that no worker is left for
        by `threads` at home. Raises EngineError where the work itself fails.
        """
        stack = _Stack(pieces)
        yield from self._far(_Sent(work), stack, patience, cancel)
        if self.lost and not _is_set(cancel):
            log.warning("%s What is left is done here.", self.lost)
            yield from at_home(work, stack.rest(), threads, cancel)

    def _far(
        self, sent: _Sent, stack: _Stack, patience: float, cancel: Flag | None
    ) -> Iterator[Any]:
        told: SimpleQueue[Any] = SimpleQueue()
        collector = threading.Thread(
            target=_collect, args=(self._client, sent, stack, told), name="fanout", daemon=True
        )
        self._collectors.append(collector)
        collector.start()
        try:
            for number, result in self._told(told, cancel, patience):
                stack.done(number)
                yield result
        finally:
            stack.close()
            if collector.is_alive():
                self._halt(sent.key)

    def _told(
        self, told: SimpleQueue[Any], cancel: Flag | None, patience: float
    ) -> Iterator[tuple[int, Any]]:
        """What the collector brings, until it ends, is cancelled, or there is no more hope."""
        heard = seen = checked = time.monotonic()
        while not _is_set(cancel):
            try:
                one = told.get(timeout=LOOK)
            except Empty:
                now = time.monotonic()
                if now - checked > CHECK_EVERY:
                    checked = now
                    seen = now if self._places() else seen
                if now - seen > NOBODY:
                    self.lost = "No worker is left."
                elif now - heard > patience + SLACK:
                    self.lost = "The workers are silent."
                elif self._client.status != "running":
                    self.lost = "The scheduler is gone."
                if self.lost:
                    return
                continue
            if one is None:
                return
            if isinstance(one, Exception):
                log.info("The workers failed", exc_info=one)
                self.lost = "The workers were lost."
                return
            number, result = one
            if isinstance(result, _Failed):
                raise EngineError(f"A worker failed: {result.why}")
            heard = seen = time.monotonic()
            yield number, result

    def _places(self) -> int:
        """How many pieces the workers can do at a time; 0 where nobody tells."""
        try:
            ask = self._client.scheduler.ncores
            return sum(self._client.sync(ask, callback_timeout=LOOK).values())
        except Exception as error:
            log.info("The scheduler does not tell its workers", exc_info=error)
            return 0

    def _fault(self) -> str:
        """What is wrong with the workers; "" for nothing."""
        own = own_version()
        try:
            told = self._client.run(
                own_version, on_error="return", callback_timeout=ANSWERS_WITHIN
            ).values()
        except Exception as error:
            log.info("The workers do not answer", exc_info=error)
            return "The workers of the scheduler there do not answer."
        if all(one == own for one in told):
            return ""
        return f"Some of its workers do not have Clusterfolio {own}. Install the same on all."

    def _halt(self, key: str) -> None:
        """Stop what runs under a key on all workers, as far as they can be reached."""
        try:
            self._client.run(halt, key, on_error="ignore", callback_timeout=LOOK)
        except Exception as error:
            log.info("The workers could not be told to stop", exc_info=error)


def own_version() -> str:
    """The version of Clusterfolio that is installed here."""
    try:
        return version("clusterfolio")
    except PackageNotFoundError:
        return "?"


class _Sent:
    """Work as it is sent. Each process that has it can be told by its key to stop it."""

    def __init__(self, work: Any, key: str = "") -> None:
        self.work = work
        self.key = key or uuid4().hex
        self.stop = threading.Event()
        _here[self.key] = self

    def __reduce__(self) -> tuple[type[_Sent], tuple[Any, str]]:
        return _Sent, (self.work, self.key)


_here: weakref.WeakValueDictionary[str, _Sent] = weakref.WeakValueDictionary()


def halt(key: str) -> None:
    """Stop the work of this key in this process, if it is here."""
    sent = _here.get(key)
    if sent is not None:
        sent.stop.set()


class _Failed:
    """Why a piece has no result."""

    def __init__(self, why: str) -> None:
        self.why = why


class _Either:
    """Set by itself, or with another."""

    def __init__(self, other: Flag | None) -> None:
        self._own = False
        self._other = other

    def set(self) -> None:
        self._own = True

    def is_set(self) -> bool:
        return self._own or _is_set(self._other)


def _done(sent: _Sent, number: int, piece: Any) -> tuple[int, Any]:
    """The result of a piece on a worker. Errors come home as words: not all can be pickled."""
    try:
        return number, sent.work(piece, sent.stop)
    except Exception as error:
        return number, _Failed(f"{type(error).__name__}: {error}")


def _collect(client: Any, sent: _Sent, stack: _Stack, told: SimpleQueue[Any]) -> None:
    """Send pieces and pass on what comes back, None at the end, or why there is no more."""
    from joblib import Parallel, delayed, parallel_config

    try:
        with parallel_config(backend="dask", client=client, scatter=[sent]) as config:
            # For a single thread joblib would do all of it in this process.
            known = config["backend"].effective_n_jobs
            config["backend"].effective_n_jobs = lambda n_jobs: max(known(n_jobs), 2)
            spread = Parallel(return_as="generator_unordered", batch_size=1)
        for result in spread(delayed(_done)(sent, number, piece) for number, piece in stack):
            told.put(result)
        told.put(None)
    except Exception as error:
        told.put(error)


class _Stack:
    """Pieces, numbered as they are taken from one thread or another, and open until they are done."""

    def __init__(self, pieces: Iterator[Any]) -> None:
        self._pieces = pieces
        self._lock = threading.Lock()
        self._open: dict[int, Any] = {}
        self._closed = False

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        for number in count():
            with self._lock:
                if self._closed:
                    return
                for piece in self._pieces:
                    self._open[number] = piece
                    break
                else:
                    return
            yield number, piece

    def done(self, number: int) -> None:
        """There is a result."""
        del self._open[number]

    def close(self) -> None:
        """Let no more be taken."""
        with self._lock:
            self._closed = True

    def rest(self) -> Iterator[Any]:
        """Of a closed one, what is open and what was never taken."""
        return chain(list(self._open.values()), self._pieces)


def _is_set(flag: Flag | None) -> bool:
    return flag is not None and flag.is_set()


def _listens(address: str) -> None:
    """Raise unless somebody listens at an address; Dask would keep trying."""
    found = ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) < 2**16:
        raise _refused(address, f"Write the address of a Dask scheduler, such as {EXAMPLE}.")
    place = found["host"].strip("[]"), int(found["port"])
    try:
        socket.create_connection(place, ANSWERS_WITHIN).close()
    except OSError as error:
        raise _silent(address, error) from None


async def _threads(distributed: Any, address: str) -> dict[str, int]:
    """How many threads each worker has, asked in a way that can be given up."""
    secure = distributed.Security().get_connection_args("client")
    async with distributed.rpc(address, connection_args=secure) as scheduler:
        threads: dict[str, int] = await scheduler.ncores()
        return threads


def _dask(address: str) -> Any:
    """The library; its log goes where ours goes."""
    try:
        import distributed
    except ImportError:
        raise _refused(
            address,
            "More machines need the extra “cluster”: in Clusterfolio's folder, "
            ".venv/bin/pip install '.[cluster]'",
        ) from None
    for name in ("distributed", "distributed.client", "distributed.gc", "tornado"):
        own = logging.getLogger(name)
        own.handlers.clear()
        own.propagate = True
    return distributed


def _refused(address: str, remedy: str) -> InputError:
    return InputError((Problem("Workers", address, remedy),))


def _silent(address: str, error: Exception) -> InputError:
    if address.startswith("tls") and isinstance(error, TypeError):
        return _refused(address, "Dask has no certificates here: set distributed.comm.tls for it.")
    why = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    return _refused(address, f"No Dask scheduler answers there{why}.")
