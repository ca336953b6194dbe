"""A worker's process: takes tasks from its standard input and answers on its standard output, until that closes."""

from __future__ import annotations

import os
import queue
import sys
import threading
from typing import BinaryIO

from recover.fence.confine import NO_MEMORY, confine, die_with_parent
from recover.fence.tasks import Idle, Task, decode_task, encode, read_frame, write_frame
from recover.worker.work import Work


def main() -> None:
    """Serve until the parent closes the pipe or dies."""
    memory_mb, output_mb, network = sys.argv[1:]
    die_with_parent()
    confine(int(memory_mb), int(output_mb), network=network == "network")
    answers = _own_output()
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    write_frame(answers, encode(Idle(key=-1)))
    work = Work()
    try:
        while True:
            for outcome in work.run(tasks.get()):
                write_frame(answers, encode(outcome))
    except MemoryError:
        os._exit(NO_MEMORY)


def _own_output() -> BinaryIO:
    """The pipe to the parent, out of reach of libraries that print."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _listen(pipe: BinaryIO, tasks: queue.SimpleQueue[Task]) -> None:
    while (message := read_frame(pipe)) is not None:
        tasks.put(decode_task(message))
    os._exit(0)


if __name__ == "__main__":
    main()
