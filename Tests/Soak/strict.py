"""A client that reads answers strictly: RFC 9112, and nothing beyond it is let pass."""
import re
import socket
import struct
import time

TIMEOUT_SECONDS = 30

# The server gives a body 5 s before it asks for 240 B/s, and a head 10 s.
LATE_SECONDS = 4
STATUS_LINE = re.compile(rb"HTTP/1\.1 ([1-5][0-9][0-9]) [\x20-\x7e]*")
FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?")
CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}")


class Wrong(Exception):
    """The server has answered what it must not."""


class Late(Exception):
    """This client was kept from going on for so long that the server has cut it rightly."""


def check(is_so, text):
    if not is_so:
        raise Wrong(text)


class Answer:
    def __init__(self, status, fields, body, goes_on):
        self.status, self.fields, self.body, self.goes_on = status, fields, body, goes_on


class Client:
    """One connection."""

    def __init__(self, address):
        self.socket = socket.create_connection(address, TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""
        self.begun = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def end(self):
        """FIN: nothing more will be sent."""
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def receive(self):
        part = self.socket.recv(65536)
        self.rest += part
        return part

    def line(self):
        while b"\r\n" not in self.rest:
            check(len(self.rest) < 65536, "a line of 64 KiB")
            check(self.receive(), f"the connection ended within a line: {self.rest[:80]!r}")
        line, self.rest = self.rest.split(b"\r\n", 1)
        return line

    def take(self, count):
        parts, missing = [], count
        while missing > 0:
            part, self.rest = self.rest[:missing], self.rest[missing:]
            parts.append(part)
            missing -= len(part)
            if missing > 0:
                check(self.receive(), f"the connection ended {missing} octets before the end of a body")
        return b"".join(parts)

    def answer(self, method="GET"):
        """The next final answer; those of 1xx before it are skipped."""
        while True:
            status, fields = self.head()
            if status >= 200:
                break
            check("content-length" not in fields, "1xx with a length")
        goes_on = "close" not in fields.get("connection", "")
        check("date" in fields, "no Date")
        if status == 408 and time.monotonic() - self.begun > LATE_SECONDS:
            raise Late
        if method == "HEAD" or status in (204, 304):
            body = b""
        elif fields.get("transfer-encoding") == "chunked":
            check("content-length" not in fields, "both a length and chunks")
            body = self.chunks()
        elif "content-length" in fields:
            check(fields["content-length"].isdigit(), "a length that is no number")
            body = self.take(int(fields["content-length"]))
        else:
            check(not goes_on, "no framing on a connection that goes on")
            while self.receive():
                pass
            body, self.rest = self.rest, b""
        return Answer(status, fields, body, goes_on)

    def head(self):
        line = self.line()
        match = STATUS_LINE.fullmatch(line)
        check(match, f"a status line {line[:80]!r}")
        fields = {}
        while line := self.line():
            field = FIELD.fullmatch(line)
            check(field, f"a field line {line[:80]!r}")
            name = field[1].decode().lower()
            check(name not in fields, f"{name} twice")
            fields[name] = (field[2] or b"").decode()
        return int(match[1]), fields

    def chunks(self):
        parts = []
        while True:
            size = self.line()
            check(CHUNK_SIZE.fullmatch(size), f"a chunk size {size[:40]!r}")
            if int(size, 16) == 0:
                check(self.line() == b"", "a trailer that nobody sent")
                return b"".join(parts)
            parts.append(self.take(int(size, 16)))
            check(self.line() == b"", "a chunk longer than its size")

    def ended(self):
        """Nothing follows but the end, clean or, behind an answer to broken input, by a reset."""
        check(not self.rest, f"more than the answer: {self.rest[:80]!r}")
        try:
            check(not self.receive(), f"more than the last answer: {self.rest[:80]!r}")
        except ConnectionResetError:
            pass
