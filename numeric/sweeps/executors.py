"""Where the points of a sweep are computed: in local processes, or on a Dask cluster."""

from __future__ import annotations

import importlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from numeric.sweeps.workers import workers
from w2s_theory.errors import InvalidInput

Item = TypeVar("Item")
Found = TypeVar("Found")

# A point whose worker dies this often is taken to be the cause.
ATTEMPTS = 4
CONNECT_SECONDS = 10
# Dask makes malloc give memory back after every array; for arrays of a megabyte that costs half the speed.
_KEPT_BYTES = 10**8
_CLUSTER_SETTINGS = {
    "distributed.nanny.pre-spawn-environ": {
        "OMP_NUM_THREADS": 1,
        "MALLOC_TRIM_THRESHOLD_": _KEPT_BYTES,
        "MALLOC_MMAP_THRESHOLD_": _KEPT_BYTES,
    }
}
EXECUTOR_NAMES = "local, dask (a cluster on this machine) or dask://HOST:PORT (a running scheduler)"


def evaluate(
    function: Callable[[Item], Found], items: Sequence[Item], executor: str, jobs: int
) -> Iterator[tuple[int, Found]]:
    """Yield (index, function(item)) as results come in, in any order.

    `executor` is one of `EXECUTOR_NAMES`; `jobs` >= 1 is the number of processes of `local` and `dask`, as far as
    there are points for them (`numeric/sweeps/workers.py`). The
    function is found by name on the workers. A point whose worker dies is computed again elsewhere. What
    the function raises is raised here; raises InvalidInput for an unknown executor or a scheduler that
    does not answer.
    """
    if jobs < 1:
        raise InvalidInput(f"{jobs} jobs; give an integer >= 1")
    jobs = workers(jobs, len(items))
    if executor == "local":
        return _local(function, items, jobs)
    if executor == "dask" or executor.startswith("dask://"):
        return _dask(function, items, executor.removeprefix("dask").removeprefix("://"), jobs)
    raise InvalidInput(f"unknown executor {executor!r}; use {EXECUTOR_NAMES}")


def _local(
    function: Callable[[Item], Found], items: Sequence[Item], jobs: int
) -> Iterator[tuple[int, Found]]:
    # Spawned, not forked: threads of linear algebra libraries do not survive a fork.
    pool = ProcessPool(max_workers=jobs, context=multiprocessing.get_context("spawn"))
    waiting = dict.fromkeys(range(len(items)), 0)
    try:
        while waiting:
            futures = {pool.schedule(function, args=[items[index]]): index for index in waiting}
            for future in as_completed(futures):
                index = futures[future]
                try:
                    found = future.result()
                except ProcessExpired as error:
                    waiting[index] += 1
                    if waiting[index] == ATTEMPTS:
                        raise RuntimeError(f"worker died {ATTEMPTS} times on {items[index]}") from error
                    continue
                del waiting[index]
                yield index, found
    finally:
        pool.stop()
        pool.join()


def _dask(
    function: Callable[[Item], Found], items: Sequence[Item], address: str, jobs: int
) -> Iterator[tuple[int, Found]]:
    distributed = _distributed()
    with _client(distributed, address, jobs) as client:
        # Named independently of their arguments, lest the cluster return results of an earlier run.
        futures = client.map(function, items, pure=False, retries=ATTEMPTS - 1)
        indices = {future.key: index for index, future in enumerate(futures)}
        for future in distributed.as_completed(futures):
            yield indices[future.key], future.result()


def _distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise InvalidInput("executor dask is not installed; pip install 'w2s-theory[distributed]'") from error


@contextmanager
def _client(distributed: Any, address: str, jobs: int) -> Iterator[Any]:
    with ExitStack() as opened:
        if not address:
            opened.enter_context(importlib.import_module("dask").config.set(_CLUSTER_SETTINGS))
            cluster = distributed.LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
            yield opened.enter_context(distributed.Client(opened.enter_context(cluster)))
            return
        try:
            client = distributed.Client(f"tcp://{address}", timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise InvalidInput(
                f"no Dask scheduler answers at {address!r} within {CONNECT_SECONDS} s; start one with"
                " `dask scheduler` and give its host and port as dask://HOST:PORT"
            ) from error
        yield opened.enter_context(client)
