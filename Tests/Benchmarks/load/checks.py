"""Before the clock runs: every server gives the same status and body to a work, or the figures compare nothing."""
import http.client
import io
import socket

import works


class _Received:
    """What http.client reads an answer from."""

    def __init__(self, octets):
        self._octets = octets

    def makefile(self, _):
        return io.BytesIO(self._octets)


def check(server, selected):
    """Ends the script where an answer differs.

    Gives out how many octets the head of each answer has, by work, and remarks on what costs a server time unasked.
    """
    heads, remarks = {}, []
    for work in selected:
        if not server.answers(work):
            continue
        octets = _exchange(server.port, works.request(work, server.port), work)
        answer = http.client.HTTPResponse(_Received(octets))
        answer.begin()
        body = answer.read()
        if answer.status != 200 or body != work.answer:
            raise SystemExit(f"{server.key} answers {work.title} with {answer.status} and {len(body)} octets "
                             f"{body[:80]!r}; it must be 200 and {work.answer[:80]!r}")
        for field in ("Date", "Content-Type"):
            if answer.getheader(field) is None:
                raise SystemExit(f"{server.key} answers {work.title} without {field}")
        heads[work.key] = octets.index(b"\r\n\r\n") + 4
        if (answer.getheader("Connection") or "").lower() == "close" and not work.closes:
            remarks.append(f"{server.title} ends the connection after each answer to {work.title}.")
    return heads, remarks


def _exchange(port, request, work):
    """Sends the request and reads one answer, whole: to its length, its last chunk, or the end of the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(request[:65536])
        rest, received = request[65536:], b""
        # A server that echoes piece by piece stops reading once nobody takes the answer: both ways in turn.
        client.setblocking(False)
        while True:
            if rest:
                rest = rest[_sent(client, rest[:65536]):]
            received += _received(client, wait=not rest)
            if _is_whole(received) and (not work.closes or _is_closed(client)):
                return received


def _sent(client, octets):
    try:
        return client.send(octets)
    except BlockingIOError:
        return 0


def _received(client, wait):
    client.settimeout(10 if wait else 0.001)
    try:
        octets = client.recv(1 << 20)
    except (socket.timeout, BlockingIOError):
        if wait:
            raise SystemExit("an answer did not come within 10 s")
        return b""
    finally:
        client.setblocking(False)
    if not octets:
        raise SystemExit("a connection ended before its answer did")
    return octets


def _is_closed(client):
    """True, or an error after 10 s: who was told to close must do so, or the generator would wait for it."""
    client.settimeout(10)
    return client.recv(1) == b""


def _is_whole(received):
    head, mark, body = received.partition(b"\r\n\r\n")
    if not mark:
        return False
    if b"transfer-encoding: chunked" in head.lower():
        return body.endswith(b"0\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.split(b":")[1])
    raise SystemExit(f"an answer has neither a length nor chunks: {head!r}")
