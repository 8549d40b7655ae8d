"""What the operating system knows: CPU time, memory, and whether anybody else is at work."""
import os
import re
import time

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")

# A run is noisy where others had this share of one processor, or where the hypervisor took this share of the time.
OTHERS_MAX = 0.03
STEAL_MAX = 0.01


class Moment:
    """CPU seconds of the whole machine since it started."""

    def __init__(self):
        with open("/proc/stat") as stat:
            user, nice, system, idle, waiting, irq, softirq, steal = (
                int(field) / TICK for field in stat.readline().split()[1:9])
        self.time = time.monotonic()
        self.busy = user + nice + system + irq + softirq
        self.idle = idle + waiting
        self.steal = steal

    def idle_share_since(self, earlier):
        idle = self.idle - earlier.idle
        return idle / max(1e-9, idle + self.busy - earlier.busy + self.steal - earlier.steal)


class Watch:
    """Tells afterwards whether others were at work: busy time that neither the server nor the generator used."""

    def __init__(self):
        self.begun = Moment()
        self.own = own_cpu_seconds()

    def end(self, server_seconds):
        ended = Moment()
        elapsed = max(1e-9, ended.time - self.begun.time)
        others = ended.busy - self.begun.busy - server_seconds - (own_cpu_seconds() - self.own)
        # /proc/stat counts in ticks, one of which may be cut off or added at either end.
        self.others = max(0.0, others - 2 / TICK) / elapsed
        self.steal = (ended.steal - self.begun.steal) / elapsed / os.cpu_count()
        return self.others > OTHERS_MAX or self.steal > STEAL_MAX


def own_cpu_seconds():
    """This script and the generators that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def cpu_seconds(pids):
    """CPU time of whole processes, of threads that have ended too, in nanoseconds' resolution.

    The clock of another process, as clock_getcpuclockid(3) makes it: /proc/PID/stat counts in ticks of 10 ms, and the
    schedstat of the tasks loses the threads that ended.
    """
    total = 0.0
    for pid in pids:
        try:
            total += time.clock_gettime((~pid << 3) | 2)
        except OSError:
            pass
    return total


def process_tree(root):
    """A process and all that it started."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as stat:
                    parents[int(name)] = int(stat.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    tree = [root]
    for pid in tree:
        tree += [child for child, parent in parents.items() if parent == pid]
    return tree


def resident_bytes(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/statm") as statm:
            total += int(statm.read().split()[1]) * PAGE
    return total


def wait_until_quiet(limit_seconds, idle_share=0.97):
    """Waits, but not longer than that, for a second in which the processors idle; gives out the last idle share."""
    end = time.monotonic() + limit_seconds
    while True:
        begun = Moment()
        time.sleep(1)
        share = Moment().idle_share_since(begun)
        if share >= idle_share or time.monotonic() >= end:
            return share


def processors(text, default):
    return {int(number) for number in text.split(",")} if text else default


def describe():
    """What a reader has to know of the machine, and nothing that names it."""
    model = "processor"
    with open("/proc/cpuinfo") as information:
        found = re.search(r"model name\s*:\s*(.+)", information.read())
        if found:
            model = found.group(1).strip()
    release = ".".join(os.uname().release.split(".")[:2])
    return f"{len(os.sched_getaffinity(0))} x {model}, Linux {release}, {os.uname().machine}"
