#!/usr/bin/env python3
"""Measures the emitted matcher beside ASP.NET Core's routing and prints one Markdown table.

Builds the program for the JIT (net10.0) and natively (net9.0), then runs one after the other; within each, the two
sides alternate A B A B. It is not bound to one processor: there the JIT, which compiles hot methods again in the
background, would compete with what is measured. Nothing is served: there is no network.

    Tests/Benchmarks/Matching/matching.py [--quick] [--skip-build] [--jit-only]

Native needs a C linker (Debian: gcc). About two minutes; --quick some twenty seconds, with figures that prove nothing.
"""
import argparse
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../../.."))
OUT = os.path.join(ROOT, "artifacts", "matching")
FRAMEWORKS = {"jit": "net10.0", "native": "net9.0"}
SECONDS_MAX = 180


def publish(kind):
    framework = FRAMEWORKS[kind]
    runtime = ["-r", "linux-x64"] if kind == "native" else []
    subprocess.run(
        ["dotnet", "publish", HERE, "-c", "Release", f"-p:BenchmarkFramework={framework}", *runtime,
         "--artifacts-path", os.path.join(OUT, "build", kind), "-o", os.path.join(OUT, kind), "--nologo", "-v", "q"],
        cwd=ROOT, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="proves that everything runs")
    parser.add_argument("--skip-build", action="store_true", help="use what an earlier call published")
    parser.add_argument("--jit-only", action="store_true")
    options = parser.parse_args()
    kinds = ["jit"] if options.jit_only else list(FRAMEWORKS)
    if not options.skip_build:
        for kind in kinds:
            publish(kind)
    print("| runtime | routes | work | paths | waymark ns (min-max) | B | ASP.NET ns (min-max) | B | ratio |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for kind in kinds:
        program = os.path.join(OUT, kind, "Waymark.Benchmarks.Matching")
        arguments = ["--quick"] if options.quick else []
        subprocess.run([program, *arguments], check=True, timeout=SECONDS_MAX)


if __name__ == "__main__":
    main()
