"""The tables, in Markdown."""
import datetime
import subprocess

import machine
import servers
import targets
import works

# (work, head, field): as the table of the plan has them.
COLUMNS = [
    ("plain", "64: req/s", "rate"), ("plain", "CPU", "cpu_us"), ("plain", "p99 ms", "p99_us"),
    ("pipelined", "pipelined 16: req/s", "rate"), ("pipelined", "CPU", "cpu_us"),
    ("json", "JSON CPU", "cpu_us"), ("user", "/users/42 CPU", "cpu_us"),
    ("plain512", "512 conn.: req/s", "rate"), ("plain512", "CPU", "cpu_us"),
    ("close", "close: CPU", "cpu_us"), ("one", "1 conn.: p50 us", "p50_us"), ("one", "CPU", "cpu_us"),
]
LARGE_COLUMNS = [
    ("echo1k", "POST echo 1 KiB: req/s", "rate"), ("echo1k", "CPU", "cpu_us"),
    ("echo1m", "POST echo 1 MiB: req/s", "rate"), ("echo1m", "CPU", "cpu_us"),
    ("large", "64 KiB answer: req/s", "rate"), ("large", "CPU", "cpu_us"),
]


def report(plan, results, options):
    shown = [server for server in plan.servers if server.key not in results.absent]
    view = targets.View(results, {server.key: server.peer for server in servers.all_servers()})
    parts = [_head(plan, results, options),
             _table(view, shown, COLUMNS), _table(view, shown, LARGE_COLUMNS), _life(view, shown),
             "## Targets\n\n" + _targets(plan, view, shown),
             "## Each work\n\n" + _details(plan, results, view, shown)]
    return "\n\n".join(parts) + "\n"


def _head(plan, results, options):
    date = datetime.date.today().isoformat()
    where = ("server and generator on all processors" if options.unpinned else
             f"server on processor {_list(plan.server_cpus)}, generator on {_list(plan.client_cpus)}")
    tool = "wrk" if plan.is_wrk else "client.c"
    lines = [
        f"# {date}: servers under load{', unpinned' if options.unpinned else ''}", "",
        f"`Tests/Benchmarks/load/load.py {options.command}` at {_commit()}. {machine.describe()}; {where}. "
        f"Native is net9.0, ahead of time; JIT is net10.0. {plan.rounds} round(s) of {plan.seconds:g} s for each work "
        f"and server, in turn; generator {tool}; medians. CPU is the server's time (user + system, all threads and "
        "processes) in microseconds for each answer.",
    ]
    lines += [""] + results.remarks
    noisy = sum(1 for samples in results.samples.values() for sample in samples if sample.noise)
    runs = sum(len(samples) for samples in results.samples.values())
    lines.append(f"{noisy} of {runs} runs were noisy: others had more than {machine.OTHERS_MAX:.0%} of a processor, or "
                 f"the hypervisor {machine.STEAL_MAX:.0%}. A median is of the quiet runs; "
                 "`~` marks where there is none.")
    for key, why in results.absent.items():
        lines.append(f"Left out: {why}.")
    if options.quick:
        lines.append("**`--quick`: this proves that everything runs; the figures prove nothing.**")
    return "\n".join(lines)


def _list(cpus):
    return ", ".join(map(str, sorted(cpus)))


def _commit():
    try:
        name = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=servers.ROOT, check=True,
                              stdout=subprocess.PIPE, universal_newlines=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "an unknown commit"
    return f"`{name}`"


def _show(field, value):
    if value is None:
        return "–"
    if field == "rate":
        return f"{value:,.0f}" if value < 1e6 else f"{value / 1e6:.2f} M"
    if field == "p99_us":
        return f"{value / 1000:.2f}"
    if field == "cpu_us":
        return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
    return f"{value:,.0f}"


def _row(cells):
    return "| " + " | ".join(cells) + " |"


def _rows(head, rows):
    return "\n".join([_row(head), "|" + "---|" * len(head)] + [_row(row) for row in rows])


def _table(view, shown, columns):
    rows = []
    for server in shown:
        cells = [server.title]
        for work, _, field in columns:
            mark = "~" if view.is_noisy(server.key, work) else ""
            cells.append(mark + _show(field, view.median(server.key, work, field)))
        rows.append(cells)
    return _rows(["server"] + [head for _, head, _ in columns], rows)


