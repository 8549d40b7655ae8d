#!/usr/bin/env python3
"""Loads every server with the same works, in turn, and prints them side by side.

Builds and starts Waymark and Kestrel (native and JIT), nginx where it is installed and an epoll loop in C that shows
what the kernel's part costs; checks that all of them answer alike; then runs each work on each server, round after
round, with the server on one processor and the generator on another. Prints Markdown: a row for each server, the
targets with what was measured, minima and maxima. Stays on loopback, ends only what it started, stops by itself.

    load.py                                  all of it: about 23 minutes, and some for building
    load.py --quick                          proves in about two minutes that everything runs
    load.py --unpinned --rounds 1            the same on all processors: about 8 minutes
    load.py --only plain,json --servers waymark,kestrel-native,floor
    load.py --wrk                            a cross-check with wrk, of what it can do

Needs the .NET SDK and a C compiler (Debian: gcc, zlib1g-dev). --servers takes beginnings of names: waymark,
waymark-epoll, waymark-sockets-native, kestrel, bare, nginx, floor.
"""
import argparse
import json
import os
import resource
import shlex
import shutil
import signal
import sys

sys.dont_write_bytecode = True

import machine
import measure
import report
import servers
import works


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, help="how often everything is run (3)")
    parser.add_argument("--seconds", type=float, help="how long a run is measured (3)")
    parser.add_argument("--minutes", type=float, default=25, help="no run begins after that (25)")
    parser.add_argument("--only", metavar="WORKS", help="of " + ",".join(work.key for work in works.WORKS))
    parser.add_argument("--servers", metavar="NAMES", help="beginnings of names")
    parser.add_argument("--unpinned", action="store_true", help="server and generator on all processors")
    parser.add_argument("--server-cpus", metavar="LIST", help="instead of the first processor")
    parser.add_argument("--client-cpus", metavar="LIST", help="instead of the second processor")
    parser.add_argument("--idle-connections", type=int, help="0 leaves them out (10000)")
    parser.add_argument("--starts", type=int, help="how often start-up is measured (5)")
    parser.add_argument("--wait", type=int, default=120, help="at most this many seconds for a quiet machine (120)")
    parser.add_argument("--wrk", action="store_true", help="wrk instead of client.c; no POST")
    parser.add_argument("--quick", action="store_true", help="short runs, no waiting; the figures prove nothing")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--skip-build", action="store_true", help="use what an earlier call built")
    parser.add_argument("--output", metavar="FILE", help="write the tables there too")
    options = parser.parse_args()
    defaults = {"rounds": (3, 1), "seconds": (3.0, 0.2), "idle_connections": (10_000, 500), "starts": (5, 1)}
    for name, (full, quick) in defaults.items():
        if getattr(options, name) is None:
            setattr(options, name, quick if options.quick else full)
    options.command = " ".join(shlex.quote(word) for word in sys.argv[1:])
    return options


def choose_processors(options):
    there = sorted(os.sched_getaffinity(0))
    if options.unpinned:
        options.server_cpus = options.client_cpus = set(there)
        return
    if len(there) < 2 and not (options.server_cpus and options.client_cpus):
        raise SystemExit("Server and generator need a processor each; --unpinned runs without.")
    options.server_cpus = machine.processors(options.server_cpus, {there[0]})
    options.client_cpus = machine.processors(options.client_cpus, {there[-1] if len(there) < 2 else there[1]})


def raise_descriptor_limit(options):
    """What is started inherits it. Fewer idle connections where the machine allows fewer descriptors."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard != resource.RLIM_INFINITY and options.idle_connections > hard - 200:
        options.idle_connections = max(0, hard - 200)
        measure.say(f"only {hard} descriptors: {options.idle_connections} idle connections")


def save(results):
    """Every run, for who wants to look closer."""
    path = os.path.join(servers.OUT, "runs.json")
    with open(path, "w") as file:
        json.dump({"/".join(key): [sample._asdict() for sample in samples]
                   for key, samples in results.samples.items()}, file, indent=1)


def main():
    # A stop from outside ends the servers too: they may be held still, and would not hear of it themselves.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    options = parse()
    choose_processors(options)
    chosen, selected = servers.select(options.servers), works.select(options.only)
    if not options.skip_build:
        servers.build(chosen)
    if options.build_only:
        return
    if options.wrk and not shutil.which("wrk"):
        raise SystemExit("wrk is not installed.")
    raise_descriptor_limit(options)
    plan = measure.Plan(options, chosen, selected)
    measure.say(f"about {plan.estimate() / 60:.0f} minutes, and the waits for a quiet machine")
    results = measure.measure(plan)
    save(results)
    text = report.report(plan, results, options)
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    print(text)
    wrong = {"bad_status", "bad_body", "without_answers"}
    if any(wrong & set(sample.errors) for samples in results.samples.values() for sample in samples):
        raise SystemExit("Some answers were wrong or missing: see the columns of errors.")


if __name__ == "__main__":
    main()
