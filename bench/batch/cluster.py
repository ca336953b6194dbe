"""A Dask run against a local one: ``python -m bench.batch.cluster [--files 40] [--seed 1]``.

Workers get network namespaces where this user may make them. One is cut off for a while and joins again, then the
other is killed. The outputs must be equal, byte for byte.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from pathlib import Path

from bench.batch.__main__ import events, start, timed
from samples.batch.compare import differences
from samples.batch.dask_cluster import Cluster, cluster, may_make_networks
from samples.batch.folder import make_folder
from samples.batch.quick_reader import WORK_MS

CUT_OFF_SECONDS = 15.0
PACE = {WORK_MS: "60"}


def disturb(workers: Cluster, log: Path) -> None:
    """Cut one worker off when some pages are through; when it is back, kill the other."""
    _wait_for_pages(log, 10)
    workers.cut_off(1)
    print("worker 1 is cut off")
    time.sleep(CUT_OFF_SECONDS)
    workers.join_again(1)
    print("worker 1 is back")
    _wait_for_pages(log, len(events(log, "page")) + 10)
    workers.kill(0)
    print("worker 0 is killed")


def _wait_for_pages(log: Path, count: int) -> None:
    while not log.exists() or (len(events(log, "page")) < count and not events(log, "finished")):
        time.sleep(0.3)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.batch.cluster")
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    has_networks = may_make_networks()
    with tempfile.TemporaryDirectory(prefix="recover-trial-") as folder:
        place = Path(folder)
        make_folder(place / "in", told.files, told.seed)
        seconds, _ = timed(place / "in", place / "local", 2, place / "local.log", **PACE)
        print(f"local: {told.files} files, {len(events(place / 'local.log', 'page'))} pages in {seconds:.1f} s")
        with cluster(place / "dask", 2, namespaces=has_networks) as workers:
            log = place / "cluster.log"
            thread = threading.Thread(target=disturb, args=(workers, log), daemon=True)
            thread.start()
            began = time.monotonic()
            process = start(place / "in", place / "cluster", 0, log, scheduler=workers.address, **PACE)
            code = process.wait()
            thread.join(1)
        print(f"cluster: exit code {code} in {time.monotonic() - began:.1f} s, namespaces: {has_networks}")
        print(f"  pages read: {len(events(log, 'page'))}, finished: {events(log, 'finished')}")
        print(f"  differences from the local run: {differences(place / 'local', place / 'cluster')}")


if __name__ == "__main__":
    main()
