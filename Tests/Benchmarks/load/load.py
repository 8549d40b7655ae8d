#!/usr/bin/env python3
"""Loads Samples/Hello and a Kestrel minimal API with wrk, in turn, and prints both side by side.

Both servers are published natively, run on processor 0 and answer alike; wrk runs on processor 1. Rounds are
interleaved A B A B, so that a drift of the machine meets both. CPU time per request is user + system time of the
server process over the run, from /proc, divided by the answers that wrk counted. Medians are quoted; a ratio is
ours / theirs. Everything stays on loopback and stops by itself.

    Tests/Benchmarks/load/load.py [--rounds 3] [--seconds 10] [--connections 64] [--skip-build]

Needs wrk and a C linker (Debian: wrk, gcc).
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))
OUT = os.path.join(ROOT, "artifacts", "load")
SERVERS = {
    "waymark": ("Samples/Hello", "Hello", lambda port: [f"http://127.0.0.1:{port}"]),
    "kestrel": ("Tests/Benchmarks/Kestrel", "Kestrel", lambda port: [f"--urls=http://127.0.0.1:{port}"]),
}
WORK = {
    "plain": ("/", None),
    "pipelined 16": ("/", 16),
    "/users/1 (int, JSON)": ("/users/1", None),
}
TICK = os.sysconf("SC_CLK_TCK")


def publish():
    for name, (project, _, _) in SERVERS.items():
        subprocess.run(
            ["dotnet", "publish", project, "-c", "Release", "-f", "net9.0", "-r", "linux-x64",
             "--artifacts-path", os.path.join(OUT, "build", name), "-o", os.path.join(OUT, name), "--nologo", "-v", "q"],
            cwd=ROOT, check=True)


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_megabytes(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def start(name, port):
    _, binary, arguments = SERVERS[name]
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["taskset", "-c", "0", os.path.join(OUT, name, binary), *arguments(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
            return process, (time.perf_counter() - begun) * 1000
        except OSError:
            if process.poll() is not None:
                sys.exit(f"{name} ended with {process.returncode}")
            time.sleep(0.001)


def wrk(port, path, depth, connections, seconds):
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
               f"http://127.0.0.1:{port}{path}"]
    if depth:
        command += ["-s", os.path.join(os.path.dirname(__file__), "pipeline.lua"), "--", str(depth)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    count = int(re.search(r"(\d+) requests in", text).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    tail = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    tail_ms = float(tail.group(1)) * {"us": 0.001, "ms": 1, "s": 1000}[tail.group(2)]
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors = sum(int(number) for number in sockets.groups()) if sockets else 0
    other = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return count, rate, tail_ms, errors + (int(other.group(1)) if other else 0)


def measure(options):
    results = {}
    for work, (path, depth) in WORK.items():
        for round_number in range(options.rounds):
            for name in SERVERS:
                process, start_ms = start(name, options.port)
                try:
                    wrk(options.port, path, depth, options.connections, 2)
                    before = cpu_seconds(process.pid)
                    count, rate, tail_ms, errors = wrk(options.port, path, depth, options.connections, options.seconds)
                    used = cpu_seconds(process.pid) - before
                    row = (rate, used / count * 1e6, tail_ms, memory_megabytes(process.pid), start_ms, errors)
                finally:
                    process.terminate()
                    exit_code = process.wait(timeout=40)
                results.setdefault((work, name), []).append(row)
                print(f"# {work}, round {round_number + 1}, {name}: {row[0]:,.0f} req/s, {row[1]:.2f} us CPU, "
                      f"p99 {row[2]:.2f} ms, {row[3]:.0f} MB, start {row[4]:.0f} ms, errors {row[5]}, exit {exit_code}",
                      file=sys.stderr, flush=True)
    return results


def report(results):
    print("| work | server | req/s (min-max) | CPU us/request (min-max) | p99 ms | RSS MB | start ms | errors |")
    print("|---|---|---|---|---|---|---|---|")
    for work in WORK:
        medians = {}
        for name in SERVERS:
            columns = list(zip(*results[(work, name)]))
            medians[name] = [statistics.median(column) for column in columns]
            rate, cpu, tail, memory, begun, _ = medians[name]
            print(f"| {work} | {name} | {rate:,.0f} ({min(columns[0]):,.0f}-{max(columns[0]):,.0f}) | "
                  f"{cpu:.2f} ({min(columns[1]):.2f}-{max(columns[1]):.2f}) | {tail:.2f} | {memory:.0f} | {begun:.0f} | "
                  f"{sum(columns[5])} |")
        ours, theirs = medians["waymark"], medians["kestrel"]
        print(f"| {work} | **ratio** | {ours[0] / theirs[0]:.2f} | {ours[1] / theirs[1]:.2f} | {ours[2] / theirs[2]:.2f} | "
              f"{ours[3] / theirs[3]:.2f} | {ours[4] / theirs[4]:.2f} | |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--port", type=int, default=18080)
    parser.add_argument("--skip-build", action="store_true", help="use what an earlier call published")
    options = parser.parse_args()
    if not options.skip_build:
        publish()
    report(measure(options))


if __name__ == "__main__":
    main()
