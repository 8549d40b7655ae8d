"""Thousands of stuck clients in one process each, cheap enough to leave the machine to the server. See README.md."""
import collections
import errno
import multiprocessing
import resource
import select
import socket
import time

ADDRESSES = 16
IP_BIND_ADDRESS_NO_PORT = 24
OPENS_A_SECOND = 2000
RECEIVE_BYTES = 16384


class Crowd:
    """Keeps a number of connections open, each of which sends `first`, and then `drip` every few seconds.

    One that is cut is noted with its age and opened anew. With `reads` false nothing is ever read, so that only a reset
    or an end that overtakes the answer is seen; the receive buffer is small then.
    """

    def __init__(self, address, count, first, drip=b"", every=5.0, reads=True):
        self.address, self.count, self.first, self.drip, self.every, self.reads = (
            address, count, first, drip, every, reads)
        self.poll = select.epoll()
        self.open = {}
        self.drips = collections.deque()
        self.number = 0
        self.ages, self.statuses, self.refused = [], collections.Counter(), 0

    def run(self, until, held):
        allowance, last = 0.0, time.monotonic()
        while not until.is_set():
            now = time.monotonic()
            allowance = min(allowance + (now - last) * OPENS_A_SECOND, OPENS_A_SECOND / 20)
            last = now
            while allowance >= 1 and len(self.open) < self.count:
                allowance -= 1
                self.connect(now)
            self.send_drips(now)
            held.value = len(self.open)
            for descriptor, events in self.poll.poll(0.01):
                self.look(descriptor, events)

    def connect(self, now):
        client = socket.socket()
        client.setblocking(False)
        if not self.reads:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        # Many clients from one address run out of ports, which stay taken for a minute behind each that was cut.
        client.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        self.number += 1
        client.bind((f"127.0.0.{2 + self.number % ADDRESSES}", 0))
        if client.connect_ex(self.address) not in (0, errno.EINPROGRESS):
            self.refused += 1
            client.close()
            return
        self.open[client.fileno()] = [client, now, False]
        self.poll.register(client.fileno(), select.EPOLLOUT)

    def send_drips(self, now):
        while self.drips and self.drips[0][0] <= now:
            _, descriptor, entry = self.drips.popleft()
            if self.open.get(descriptor) is not entry:
                continue
            try:
                entry[0].send(self.drip)
            except OSError:
                self.cut(descriptor)
                continue
            self.drips.append((now + self.every, descriptor, entry))

    def look(self, descriptor, events):
        entry = self.open.get(descriptor)
        if entry is None:
            return
        client, begun, is_begun = entry
        if events & (select.EPOLLERR | select.EPOLLHUP) and not is_begun:
            self.refused += 1
            self.close(descriptor)
        elif not is_begun:
            entry[2] = True
            client.send(self.first)
            self.poll.modify(descriptor, select.EPOLLRDHUP | (select.EPOLLIN if self.reads else 0))
            if self.drip:
                self.drips.append((begun + self.every, descriptor, entry))
        elif not self.reads:
            self.cut(descriptor)
        else:
            self.read(descriptor, client)

    def read(self, descriptor, client):
        try:
            data = client.recv(4096)
            if data.startswith(b"HTTP/1."):
                self.statuses[data[9:12].decode("latin1")] += 1
            if data:
                return
        except BlockingIOError:
            return
        except OSError:
            self.statuses["reset"] += 1
        self.cut(descriptor)

    def cut(self, descriptor):
        self.ages.append(time.monotonic() - self.open[descriptor][1])
        self.close(descriptor)

    def close(self, descriptor):
        self.open.pop(descriptor)[0].close()


def play(report, address, arguments, until, held):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    crowd = Crowd(address, **arguments)
    try:
        crowd.run(until, held)
    except KeyboardInterrupt:
        pass
    report.send((sorted(crowd.ages), dict(crowd.statuses), crowd.refused))


class Playing:
    """A crowd in a process of its own."""

    def __init__(self, address, **arguments):
        self.until, self.held = multiprocessing.Event(), multiprocessing.Value("i", 0)
        self.report, there = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.Process(
            target=play, args=(there, address, arguments, self.until, self.held), daemon=True)
        self.process.start()

    def stop(self):
        """Ends it; the ages at which clients were cut, what they were answered, and how many got no connection."""
        self.until.set()
        result = self.report.recv()
        self.process.join(10)
        return result
