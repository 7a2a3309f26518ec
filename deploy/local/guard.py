"""Kills a cluster's processes and removes its folder as soon as the process that started it is gone, however it went.

Run as a script, with the cluster's folder as its argument and the other end of its standard input held by the owner:
when the owner ends, even by ``kill -9``, the kernel closes that end. PR_SET_PDEATHSIG would not do, since it
fires when the *thread* that started the child ends, and fault tests restart nodes from threads.

It imports nothing of the project, so that it starts at once and keeps working while the project is edited.
"""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

# What a server's environment says of itself; its children inherit it.
MARK = "LOCAL_SERVER_FOLDER"


def processes_of(folder: str) -> list[int]:
    """Return the ids of the processes that were started on the folder, and of all that these started."""
    mark = f"{MARK}={folder}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            variables = (entry / "environ").read_bytes().split(b"\0")
        except OSError:  # gone since, or not ours
            continue
        if any(each == mark or each.startswith(mark + b"/") for each in variables):
            found.append(int(entry.name))
    return found


def clear(folder: str) -> None:
    """Kill what runs on the folder, and remove it."""
    # Twice with nothing found, since a process that was just forked shows its environment a moment later.
    quiet = 0
    while quiet < 2:
        running = processes_of(folder)
        quiet = 0 if running else quiet + 1
        for pid in running:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    clear(sys.argv[1])
