"""Spread documents over processes and give the results back in the order handed out."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from types import TracebackType
from typing import Self

from onrecord.annotate.extractor import Extractor
from onrecord.model.document import Document
from onrecord.model.statement import ResolvedDocument
from onrecord.read.any import ReadFailure

Result = ResolvedDocument | ReadFailure
Annotate = Callable[[Document, Extractor], Result]

_LOOK_AGAIN_S = 0.05


class Crew:
    """Processes that annotate; when one dies, a new crew takes over its work.

    Args:
        annotate: What to do with a document: a function of a module, so that other
            processes find it.
        extractor: Sent to each process once.
        workers: Processes.
    """

    def __init__(self, annotate: Annotate, extractor: Extractor, workers: int) -> None:
        self._annotate = annotate
        self._extractor = extractor
        self._workers = workers
        # A forked process would share the parent's locks and database handles.
        self._context = get_context("spawn")
        self._over = self._context.Event()
        self._pool = self._gather(workers)
        self._ahead: deque[tuple[Document, Future[Result]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._over.set()
        self._dismiss()

    def hand_out(self, document: Document) -> Document:
        """Have `document` annotated, after those handed out before; return it."""
        self._ahead.append((document, self._submit(document)))
        return document

    def result(self) -> Result:
        """Return what became of the document handed out longest ago, waiting for it.

        Raises:
            ModelError: The parser is not installed.
        """
        document, future = self._ahead.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            # Whose fault it was is not known: this report is tried alone, the others again.
            self._dismiss()
            result = self._alone(document)
            self._pool = self._gather(self._workers)
            waiting = [document for document, _ in self._ahead]
            self._ahead = deque((document, self._submit(document)) for document in waiting)
            return result

    def _submit(self, document: Document) -> Future[Result]:
        try:
            with _deaf_to_interrupts():
                return self._pool.submit(_work, document)
        except BrokenProcessPool as error:
            broken: Future[Result] = Future()
            broken.set_exception(error)
            return broken

    def _alone(self, document: Document) -> Result:
        with self._gather(1) as pool:
            try:
                return pool.submit(_work, document).result()
            except BrokenProcessPool:
                return ReadFailure(
                    document.uri,
                    "the process that annotated it died, most likely for want of memory",
                    "Split the report, or read it on a machine with more.",
                )

    def _gather(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=self._context,
            initializer=_start,
            initargs=(self._annotate, self._extractor, self._over),
        )

    def _dismiss(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C in this block, and for good in processes that start in it.

    A process inherits what its parent ignores; one that is interrupted while it
    still imports would print a traceback of its own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_of_this_process: tuple[Annotate, Extractor] | None = None
_annotating = threading.Event()


def _start(annotate: Annotate, extractor: Extractor, over: Event) -> None:
    global _of_this_process
    _of_this_process = annotate, extractor
    # The parent hears of an interrupt too and tells the crew when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave, args=(over,), daemon=True).start()


def _leave(over: Event) -> None:
    """End this process when all is over, without waiting for the report at hand.

    An endpoint may take minutes to answer. Annotating touches nothing, so it may stop anywhere;
    a result that is being handed over is finished first, since the parent would wait for its rest.
    """
    over.wait()
    while not _annotating.is_set():
        time.sleep(_LOOK_AGAIN_S)
    os._exit(0)


def _work(document: Document) -> Result:
    assert _of_this_process is not None, "_start runs first in every process"
    annotate, extractor = _of_this_process
    _annotating.set()
    try:
        return annotate(document, extractor)
    finally:
        _annotating.clear()
