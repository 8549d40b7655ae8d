"""What the clients of the soak do: each a function of a random source and an address, with its weight."""
import time

from strict import Client, check

HOST = b"Host: localhost\r\n"
SCENARIOS = []


def scenario(weight):
    def register(function):
        SCENARIOS.append((function, weight))
        return function
    return register


# ---- right requests: (method, octets, what is expected) ----

def get(path, method="GET", fields=b""):
    return f"{method} {path} HTTP/1.1\r\n".encode() + HOST + fields + b"\r\n"


def post(path, body, fields=b""):
    return get(path, "POST", fields + b"Content-Length: %d\r\n" % len(body)) + body


def chunked(path, body, source, fields=b"", trailers=b""):
    parts, at = [], 0
    while at < len(body):
        size = source.randint(1, max(1, len(body) // 3))
        part = body[at:at + size]
        extension = source.choice([b"", b"", b";a=b", b';q="x y"'])
        parts.append(b"%x%s\r\n%s\r\n" % (len(part), extension, part))
        at += size
    return (get(path, "POST", fields + b"Transfer-Encoding: chunked\r\n") + b"".join(parts) + b"0\r\n"
            + trailers + b"\r\n")


def random_request(source):
    """One right request: its method, its octets, the expected status and body (None: any)."""
    body = source.randbytes(source.choice([0, 1, 100, 5000, 40000]))
    word = "".join(source.choice("abcdefghij") for _ in range(source.randint(1, 12)))
    return source.choice([
        lambda: ("GET", get("/hello"), 200, b"hello world\n"),
        lambda: ("GET", get("/"), 200, b"OK"),
        lambda: ("HEAD", get("/hello", "HEAD"), 200, b""),
        lambda: ("OPTIONS", get("/", "OPTIONS"), None, None),
        lambda: ("GET", get("/chunked"), 200, b"part0\npart1\npart2\n"),
        lambda: ("GET", get(f"/p/{word}/x%20y"), 200, f"{word}/x y".encode()),
        lambda: ("GET", get(f"/seg/{word}/end"), 200, f"[{word}]".encode()),
        lambda: ("GET", get(f"/q?a=1&{word}=2&a=3"), 200, b"1" if word == "a" else b"2"),
        lambda: ("GET", get(f"/hdr?v={word}"), 200, b"hdr"),
        lambda: ("GET", get(f"/hdr?v=a%0D%0Ab{word}"), 500, None),
        lambda: ("GET", get(f"/redir?to=/{word}"), 302, b""),
        lambda: ("GET", get("/s/204"), 204, b""),
        lambda: ("GET", get("/s/503"), 503, b""),
        lambda: ("GET", get("/throw"), 500, None),
        lambda: ("GET", get(f"/none/{word}"), 404, None),
        lambda: ("DELETE", get("/", "DELETE"), 405, None),
        lambda: ("BREW", get("/", "BREW"), None, None),
        lambda: ("GET", get("/hello", fields=b"Expect: nonsense\r\n"), 417, None),
        lambda: ("GET", get("/hello", fields=b"Connection: Upgrade\r\nUpgrade: websocket\r\n"), 200, b"hello world\n"),
        lambda: ("GET", get(f"/big?n={len(body)}"), 200, b"x" * len(body)),
        lambda: ("GET", get(f"/slow?ms={source.randint(0, 30)}"), 200, b"slow"),
        lambda: ("POST", post("/", body), 200, body),
        lambda: ("POST", chunked("/", body, source), 200, body),
        lambda: ("POST", post("/len", body), 200, b"%d" % len(body)),
        lambda: ("POST", chunked("/len", body, source), 200, b"%d" % len(body)),
        lambda: ("POST", post("/noread", body), 200, b"noread"),
        lambda: ("POST", chunked("/trailers", body, source, b"Trailer: X-T\r\n", b"X-T: " + word.encode() + b"\r\n"),
                 200, f"len={len(body)}\nX-T: {word}\n".encode()),
    ])()


def check_answer(answer, request):
    method, data, status, body = request
    what = data.split(b"\r\n", 1)[0].decode()
    if status is None:
        check(answer.status in (200, 204, 405, 501), f"{what}: {answer.status}")
    else:
        check(answer.status == status, f"{what}: {answer.status} instead of {status}")
    if body is not None:
        check(answer.body == body, f"{what}: {len(answer.body)} octets {answer.body[:60]!r} for {len(body)}")
    check(b"secret" not in answer.body, f"{what}: tells of the exception")
    if method == "HEAD":
        check(answer.fields["content-length"] == "12", f"{what}: a length of {answer.fields['content-length']}")


@scenario(30)
def kept(source, address):
    with Client(address) as client:
        for _ in range(source.randint(1, 20)):
            request = random_request(source)
            client.send(request[1])
            answer = client.answer(request[0])
            check_answer(answer, request)
            check(not client.rest, "octets that nobody asked for")
            if not answer.goes_on:
                client.ended()
                return
        if source.random() < 0.3:
            client.reset()


@scenario(15)
def pipelined(source, address):
    requests = [random_request(source) for _ in range(source.randint(2, 12))]
    # All is sent before anything is read, so it has to fit into the sockets' buffers.
    while sum(len(request[1]) for request in requests) > 60000:
        requests.pop()
    with Client(address) as client:
        client.send(b"".join(request[1] for request in requests))
        for request in requests:
            answer = client.answer(request[0])
            check_answer(answer, request)
            if not answer.goes_on:
                client.ended()
                return
        check(not client.rest, "octets that nobody asked for")


@scenario(10)
def in_slow_bits(source, address):
    request = random_request(source)
    data = request[1]
    with Client(address) as client:
        at = 0
        for _ in range(source.randint(2, 12)):
            size = source.randint(1, max(1, min(len(data) - at, 40)))
            client.send(data[at:at + size])
            at += size
            time.sleep(source.random() * 0.01)
            if at >= len(data):
                break
        client.send(data[at:])
        check_answer(client.answer(request[0]), request)


@scenario(5)
def waits_to_continue(source, address):
    body = source.randbytes(source.randint(1, 3000))
    with Client(address) as client:
        client.send(get("/len", "POST", b"Expect: 100-continue\r\nContent-Length: %d\r\n" % len(body)))
        check(client.head()[0] == 100, "no 100")
        client.send(body)
        answer = client.answer()
        check(answer.body == b"%d" % len(body), f"{answer.status} {answer.body[:60]!r} for {len(body)} octets")


@scenario(5)
def of_version_1_0(source, address):
    with Client(address) as client:
        client.send(b"GET %s HTTP/1.0\r\n\r\n" % source.choice([b"/hello", b"/chunked"]))
        answer = client.answer()
        check(answer.status == 200 and answer.body in (b"hello world\n", b"part0\npart1\npart2\n"), "1.0: wrong answer")
        client.ended()


# ---- half-closed ----

@scenario(8)
def ends_behind_a_request(source, address):
    request = random_request(source)
    with Client(address) as client:
        client.send(request[1])
        client.end()
        check_answer(client.answer(request[0]), request)
        client.ended()


@scenario(8)
def ends_in_the_middle(source, address):
    whole = source.choice([get("/hello"), post("/len", b"x" * 500), chunked("/len", b"x" * 500, source)])
    with Client(address) as client:
        client.send(whole[:source.randint(0, len(whole) - 1)])
        client.end()
        if client.receive():
            check(client.answer().status == 400, "half a request was answered")
            client.ended()


# ---- aborted ----

@scenario(8)
def resets_in_the_request(source, address):
    whole = source.choice([get("/hello"), post("/", b"x" * 30000), post("/len", b"x" * 30000),
                           chunked("/len", b"x" * 30000, source)])
    client = Client(address)
    client.send(whole[:source.randint(0, len(whole))])
    if source.random() < 0.5:
        time.sleep(source.random() * 0.02)
    client.reset()


@scenario(8)
def leaves_in_the_answer(source, address):
    path, reads = source.choice([("/big?n=3000000", 3), ("/slow?ms=50", 0), ("/chunked", 1)])
    client = Client(address)
    client.send(get(path))
    for _ in range(source.randint(0, reads)):
        client.receive()
    if source.random() < 0.5:
        client.reset()
    client.socket.close()


# ---- refused ----

REFUSED = [
    (b"GET / HTTP/1.1\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    (b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    (b"GET / HTTP/1.1\nHost: a\n\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400),
    (b"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400), (b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505), (b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", (405, 501)),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400), (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 505)),
    (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 101 + b"\r\n", 431),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 33000 + b"\r\n\r\n", 431),
    (b"POST /len HTTP/1.1\r\nHost: a\r\nContent-Length: 30000001\r\n\r\n", 413),
    (b"POST /len HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx", 400),
    (b"POST /len HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    (b"POST /len HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    (b"POST /len HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n", 400),
    (b"POST /len HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n", 400),
    (b"POST /len HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"e" * 300 + b"\r\nx\r\n0\r\n\r\n",
     400),
]


@scenario(15)
def refused(source, address):
    data, status = source.choice(REFUSED)
    with Client(address) as client:
        before = source.randint(0, 2)
        client.send(get("/hello") * before + data)
        for _ in range(before):
            check(client.answer().body == b"hello world\n", "a right request before a wrong one")
        answer = client.answer()
        wanted = status if isinstance(status, tuple) else (status,)
        check(answer.status in wanted, f"{data[:60]!r}: {answer.status} instead of {status}")
        check(not answer.goes_on, f"{data[:60]!r}: goes on")
        if source.random() < 0.5:
            client.end()
        client.ended()


@scenario(3)
def says_nothing(source, address):
    client = Client(address)
    if source.random() < 0.5:
        time.sleep(source.random() * 0.05)
    if source.random() < 0.5:
        client.reset()
    client.socket.close()


@scenario(3)
def large(source, address):
    count = source.randint(100000, 2000000)
    with Client(address) as client:
        client.send(get(f"/big?n={count}"))
        check(client.answer().body == b"x" * count, "a large answer")
        client.send(post("/len", bytes(count)))
        check(client.answer().body == b"%d" % count, "a large body")
