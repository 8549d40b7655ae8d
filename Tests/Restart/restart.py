#!/usr/bin/env python3
"""Restarts a server under load, again and again, and counts what its clients lost. See README.md beside it."""
import argparse
import collections
import errno
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
REQUEST_LAST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
READY_SECONDS = 30
STOP_SECONDS = 45
CLIENT_SECONDS = 20


# ---- the load ----

def read_answer(connection):
    """Reads one answer; (whether the connection goes on), or None where it ended before the first byte."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            if data:
                raise OSError(errno.EPROTO, "cut off in the head")
            return None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    if not head.startswith(b"HTTP/1.1 200 "):
        raise OSError(errno.EPROTO, head.split(b"\r\n", 1)[0].decode())
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields[b"content-length"])
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            raise OSError(errno.EPROTO, "cut off in the body")
        body += part
    return fields.get(b"connection") != b"close"


def client(address, keeps_alive, until, counts):
    """One client: a request after the other, on one connection as long as it goes on, or on a new one each."""
    connection, used = None, 0
    while not until.is_set():
        try:
            if connection is None:
                connection, used = socket.create_connection(address, CLIENT_SECONDS), 0
            connection.sendall(REQUEST if keeps_alive else REQUEST_LAST)
            goes_on = read_answer(connection)
            if goes_on is None:
                # Allowed to a server only where the connection had been idle; RFC 9112 section 9.3.1 has it retried.
                counts["closed when reused" if used else "closed without an answer"] += 1
            else:
                counts["answered"] += 1
                used += 1
            if not goes_on:
                connection.close()
                connection = None
        except OSError as e:
            kind = errno.errorcode.get(e.errno, "timeout" if isinstance(e, TimeoutError) else str(e))
            counts[f"{kind} on a {'reused' if used else 'new'} connection"] += 1
            if connection is not None:
                connection.close()
            connection = None


def load(address, threads, until, results):
    counts = collections.Counter()
    clients = [
        threading.Thread(target=client, args=(address, index % 2 == 0, until, counts)) for index in range(threads)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    results.put(dict(counts))


# ---- the servers ----

def start(command, descriptor):
    """Starts a server on a listening socket and waits until it says that it runs."""
    if descriptor == 3:
        # As systemd passes one; the shell's process id is then the server's.
        command = ["sh", "-c", 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"', "sh", *command, "fd:listen"]
    else:
        command = [*command, f"fd:{descriptor}"]
    server = subprocess.Popen(
        command, pass_fds=[descriptor], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    timer = threading.Timer(READY_SECONDS, server.kill)
    timer.start()
    try:
        for line in server.stdout:
            if b"stops" in line:
                return server
    finally:
        timer.cancel()
    raise SystemExit(f"the server ended before it was ready, with {server.wait()}")


def stop(server, outcome):
    begun = time.monotonic()
    server.send_signal(signal.SIGTERM)
    try:
        code = server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        code = "killed"
    outcome["exit codes"].append(code)
    outcome["stop seconds"].append(round(time.monotonic() - begun, 2))


def bind(port, shares_port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shares_port:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("127.0.0.1", port))
    return listener


def start_on(command, make_listener):
    """Starts a server on a socket; where that is made for it alone, nobody else keeps it open."""
    listener, is_shared = make_listener()
    try:
        return start(command, listener if isinstance(listener, int) else listener.fileno())
    finally:
        if not is_shared:
            listener.close()


def restart(command, rounds, seconds, make_listener, on_ready=lambda: None):
    """Each round: a new server is ready, then the old one stops. Returns the last one as well."""
    outcome = {"exit codes": [], "stop seconds": []}
    server = start_on(command, make_listener)
    on_ready()
    for _ in range(rounds):
        time.sleep(seconds)
        successor = start_on(command, make_listener)
        stop(server, outcome)
        server = successor
    time.sleep(seconds)
    return outcome, server


# ---- the modes ----

class Load:
    """Clients in four processes, half of them with connections that are kept."""

    def __init__(self, address, clients):
        self.until = multiprocessing.Event()
        self.results = multiprocessing.Queue()
        self.processes = [
            multiprocessing.Process(target=load, args=(address, clients // 4, self.until, self.results))
            for _ in range(4)]

    def start(self):
        for one in self.processes:
            one.start()

    def stop(self):
        self.until.set()
        counts = collections.Counter()
        for _ in self.processes:
            counts.update(self.results.get(timeout=60))
        for one in self.processes:
            one.join()
        return counts


def run_held(options):
    """Started by systemd-socket-activate: the socket is descriptor 3, and stays open here over all restarts."""
    outcome, server = restart(options.command, options.rounds, options.seconds, lambda: (3, True))
    print(json.dumps(outcome), flush=True)
    sys.stdin.read()
    stop(server, outcome)


def run_systemd(options):
    with bind(0, shares_port=False) as free:
        address = free.getsockname()
    holder = subprocess.Popen(
        ["systemd-socket-activate", "-l", f"{address[0]}:{address[1]}", sys.executable, os.path.abspath(__file__),
         "--hold", "--rounds", str(options.rounds), "--seconds", str(options.seconds), "--", *options.command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    while True:
        try:
            socket.create_connection(address, CLIENT_SECONDS).close()
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    clients = Load(address, options.clients)
    clients.start()
    outcome = next((json.loads(line) for line in holder.stdout if line.startswith(b"{")), None)
    counts = clients.stop()
    holder.stdin.close()
    holder.wait(STOP_SECONDS)
    return outcome, counts


def run_here(options, shares_port):
    reserved = bind(0, shares_port)
    address = reserved.getsockname()

    def make():
        if not shares_port:
            return reserved, True
        listener = bind(address[1], shares_port=True)
        listener.listen(4096)
        return listener, False

    if not shares_port:
        reserved.listen(4096)
    clients = Load(address, options.clients)
    outcome, server = restart(options.command, options.rounds, options.seconds, make, clients.start)
    counts = clients.stop()
    stop(server, outcome)
    return outcome, counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=["fd", "systemd", "reuseport"], default="fd")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=1.0, help="of load between two restarts")
    parser.add_argument("--clients", type=int, default=60)
    parser.add_argument("--hold", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="+", help="the server; it gets its address as the last argument")
    options = parser.parse_args()
    if options.hold:
        run_held(options)
        return 0

    if options.mode == "systemd":
        outcome, counts = run_systemd(options)
    else:
        outcome, counts = run_here(options, options.mode == "reuseport")
    print(json.dumps({"mode": options.mode, "clients": counts, **(outcome or {})}))
    lost = {kind: count for kind, count in counts.items() if kind not in ("answered", "closed when reused")}
    print("lost:", lost or "nothing")
    return 0 if outcome and not lost and set(outcome["exit codes"]) == {0} else 1


if __name__ == "__main__":
    sys.exit(main())