def _life(view, shown):
    """Figures of the process rather than of its answers."""
    columns = [
        ("start to first 200, ms", "start", lambda value: f"{value:.1f}"),
        ("resident MB after 64 conn.", "resident after plain", lambda value: f"{value / 1e6:.1f}"),
        ("after echo 1 MiB", "resident after echo1m", lambda value: f"{value / 1e6:.1f}"),
        ("after 64 KiB answers", "resident after large", lambda value: f"{value / 1e6:.1f}"),
        ("bytes per idle conn.", "bytes per connection", lambda value: f"{value:,.0f}"),
        ("idle CPU", "idle cpu", lambda value: f"{value:.2%}"),
        ("idle CPU, connected", "idle cpu, connected", lambda value: f"{value:.2%}"),
        ("binary MB", "binary", lambda value: f"{value / 1e6:.2f}"),
    ]
    rows, keys = [], [(server.key, server.title) for server in shown]
    if view.figure("hello-native", "start") is not None:
        keys.append(("hello-native", "Samples/Hello, native"))
    for key, title in keys:
        numbers = [(show, view.figure(key, what)) for _, what, show in columns]
        rows.append([title] + ["–" if number is None else show(number) for show, number in numbers])
    note = ("Idle CPU is a share of one processor. Bytes per idle connection: what resident memory grew by, without "
            "the kernel's part, with connections that have had one answer each. Binary: the one file of a native "
            "program, all that is published for JIT, without the runtime.")
    return _rows(["server"] + [head for head, _, _ in columns], rows) + "\n\n" + note


def _targets(plan, view, shown):
    ours = [server for server in shown if server.is_ours]
    if not ours:
        return "None of ours was measured."
    titles = {work.key: work.title for work in works.WORKS}
    rows, met, told = [], 0, 0
    for target in targets.TARGETS:
        bound = ">=" if target.at_least else "<="
        cells = [titles.get(target.work, target.work), target.title, f"{bound} {target.show(target.limit)}"]
        for server in ours:
            if server.kind not in target.kinds:
                cells.append("–")
                continue
            value = target.value(view, server.key)
            is_noisy = value is not None and target.work in titles and view.is_noisy(server.key, target.work)
            mark = "~" if is_noisy else ""
            cells.append(mark + targets.verdict(target, value))
            told += value is not None
            met += value is not None and targets.is_met(target, value)
        rows.append(cells)
    text = _rows(["work", "figure", "target"] + [server.title for server in ours], rows)
    return text + (
        f"\n\n{met} of {told} are met. Kestrel minimal API means the one of the same kind, native or JIT. Measured "
        "elsewhere: the router (`Matching/matching.py`), 0 bytes allocated per request (AllocationTests in "
        "Waymark.Wire.Tests), the generator (`Generation`). No program here has JSON, TLS and all middleware at once.")


def _details(plan, results, view, shown):
    parts = []
    for work in plan.works:
        rows = [_detail(results, view, server, work) for server in shown
                if results.samples.get((server.key, work.key))]
        if rows:
            parts.append(f"### {work.title}\n\n" + _rows(
                ["server", "req/s (min-max)", "CPU us (min-max)", "p50 us", "p99 us (min-max)", "max ms",
                 "CPU / Kestrel", "CPU / floor", "generator busy", "head, octets", "noisy", "errors"], rows))
    return "\n\n".join(parts)


def _detail(results, view, server, work):
    runs = view.runs(server.key, work.key)
    samples = results.samples[server.key, work.key]

    def spread(field, show):
        values = [getattr(sample, field) for sample in runs]
        return f"{show(view.median(server.key, work.key, field))} ({show(min(values))}-{show(max(values))})"

    def against(other):
        value = targets.ratio(view.median(server.key, work.key, "cpu_us"), view.median(other, work.key, "cpu_us"))
        return "–" if value is None else f"{value:.2f}"

    errors = {}
    for sample in samples:
        for name, count in sample.errors.items():
            errors[name] = errors.get(name, 0) + count if isinstance(count, int) else count
    return [
        server.title, spread("rate", lambda value: f"{value:,.0f}"),
        spread("cpu_us", lambda value: _show("cpu_us", value)),
        f"{view.median(server.key, work.key, 'p50_us'):,.0f}", spread("p99_us", lambda value: f"{value:,.0f}"),
        f"{max(sample.max_us for sample in runs) / 1000:.1f}", against(server.peer), against("floor"),
        f"{view.median(server.key, work.key, 'client_share'):.0%}",
        str(results.heads.get(server.key, {}).get(work.key, "–")),
        f"{sum(1 for sample in samples if sample.noise)} of {len(samples)}",
        ", ".join(f"{name}: {count}" for name, count in errors.items()) or "0",
    ]
