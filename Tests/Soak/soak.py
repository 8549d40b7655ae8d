#!/usr/bin/env python3
"""Runs right, refused, aborted and half-closed requests against a server for minutes, and watches what it needs.

    Tests/Soak/soak.py [--minutes 10] [--clients 16] [--seed 1] [-- command of the server ...]

See README.md beside it.
"""
import argparse
import collections
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback

from scenarios import SCENARIOS
from strict import Late, Wrong

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
PROBE = os.path.join(ROOT, "artifacts", "bin", "Probe", "release", "Probe.dll")
SAMPLE_SECONDS = 5
START_SECONDS = 30
REST_SECONDS = 10
STOP_SECONDS = 45

# What may differ between the two halves of the samples that count.
RESIDENT_SLOPE_MAX = 1024
DESCRIPTORS_MORE_MAX = 4
THREADS_MORE_MAX = 2


# ---- the clients ----

class Load:
    def __init__(self, address, options):
        self.address = address
        self.until = threading.Event()
        self.counts, self.wrong = collections.Counter(), []
        self.threads = [
            threading.Thread(target=self.run, args=(random.Random(f"{options.seed} {number}"),), daemon=True)
            for number in range(options.clients)]
        for thread in self.threads:
            thread.start()

    def run(self, source):
        functions = [function for function, _ in SCENARIOS]
        weights = [weight for _, weight in SCENARIOS]
        while not self.until.is_set():
            function = source.choices(functions, weights)[0]
            try:
                function(source, self.address)
                self.counts[function.__name__] += 1
            except Late:
                self.counts["(late)"] += 1
            except (Wrong, OSError) as failure:
                self.wrong.append(f"{function.__name__}: {failure!r}\n{traceback.format_exc(limit=-2)}")

    def stop(self):
        self.until.set()
        for thread in self.threads:
            thread.join(60)


# ---- the server ----

def start(command):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = subprocess.Popen(command, env={**os.environ, "PORT": str(port)},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server, ("127.0.0.1", port)
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                server.kill()
                sys.exit(f"{command[0]} does not listen")
            time.sleep(0.05)


def stop(server):
    server.send_signal(signal.SIGTERM)
    try:
        return server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        return "does not stop"


def look(pid):
    """Resident bytes, descriptors, threads."""
    values = {}
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            name, _, value = line.partition(":")
            values[name] = value
    return int(values["VmRSS"].split()[0]) * 1024, len(os.listdir(f"/proc/{pid}/fd")), int(values["Threads"])


# ---- the verdict ----

def slope(samples):
    """Least squares: how much the second values grow by in a second."""
    count = len(samples)
    middle = sum(at for at, _ in samples) / count
    mean = sum(value for _, value in samples) / count
    below = sum((at - middle) ** 2 for at, _ in samples)
    return sum((at - middle) * (value - mean) for at, value in samples) / below if below else 0.0


def median(values):
    return sorted(values)[len(values) // 2]


def more(values):
    """By how much the median of the second half exceeds that of the first."""
    half = len(values) // 2
    return median(values[half:]) - median(values[:half])


def judge(samples, load, left, code):
    tail = samples[len(samples) // 5:]
    growth = slope([(at, resident) for at, (resident, _, _) in tail])
    descriptors, threads = ([look[i] for _, look in tail] for i in (1, 2))
    verdicts = [
        (f"resident memory {growth / 1024:+.2f} KB/s, {min(look[0] for _, look in tail) >> 20} to "
         f"{max(look[0] for _, look in tail) >> 20} MiB", growth < RESIDENT_SLOPE_MAX),
        (f"descriptors {min(descriptors)} to {max(descriptors)}, {more(descriptors):+} from half to half",
         more(descriptors) <= DESCRIPTORS_MORE_MAX),
        (f"threads {min(threads)} to {max(threads)}, {more(threads):+} from half to half",
         more(threads) <= THREADS_MORE_MAX),
        (f"{left:+} descriptors left when all clients are gone", left <= DESCRIPTORS_MORE_MAX),
        (f"{sum(load.counts.values())} runs of {len(SCENARIOS)} scenarios, {len(load.wrong)} wrong", not load.wrong),
        (f"exit code {code}", code == 0),
    ]
    for text, is_right in verdicts:
        print(f"{'ok   ' if is_right else 'WRONG'} {text}")
    print(", ".join(f"{name} {count}" for name, count in sorted(load.counts.items())))
    kinds = collections.Counter(failure.split("\n", 1)[0] for failure in load.wrong)
    for kind, count in kinds.most_common(10):
        print(f"{count} of {next(failure for failure in load.wrong if failure.startswith(kind))}")
    return all(is_right for _, is_right in verdicts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seed", default="1")
    parser.add_argument("command", nargs="*", default=["dotnet", PROBE], help="the server; its port is in PORT")
    options = parser.parse_args()

    server, address = start(options.command)
    try:
        load = Load(address, options)
        begun = time.monotonic()
        samples, at_first = [], None
        while (at := time.monotonic() - begun) < options.minutes * 60 and server.poll() is None:
            time.sleep(SAMPLE_SECONDS)
            values = look(server.pid)
            samples.append((at + SAMPLE_SECONDS, values))
            at_first = at_first or values[1] - options.clients
            print(f"{at + SAMPLE_SECONDS:6.0f} s  {values[0] / 1048576:7.2f} MiB  {values[1]:4} descriptors  "
                  f"{values[2]:3} threads  {sum(load.counts.values()):8} runs  {len(load.wrong)} wrong", flush=True)
        load.stop()
        end = time.monotonic() + REST_SECONDS
        while look(server.pid)[1] > at_first and time.monotonic() < end:
            time.sleep(0.1)
        left = look(server.pid)[1] - at_first
    finally:
        code = stop(server)
    return 0 if judge(samples, load, left, code) else 1


if __name__ == "__main__":
    sys.exit(main())
