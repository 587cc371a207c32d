"""Products of matrices on one thread: ours are many and small, and threads would only wait."""

from __future__ import annotations

from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def one_thread() -> None:
    """Have numpy multiply on one thread from now on, in the whole process.

    With more, a product of a few thousand numbers takes many times as long beside other work.
    """
    ThreadpoolController().limit(limits=1, user_api="blas")
