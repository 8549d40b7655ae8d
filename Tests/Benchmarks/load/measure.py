"""The runs, in turn A B A B: each work on every server, round after round; then start-up and idle connections."""
import collections
import os
import sys
import time

import checks
import generator
import machine
import servers
import works

# A compiler at run time needs more time before it is done; what is compiled ahead is warm at once.
WARM_SECONDS = {"native": 0.5, "jit": 1.2, "c": 0.5}
FIRST_WARM_SECONDS = {"native": 0.5, "jit": 3.0, "c": 0.3}


class Results:
    def __init__(self):
        self.samples = collections.defaultdict(list)    # (server, work): [Sample]
        self.figures = collections.defaultdict(list)    # (server, what): [number]
        self.heads = {}                                  # server: {work: octets of the head}
        self.absent = {}                                 # server: why
        self.remarks = []


class Plan:
    """What is run, and how long it takes at most. Seconds, all of them."""

    def __init__(self, options, chosen, selected):
        self.servers, self.works = chosen, selected
        self.rounds, self.seconds = options.rounds, options.seconds
        self.server_cpus, self.client_cpus = options.server_cpus, options.client_cpus
        self.idle_connections, self.starts = options.idle_connections, options.starts
        self.warm_factor = 0.15 if options.quick else 1.0
        self.quiet_wait = 0 if options.quick else options.wait
        self.run = generator.run_wrk if options.wrk else generator.run
        self.is_wrk = options.wrk
        self.end = time.monotonic() + options.minutes * 60 - self.life_estimate()

    def is_late(self):
        return time.monotonic() > self.end

    def warm(self, server, table=None):
        return (table or WARM_SECONDS)[server.kind] * self.warm_factor

    def can(self, server, work):
        return server.answers(work) and (work.by_wrk or not self.is_wrk)

    def estimate(self):
        """About; without the waits for a quiet machine."""
        each_round = sum(
            self.seconds + self.warm(server) + 0.25
            for server in self.servers for work in self.works if self.can(server, work))
        each_round += sum(self.warm(server, FIRST_WARM_SECONDS) + 0.7 for server in self.servers)
        return each_round * self.rounds + self.life_estimate()

    def life_estimate(self):
        """Of start-up and idle connections, which come last."""
        seconds = 0.4 * self.starts * len(self.servers)
        if self.idle_connections:
            seconds += sum(4 + self.warm(server, FIRST_WARM_SECONDS) for server in self.servers)
        return seconds


def say(text):
    print("# " + text, file=sys.stderr, flush=True)


def measure(plan):
    results = Results()
    results.remarks.append(_wait(plan, plan.quiet_wait))
    for number in range(1, plan.rounds + 1):
        if plan.is_late():
            break
        if number > 1:
            _wait(plan, min(20, plan.quiet_wait))
        _round(plan, results, number)
    _starts(plan, results)
    if plan.idle_connections:
        _idle(plan, results)
    return results


def _wait(plan, seconds):
    if seconds <= 0:
        return "No wait for a quiet machine."
    begun = time.monotonic()
    share = machine.wait_until_quiet(seconds)
    text = (f"Waited {time.monotonic() - begun:.0f} s for a quiet machine: {share:.0%} idle, "
            f"load {os.getloadavg()[0]:.2f}.")
    say(text)
    return text


def _start(plan, results, server):
    """The milliseconds to its first 200, or None where the server is not there."""
    if server.key in results.absent:
        return None
    try:
        milliseconds = server.start(plan.server_cpus)
    except servers.Absent as absent:
        results.absent[server.key] = str(absent)
        say(f"left out: {absent}")
        return None
    return milliseconds


