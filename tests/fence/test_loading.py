"""What a worker loads while another thread of it works."""

import subprocess
import sys

# Every package that a second thread imports, by name, after a task to read has begun.
SCRIPT = """
import builtins, sys, threading, time
from recover.fence.tasks import READER, Read
from recover.settings import Settings
from recover.worker.__main__ import Work

main, imported, real = threading.main_thread(), set(), builtins.__import__

def note(name, *rest):
    if threading.current_thread() is not main and name not in sys.modules:
        imported.add(name.partition(".")[0])
    return real(name, *rest)

builtins.__import__ = note
work = Work()
work._load_ahead(Read(key=1, path="a.pdf", stamp="", settings=Settings(), pages=(), parcels=(), reader=READER))
for thread in threading.enumerate():
    if thread is not main:
        thread.join()
print(*sorted(imported & {"rapidfuzz", "numpy", "cv2", "openvino", "recover"}))
"""


def test_packages_are_imported_by_one_thread_alone() -> None:
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""
