"""Asks: with client.c, or with wrk as a cross-check of the works that it can do."""
import collections
import contextlib
import json
import os
import re
import select
import subprocess

import machine
import servers
import works

# Of one run. cpu_us: of the server, for each answer. noise: what others had, as text, or "" where it was quiet.
Sample = collections.namedtuple("Sample", "rate cpu_us p50_us p99_us max_us errors client_share noise")

CLIENT = os.path.join(servers.OUT, "bin", "client")


@contextlib.contextmanager
def pinned(cpus):
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _request_file(work, port):
    path = os.path.join(servers.OUT, "request")
    with open(path, "wb") as file:
        file.write(works.request(work, port))
    return path


def _client(server, work, connections):
    return [CLIENT, "-p", str(server.port), "-r", _request_file(work, server.port), "-c", str(connections)]


def run(server, work, cpus, seconds, warm):
    """One run of client.c: warm-up, then the measured time, whose bounds are those of the server's CPU time too."""
    command = _client(server, work, work.connections) + [
        "-d", str(work.depth), "-b", str(len(work.answer)), "-P", ",".join(map(str, server.pids)),
        "-w", str(warm), "-s", str(seconds)] + (["-x"] if work.closes else [])
    watch, used = machine.Watch(), server.cpu_seconds()
    with pinned(cpus):
        text = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=warm + seconds + 30).stdout
    noise = _noise(watch, server.cpu_seconds() - used)
    counted = json.loads(text)
    answers = max(1, counted["answers"])
    errors = {name: counted[name] for name in ("bad_status", "bad_body", "broken", "unopened") if counted[name]}
    if counted["answers"] == 0:
        errors["without_answers"] = 1
    return Sample(counted["answers"] / counted["seconds"], counted["server_cpu_us"] / answers, counted["p50_us"],
                  counted["p99_us"], counted["max_us"], errors, counted["client_cpu_us"] / 1e6 / counted["seconds"],
                  noise)


def run_wrk(server, work, cpus, seconds, warm):
    """The same with wrk, whose whole run is measured, the opening of its connections too."""
    url = f"http://127.0.0.1:{server.port}{work.path}"
    options = ["-t1", f"-c{work.connections}"] + (["-H", "Connection: close"] if work.closes else [])
    script = ["-s", os.path.join(servers.HERE, "pipeline.lua"), "--", str(work.depth)] if work.depth > 1 else []

    def call(duration):
        with pinned(cpus):
            return subprocess.run(["wrk", *options, f"-d{max(1, round(duration))}s", "--latency", url, *script],
                                  stdout=subprocess.PIPE, universal_newlines=True, check=True).stdout

    call(warm)
    watch, used, own = machine.Watch(), server.cpu_seconds(), machine.own_cpu_seconds()
    text = call(seconds)
    used = server.cpu_seconds() - used
    noise = _noise(watch, used)
    answers = int(re.search(r"(\d+) requests in", text).group(1))
    unit = {"us": 1, "ms": 1e3, "s": 1e6}

    def time_of(pattern):
        found = re.search(pattern + r"\s+([\d.]+)(us|ms|s)", text)
        return float(found.group(1)) * unit[found.group(2)]

    errors = {}
    found = re.search(r"Socket errors: (.+)", text)
    if found and not work.closes:
        errors["socket"] = found.group(1)
    found = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if found:
        errors["bad_status"] = int(found.group(1))
    return Sample(float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), used * 1e6 / max(1, answers),
                  time_of("50%"), time_of("99%"), float("nan"), errors,
                  (machine.own_cpu_seconds() - own) / max(1, round(seconds)), noise)


@contextlib.contextmanager
def idle_connections(server, work, count, cpus):
    """Holds that many connections open that have had one answer each; gives out how many there are."""
    with pinned(cpus):
        client = subprocess.Popen(_client(server, work, count) + ["-i", "-w", "15", "-s", "60"],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True)
    try:
        ready, _, _ = select.select([client.stdout], [], [], 20)
        yield json.loads(client.stdout.readline())["idle"] if ready else 0
    finally:
        client.stdin.close()
        client.wait(timeout=70)
        client.stdout.close()


def _noise(watch, server_seconds):
    if not watch.end(server_seconds):
        return ""
    return f"others {watch.others:.0%} of a processor, steal {watch.steal:.1%}"