def _round(plan, results, number):
    running = []
    try:
        for server in plan.servers:
            if _start(plan, results, server) is None:
                continue
            running.append(server)
            if number == 1:
                results.heads[server.key], remarks = checks.check(server, plan.works)
                results.remarks += remarks
            _warm_up(plan, server)
            server.suspend()
        for work in plan.works:
            for server in running:
                if plan.can(server, work) and not plan.is_late():
                    _sample(plan, results, number, server, work)
        if plan.is_late():
            results.remarks.append(f"Out of time in round {number} of {plan.rounds}: what is missing was not run.")
    finally:
        for server in running:
            server.stop()


def _warm_up(plan, server):
    generator.run(server, works.WORKS[0], plan.client_cpus, 0.1, plan.warm(server, FIRST_WARM_SECONDS))


def _sample(plan, results, number, server, work):
    server.resume()
    before = server.resident_bytes()
    for attempt in range(3):
        # On a machine that is busy with something else a short run may end before it has begun.
        sample = plan.run(server, work, plan.client_cpus, plan.seconds * 4 ** attempt, plan.warm(server))
        if sample.rate > 0:
            break
    after = server.resident_bytes()
    server.suspend()
    results.samples[server.key, work.key].append(sample)
    results.figures[server.key, "resident after " + work.key].append(after)
    results.figures[server.key, "growth in " + work.key].append(after - before)
    say(f"round {number}, {work.title}, {server.title}: {sample.rate:,.0f}/s, {sample.cpu_us:.2f} us CPU, "
        f"p50 {sample.p50_us:.0f} us, p99 {sample.p99_us:.0f} us, {after / 1e6:.0f} MB"
        + (f", ERRORS {sample.errors}" if sample.errors else "") + (f", noisy: {sample.noise}" if sample.noise else ""))


def _starts(plan, results):
    """Start-up alone, since nothing else runs then; Samples/Hello beside the servers."""
    hello = servers.Server("hello-native", "Samples/Hello, native", "native",
                           os.path.join(servers.OUT, "hello-native", "Hello"),
                           lambda binary, port, _: [binary, f"http://127.0.0.1:{port}"], "kestrel-native")
    others = [hello] if any(server.key.startswith("waymark") and server.kind == "native"
                            for server in plan.servers) else []
    for _ in range(plan.starts):
        for server in plan.servers + others:
            milliseconds = _start(plan, results, server)
            if milliseconds is not None:
                results.figures[server.key, "start"].append(milliseconds)
                server.stop()
    for server in plan.servers + others:
        if server.key not in results.absent:
            results.figures[server.key, "binary"].append(_size(server))


def _size(server):
    """Of a native program its one file; of the others all that was published, without what is only for debuggers."""
    if server.kind != "jit":
        return os.path.getsize(os.path.realpath(server.binary))
    folder = os.path.dirname(server.binary)
    return sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder)
               if not name.endswith((".pdb", ".xml", ".dbg")))


def _idle(plan, results):
    """A fresh process, warmed up: what it uses without work, and what many idle connections add to its memory."""
    say(f"{plan.idle_connections:,} idle connections")
    for server in plan.servers:
        if _start(plan, results, server) is None:
            continue
        try:
            _warm_up(plan, server)
            time.sleep(0.5)
            before = server.resident_bytes()
            results.figures[server.key, "idle cpu"].append(_cpu_share(server))
            with generator.idle_connections(server, works.WORKS[0], plan.idle_connections, plan.client_cpus) as count:
                time.sleep(0.5)
                if count < plan.idle_connections:
                    results.remarks.append(f"{server.title} took {count:,} of {plan.idle_connections:,} connections.")
                if count:
                    grown = (server.resident_bytes() - before) / count
                    results.figures[server.key, "bytes per connection"].append(grown)
                    results.figures[server.key, "idle cpu, connected"].append(_cpu_share(server))
        finally:
            server.stop()


def _cpu_share(server):
    """Of one processor, over a second."""
    used, begun = server.cpu_seconds(), time.monotonic()
    time.sleep(1)
    return (server.cpu_seconds() - used) / (time.monotonic() - begun)
