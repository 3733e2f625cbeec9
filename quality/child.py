"""`python quality/child.py COMMAND…` runs the command and prints what it cost, as JSON.

A process of its own, because the system counts the memory of a child from the size of the process that started it:
this one is small, an evaluation with a model in it is not. Unix only.
"""

import json
import os
import subprocess
import sys
import time


def cost(command: list[str]) -> dict[str, float]:
    """`seconds` of wall time, peak `megabytes` (10⁶ bytes) and `exit` code; the command's output is thrown away."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return {"seconds": seconds, "megabytes": usage.ru_maxrss * unit / 1e6, "exit": child.returncode}


if __name__ == "__main__":
    print(json.dumps(cost(sys.argv[1:])))
