"""How long honest requests take beside stuck clients: a process that asks, and the tables. See README.md."""
import multiprocessing
import socket
import struct
import time

from crowd import Playing

INTERVAL = 0.005
TIMEOUT_SECONDS = 20
NAP = 0.005


# ---- who asks ----

def open_connection(address):
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", TIMEOUT_SECONDS, 0))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.connect(address)
    return client


def ask(client, request):
    client.sendall(request)
    answer = client.recv(4096)
    while b"\r\n\r\n" not in answer:
        part = client.recv(4096)
        if not part:
            raise OSError("cut off")
        answer += part
    if not answer.startswith(b"HTTP/1.1 200"):
        raise OSError(answer[:12].decode("latin1"))


class Asker:
    """Asks by turns on a new connection and on one that is kept, at fixed times.

    A request whose turn came while the one before was slow counts from its turn on: who is served late counts for all
    that would have come meanwhile.
    """

    def __init__(self, address, path):
        self.address = address
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n".encode()
        self.kept_request, self.new_request = head + b"\r\n", head + b"Connection: close\r\n\r\n"
        self.kept = None

    def ask_new(self):
        client = open_connection(self.address)
        try:
            ask(client, self.new_request)
        finally:
            client.close()

    def ask_kept(self):
        if self.kept is None:
            self.kept = open_connection(self.address)
        try:
            ask(self.kept, self.kept_request)
        except OSError:
            self.kept.close()
            self.kept = None
            raise

    def run(self, until):
        kinds = [("new", self.ask_new), ("kept", self.ask_kept)]
        times, failed, turn = {"new": [], "kept": []}, [], 0
        planned = time.perf_counter()
        while not until.is_set():
            name, act = kinds[turn % 2]
            turn += 1
            now = time.perf_counter()
            if now < planned:
                time.sleep(planned - now)
                now = time.perf_counter()
            begun = planned if now - planned > INTERVAL else now
            try:
                act()
                times[name].append((time.perf_counter() - begun) * 1000)
            except OSError as failure:
                failed.append(f"{name}: {failure}")
            planned += INTERVAL
        return times, failed


def measure(report, address, path, until):
    report.send(Asker(address, path).run(until))


def ask_while(address, path, is_over):
    """Asks in a process of its own until `is_over()`; what that took, and how late naps of this process ended."""
    until = multiprocessing.Event()
    report, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=measure, args=(there, address, path, until), daemon=True)
    process.start()
    late = []
    while not is_over():
        begun = time.perf_counter()
        time.sleep(NAP)
        late.append((time.perf_counter() - begun - NAP) * 1000)
    until.set()
    times, failed = report.recv()
    process.join(10)
    return times, failed, late


# ---- what is printed ----

def quantiles(values):
    values = sorted(values) or [float("nan")]
    return [values[min(len(values) - 1, int(len(values) * q))] for q in (0.5, 0.99, 0.999)] + [values[-1]]


def row(name, result):
    times, failed, late = result
    cells = [" / ".join(f"{value:.2f}" for value in quantiles(times[kind])) for kind in ("new", "kept")]
    count = len(times["new"]) + len(times["kept"])
    print(f"| {name} | {cells[0]} | {cells[1]} | {count} | {len(failed)} | {quantiles(late)[1]:.1f} |", flush=True)
    for failure in failed[:3]:
        print(f"failed: {failure}", flush=True)
    return len(failed)


def resident(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/status") as status:
            total += next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))
    return total


def kernel_bytes():
    """What all TCP sockets of the machine hold, both ends of each."""
    with open("/proc/net/sockstat") as table:
        line = next(line for line in table if line.startswith("TCP:")).split()
    return int(line[line.index("mem") + 1]) * 4096


def after(seconds):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def beside(options, name, seconds, **crowd):
    """One table: alone, while the crowd comes, and beside it. Returns how many honest requests failed."""
    address = (options.host, options.port)
    print(f"\n{crowd['count']} clients that {name}; milliseconds: p50 / p99 / p99.9 / most\n")
    print("| beside | new connection | kept connection | requests | failed | machine late, p99 |\n"
          "|---|---|---|---|---|---|")
    failed = row("nothing", ask_while(address, options.path, after(options.alone)))
    before, kernel_before = resident(options.pid), kernel_bytes()
    playing = Playing(address, **crowd)
    limit = after(60)
    failed += row("while they come", ask_while(
        address, options.path, lambda: playing.held.value >= crowd["count"] or limit()))
    held = playing.held.value
    failed += row(f"{held} of them", ask_while(address, options.path, after(seconds)))
    grown, kernel = resident(options.pid) - before, kernel_bytes() - kernel_before
    ages, statuses, refused = playing.stop()
    cut = f"{len(ages)} were cut, {ages[0]:.1f} to {ages[-1]:.1f} s old" if ages else "none was cut"
    print(f"\n{cut}; answers {statuses}; {refused} got no connection. A connection has "
          + (f"{grown / held:.0f} bytes of the server's memory and " if options.pid else "")
          + f"{kernel / held:.0f} of the kernel's (both ends).", flush=True)
    return failed


def run(options):
    head = f"GET {options.path} HTTP/1.1\r\nHost: localhost\r\n".encode()
    failed = 0
    if "drip" in options.of:
        failed += beside(options, "send an octet of a head now and then", options.seconds,
                         count=options.count, first=head + b"X-Slow: ", drip=b"x", every=options.every)
    if "deaf" in options.of:
        large = f"GET {options.large} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        failed += beside(options, "never read a large answer", max(options.seconds, 45),
                         count=options.deaf, first=large, reads=False)
    return failed
