#!/usr/bin/env python3
"""Counts the instructions of a request, part by part: see ../README.md.

Publishes the program beside this natively and runs it under callgrind, which counts every instruction of the process
and of no other: a figure is the same on a busy machine. Each work runs with two counts of requests; the difference is
what they cost without start and end.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parents[2] / "artifacts" / "instructions"
WORKS = {"plain": 1, "pipelined": 16, "json": 1, "user": 1, "echo1k": 1, "browser": 1}
FEW, MANY = 1_000, 5_000

# The collector would reserve 256 GiB, which valgrind has no room for. Hexadecimal, in bytes.
ENVIRONMENT = dict(os.environ, DOTNET_GCHeapHardLimit="8000000")


def publish() -> pathlib.Path:
    """Publishes the program; valgrind 3.19 cannot read .NET's DWARF, so only the names of functions are kept."""
    subprocess.run(
        ["dotnet", "publish", str(HERE), "-c", "Release", "-r", "linux-x64", "-p:BenchmarkFramework=net9.0",
         "--artifacts-path", str(OUTPUT / "build"), "-o", str(OUTPUT / "bin"), "-v", "q"], check=True)
    program = OUTPUT / "bin" / "instructions"
    subprocess.run(
        ["strip", "--strip-debug", "-o", str(program), str(OUTPUT / "bin" / "Waymark.Benchmarks.Instructions")],
        check=True)
    return program


def count(program: pathlib.Path, work: str, requests: int) -> dict[str, int]:
    """The instructions of each function in one run."""
    profile = OUTPUT / f"{work}.{requests}.callgrind"
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", str(program), work, str(requests)],
        env=ENVIRONMENT, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{work}: exit code {run.returncode}\n{run.stderr}")
    listing = subprocess.run(
        ["callgrind_annotate", "--threshold=100", str(profile)], capture_output=True, text=True, check=True).stdout
    counts: dict[str, int] = {}
    for line in listing.splitlines():
        match = re.match(r"\s*([\d,]+) \(.*?\)\s+(.*)", line)
        if match and "PROGRAM TOTALS" not in line:
            name = re.sub(r"\s*\[.*", "", match[2]).replace("???:", "")
            counts[name] = counts.get(name, 0) + int(match[1].replace(",", ""))
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description="Counts the instructions of a request, part by part.")
    parser.add_argument("works", nargs="*", help=f"of {', '.join(WORKS)}; all of them where none is named")
    parser.add_argument("--top", type=int, default=0, help="how many functions to list for each work; default 0")
    parser.add_argument("--skip-build", action="store_true", help="use what the last run has published")
    arguments = parser.parse_args()
    unknown = [work for work in arguments.works if work not in WORKS]
    if unknown:
        parser.error(f"there is no work {', '.join(unknown)}, only {', '.join(WORKS)}")
    if shutil.which("valgrind") is None:
        sys.exit("instructions.py needs valgrind (Debian: apt install valgrind).")

    OUTPUT.mkdir(parents=True, exist_ok=True)
    program = OUTPUT / "bin" / "instructions" if arguments.skip_build else publish()
    for work in arguments.works or WORKS:
        few, many = count(program, work, FEW), count(program, work, MANY)
        requests = (MANY - FEW) * WORKS[work]
        each = {name: (many[name] - few.get(name, 0)) / requests for name in many}
        print(f"{work:10} {sum(each.values()):9,.0f} instructions a request")
        for name, instructions in sorted(each.items(), key=lambda item: -item[1])[:arguments.top]:
            print(f"    {instructions:9,.1f}  {name[:100]}")


if __name__ == "__main__":
    main()
