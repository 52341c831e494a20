"""What a command costs with all the processes it starts: CPU seconds and memory, from /proc."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_EVERY = 0.5


@dataclass
class Cost:
    """What a command took.

    Attributes:
        wall: seconds by the clock.
        cpu: seconds of all its processes, user and system.
        memory: MiB of all its processes together at each look, memory that they share counted once.
        processes: most processes at one look.
    """

    wall: float = 0.0
    cpu: float = 0.0
    memory: list[float] = field(default_factory=list)
    processes: int = 0

    @property
    def peak(self) -> float:
        """Most MiB at one look."""
        return max(self.memory, default=0.0)


def run_measured(command: Sequence[str], environ: Mapping[str, str]) -> Cost:
    """Run a command in a session of its own and watch every process of the session.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    cost, seen = Cost(), {}
    before = _reaped()
    started = time.monotonic()
    child = subprocess.Popen(command, env=dict(environ), start_new_session=True)
    while child.poll() is None:
        alive = _session(child.pid)
        seen.update(alive)
        cost.memory.append(sum(_memory(pid) for pid in alive))
        cost.processes = max(cost.processes, len(alive))
        time.sleep(_EVERY)
    cost.wall = time.monotonic() - started
    # what was seen lacks the last moments of every process, what was waited for lacks the orphans
    cost.cpu = max(sum(seen.values()), _reaped() - before)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return cost


def _reaped() -> float:
    """CPU seconds of all children that have ended and were waited for, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _session(leader: int) -> dict[int, float]:
    """CPU seconds of the living processes of a session, by their number."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            found[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICK
    return found


def _memory(pid: int) -> float:
    """MiB of a process, its share of what it shares with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
