"""The same work for many things side by side, each in a process that begins with what this one has."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from generator.findings import Gestopt
from generator.output import signals_end_silently, signals_held_back

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """What becomes of each, as it is ready; they are begun in this order. With one job in this process."""
    alone = jobs <= 1 or len(items) <= 1
    with begun(work, items, 0 if alone else jobs) as results:
        for result in results:
            yield result
            if alone:
                gc.collect()  # a site leaves behind as much as it is large: another process ends with it


@contextmanager
def begun(work: Callable[[T], R], items: Sequence[T], others: int) -> Iterator[Iterator[R]]:
    """The same in so many other processes, while this one goes on; with none each is made when it is asked."""
    if not others or not items:
        yield map(work, items)
        return
    context = multiprocessing.get_context()
    with ProcessPoolExecutor(min(others, len(items)), context, _begin, (work, items)) as pool, _ending_workers():
        with signals_held_back():  # Python loses a Ctrl+C that comes while it forks, or a worker complains of it
            futures = [pool.submit(_work_on, number) for number in range(len(items))]
        yield map(_result_of, as_completed(futures))


def _result_of(future: Future[R]) -> R:
    try:
        return future.result()
    except BrokenProcessPool:
        raise Gestopt("een deel van de bouw is afgebroken (te weinig geheugen?): probeer met --jobs 1") from None


@contextmanager
def _ending_workers() -> Iterator[None]:
    """What stops the build stops its workers at once, whatever they are at: nobody waits for what goes."""
    try:
        yield
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise


def give_way() -> None:
    """From now on this process lets others go first, as far as the system has that: the longest work ends it all."""
    if multiprocessing.parent_process() and hasattr(os, "nice"):
        os.nice(10 - os.nice(0))


_given: list[Any] = []
"""In a worker: the work and every item, handed over when it began. A queue still writing them waits for ever once
workers end."""


def _work_on(number: int) -> Any:
    work, items = _given
    return work(items[number])


def _begin(work: Callable[[T], R], items: Sequence[T]) -> None:
    """In a worker: end when the build is killed. It would wait for work for ever, and keep the lock of `out`.

    A signal ends it without a word: the build tells what stopped it.
    """
    _given[:] = work, items
    signals_end_silently()
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    if build := multiprocessing.parent_process():
        build.join()
    os._exit(1)
