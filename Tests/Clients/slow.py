#!/usr/bin/env python3
"""Attacks Samples/Probe with slowhttptest in its four modes, and asks it something normal all the while.

    Tests/Clients/slow.py [--skip-build] [--connections 4000] [--seconds 30]

The modes: slow heads (-H), slow bodies (-B), many ranges (-R), slow reading (-X). While each runs, a new connection a
few times a second sends a normal request; how many were answered, and how long the slowest and the middle one took, is
printed. Everything stays on loopback and stops by itself: four times the seconds and a little more. Exit code 0 where
every normal request was answered with 200. Needs slowhttptest (Debian) and as many file descriptors as connections.
"""
import argparse
import http.client
import os
import resource
import statistics
import subprocess
import sys
import time

from clients import PROBE, ROOT, find, free_port, start, stop

MODES = {
    "slow heads": ["-H", "-i", "5", "-x", "24"],
    "slow bodies": ["-B", "-i", "5", "-s", "8192", "-x", "24"],
    "many ranges": ["-R", "-a", "1", "-b", "3000"],
    "slow reading": ["-X", "-w", "512", "-y", "1024", "-n", "5", "-z", "32", "-k", "3"],
}
PATHS = {"slow bodies": "/", "slow reading": "/big?n=1000000"}


def ask(port):
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/hello")
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read() == b"hello world\n", answer.status
    finally:
        connection.close()
    return (time.perf_counter() - begun) * 1000


def attack(mode, port, options):
    command = [
        find("slowhttptest"), *MODES[mode], "-c", str(options.connections), "-r", "1000", "-l", str(options.seconds),
        "-p", "10", "-u", f"http://127.0.0.1:{port}{PATHS.get(mode, '/hello')}",
    ]
    attacker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    times, lost = [], []
    begun = time.perf_counter()
    most = 0
    while attacker.poll() is None and time.perf_counter() - begun < options.seconds + 30:
        try:
            times.append(ask(port))
        except Exception as failure:  # Counted, whatever it is: a normal client got no answer.
            lost.append(repr(failure))
        most = max(most, established(port))
        time.sleep(0.2)
    attacker.kill()
    attacker.communicate()
    print(f"{mode:13} {most:5} connections at most; {len(times)} normal requests answered, {len(lost)} not; "
          f"median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms {lost[:1] or ''}", flush=True)
    return len(lost)


def established(port):
    """How many connections the server has, from /proc."""
    suffix = f":{port:04X}"
    with open("/proc/net/tcp") as table:
        rows = [row.split() for row in table.readlines()[1:]]
    return sum(1 for row in rows if row[1].endswith(suffix) and row[3] == "01")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--skip-build", action="store_true")
    parser.add_argument("--connections", type=int, default=4000)
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    wanted = options.connections * 2 + 200
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard) if hard != -1 else wanted, hard))
    if not options.skip_build:
        subprocess.run(["dotnet", "build", "Samples/Probe", "-c", "Release", "--nologo", "-v", "q"], cwd=ROOT, check=True)

    port = free_port()
    probe = start(["dotnet", PROBE], port, env={**os.environ, "PORT": str(port)})
    lost = 0
    try:
        for mode in MODES:
            lost += attack(mode, port, options)
    finally:
        code = stop(probe)
    print(f"Probe stopped with exit code {code}; {lost} normal requests were not answered")
    return 1 if lost or code != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
