"""The targets, and what was measured of them."""
import collections
import statistics

import works

# value(view, server): a number, or None where it was not measured. show: how it is printed. kinds: who is meant.
Target = collections.namedtuple("Target", "work title limit at_least value show kinds")


class View:
    """Medians of results; of the quiet runs alone where there are any."""

    def __init__(self, results, peers):
        self._results, self._peers = results, peers

    def runs(self, server, work):
        samples = self._results.samples.get((server, work), [])
        quiet = [sample for sample in samples if not sample.noise]
        return quiet or samples

    def is_noisy(self, server, work):
        return any(sample.noise for sample in self.runs(server, work))

    def median(self, server, work, field):
        runs = self.runs(server, work)
        return statistics.median(getattr(sample, field) for sample in runs) if runs else None

    def figure(self, server, what):
        numbers = self._results.figures.get((server, what))
        return statistics.median(numbers) if numbers else None

    def peer(self, server):
        return self._peers[server]


def ratio(ours, theirs):
    return None if ours is None or not theirs else ours / theirs


def _against_peer(work, field):
    return lambda view, server: ratio(
        view.median(server, work, field), view.median(view.peer(server), work, field))


def _against_floor(work):
    return lambda view, server: ratio(view.median(server, work, "cpu_us"), view.median("floor", work, "cpu_us"))


def _figure(what):
    return lambda view, server: view.figure(server, what)


def _figure_against_peer(what):
    return lambda view, server: ratio(view.figure(server, what), view.figure(view.peer(server), what))


def _grown_per_connection(view, server):
    grown = view.figure(server, "growth in echo1m")
    connections = next(work.connections for work in works.WORKS if work.key == "echo1m")
    return None if grown is None else max(0, grown) / connections


def _times(value):
    return f"{value:.2f} x"


def _kib(value):
    return f"{value / 1024:.1f} KiB"


def _target(work, title, limit, value, show=_times, at_least=False, kinds=("native", "jit")):
    return Target(work, title, limit, at_least, value, show, kinds)


def _cpu(work, limit):
    return _target(work, "CPU per request / Kestrel minimal API", limit, _against_peer(work, "cpu_us"))


def _floor(work, limit):
    return _target(work, "CPU per request / C epoll floor", limit, _against_floor(work))


TARGETS = [
    _cpu("plain", 0.48), _floor("plain", 1.10),
    _cpu("plain512", 0.48), _floor("plain512", 1.10),
    _target("pipelined", "requests/s / Kestrel minimal API", 4.0, _against_peer("pipelined", "rate"), at_least=True),
    _floor("pipelined", 1.20),
    _cpu("json", 0.50), _cpu("user", 0.50), _cpu("echo1k", 0.50),
    _cpu("close", 0.55),
    _cpu("echo1m", 0.35),
    _target("echo1m", "memory grown, per connection", 256 * 1024, _grown_per_connection, _kib),
    _cpu("large", 0.65),
    _target("one", "p50 / Kestrel minimal API", 0.85, _against_peer("one", "p50_us")),
    _cpu("one", 1.0),
    _target("idle", "CPU, share of a processor", 0.001, _figure("idle cpu"), lambda value: f"{value:.2%}"),
    _target("idle", "the same, with the idle connections", 0.001, _figure("idle cpu, connected"),
            lambda value: f"{value:.2%}"),
    _target("idle", "memory for each idle connection", 4096, _figure("bytes per connection"), _kib),
    _target("64 connections", "resident after load / Kestrel native", 0.40,
            _figure_against_peer("resident after plain"), kinds=("native",)),
    _target("start", "to the first 200 / Kestrel minimal API", 0.60, _figure_against_peer("start"), kinds=("native",)),
    _target("start", "to the first 200", 20.0, _figure("start"), lambda value: f"{value:.1f} ms", kinds=("native",)),
    _target("size", "Samples/Hello, native, stripped", 3_000_000,
            lambda view, _: view.figure("hello-native", "binary"), lambda value: f"{value / 1e6:.2f} MB",
            kinds=("native",)),
]


def is_met(target, value):
    return value >= target.limit if target.at_least else value <= target.limit


def verdict(target, value):
    """The measured value, and by how much a target is missed."""
    if value is None:
        return "not measured"
    if is_met(target, value):
        return f"{target.show(value)}, met"
    return f"**{target.show(value)}, missed** by {abs(value / target.limit - 1):.0%}"
