"""What is asked of every server, and what each must answer."""
import collections

HELLO = b"Hello, world!\n"
OCTETS = bytes(range(256))
KIB = OCTETS * 4
MIB = KIB * 1024

Work = collections.namedtuple("Work", "key title method path body answer connections depth closes by_wrk")


def _get(key, title, path, answer, connections=64, depth=1, closes=False):
    return Work(key, title, "GET", path, b"", answer, connections, depth, closes, True)


def _echo(key, title, body, connections):
    return Work(key, title, "POST", "/echo", body, body, connections, 1, False, False)


WORKS = [
    _get("plain", "plaintext, 64 connections", "/", HELLO),
    _get("plain512", "plaintext, 512 connections", "/", HELLO, connections=512),
    _get("pipelined", "plaintext, pipelined 16", "/", HELLO, depth=16),
    _get("json", "JSON object", "/json", b'{"text":"Hello, world!"}'),
    _get("user", "/users/:id, an int, JSON", "/users/42", b'{"id":42,"name":"Ada"}'),
    _echo("echo1k", "POST echo 1 KiB", KIB, 64),
    _echo("echo1m", "POST echo 1 MiB, 16 connections", MIB, 16),
    _get("large", "64 KiB answer", "/large", b"x" * 65536),
    _get("close", "Connection: close", "/", HELLO, closes=True),
    _get("one", "one connection", "/", HELLO, connections=1),
]


def request(work, port):
    """As few octets as wrk sends, so that both generators ask alike."""
    head = f"{work.method} {work.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    if work.closes:
        head += "Connection: close\r\n"
    if work.body:
        head += f"Content-Length: {len(work.body)}\r\n"
    return head.encode() + b"\r\n" + work.body


def select(names):
    """The works of a list of keys, or all of them."""
    keys = [key for key in (names or "").split(",") if key]
    unknown = set(keys) - {work.key for work in WORKS}
    if unknown:
        raise SystemExit(f"No such work: {', '.join(sorted(unknown))}; "
                         f"there are {', '.join(work.key for work in WORKS)}.")
    return [work for work in WORKS if not keys or work.key in keys]
