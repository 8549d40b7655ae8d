#!/usr/bin/env python3
"""Measures when a server cuts stuck clients, and what a connection costs it. See README.md beside this file."""
import argparse, asyncio, resource, socket, sys, time

import beside

HEAD = b"Host: x\r\n"


def kinds():
    """Name, what is sent at first, what is sent every second, how many bytes a second are read (None: all)."""
    post = b"POST /len HTTP/1.1\r\n" + HEAD
    chunked = post + b"Transfer-Encoding: chunked\r\n\r\n"
    big = b"GET /big?n=1000000000 HTTP/1.1\r\n" + HEAD + b"\r\n"
    return [
        ("nothing sent", b"", b"", None),
        ("head, one octet a second", b"GET / HTTP/1.1\r\nX: ", b"x", None),
        ("empty line, then silence", b"\r\n", b"", None),
        ("body, nothing", post + b"Content-Length: 100000\r\n\r\n", b"", None),
        ("body, 10 B/s", post + b"Content-Length: 100000\r\n\r\n", b"b" * 10, None),
        ("chunks, one octet a second", chunked, b"1\r\nb\r\n", None),
        ("body that nobody reads", b"POST /noread HTTP/1.1\r\n" + HEAD + b"Content-Length: 60000\r\n\r\n", b"b", None),
        ("never reading", big, b"", 0),
        ("reading 10 B/s", big, b"", 10),
        ("idle behind an answer", b"GET / HTTP/1.1\r\n" + HEAD + b"\r\n", b"", None),
    ]


def connect(args, receive_buffer=None):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.setblocking(False)
    return client


async def play(args, name, first, drip, rate):
    loop = asyncio.get_running_loop()
    client = connect(args, 16384 if rate is not None else None)
    await loop.sock_connect(client, (args.host, args.port))
    start = time.monotonic()
    status, end = "", "not cut"
    if first:
        await loop.sock_sendall(client, first)
    while time.monotonic() - start < args.seconds:
        await asyncio.sleep(0.1 if rate is None else 1)
        try:
            if rate is None:
                while data := client.recv(65536):
                    status = status or data[:12].decode("latin1")[9:]
                end = "closed"
                break
            # What lies in the client's own buffer can be read after a reset, too: its system knows better.
            if client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1) == b"\x07":
                end = "reset"
                break
            if rate > 0:
                client.recv(rate)
        except BlockingIOError:
            pass
        except ConnectionError:
            end = "reset"
            break
        if drip and int((time.monotonic() - start) * 10) % 10 == 0:
            try:
                client.send(drip)
            except (ConnectionError, BlockingIOError):
                pass
    took = time.monotonic() - start
    client.close()
    print(f"| {name} | {took:.1f} s | {status or '-'} | {end} |", flush=True)


async def cut(args):
    print("| kind | cut after | answer | how |\n|---|---|---|---|")
    await asyncio.gather(*(play(args, *kind) for kind in kinds()))


async def memory(args):
    resource.setrlimit(resource.RLIMIT_NOFILE, (args.count + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    loop = asyncio.get_running_loop()
    first = {"silent": b"", "idle": b"GET / HTTP/1.1\r\n" + HEAD + b"\r\n",
             "slow": b"GET / HTTP/1.1\r\n" + HEAD + b"X-Slow: "}[args.state]
    clients = []

    async def open_one(number):
        client = connect(args)
        # Many clients from one address run out of ports: every 5,000 have one of their own.
        client.bind((f"127.0.0.{2 + number // 5000}", 0))
        await loop.sock_connect(client, (args.host, args.port))
        if first:
            await loop.sock_sendall(client, first)
        if args.state == "idle":
            assert (await loop.sock_recv(client, 4096)).startswith(b"HTTP/1.1 200")
        clients.append(client)

    for number in range(200):
        await open_one(number)
    before, held = beside.resident(args.pid), len(clients)
    for number in range(held, args.count, 100):
        await asyncio.gather(*(open_one(n) for n in range(number, min(number + 100, args.count))))
    await asyncio.sleep(2)
    after = beside.resident(args.pid)
    print(f"{args.state}: {(after - before) / (args.count - held):.0f} bytes a connection "
          f"({before >> 20} MiB at {held}, {after >> 20} MiB at {args.count})")


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["cut", "memory", "beside"])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seconds", type=float, help="of cut: at most (90); of beside: with all there (20)")
    parser.add_argument("--pid", type=int, nargs="+", default=[], help="of the server, several for several processes")
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--state", choices=["silent", "idle", "slow"], default="idle", help="of memory")
    group = parser.add_argument_group("beside")
    group.add_argument("--of", choices=["drip", "deaf"], nargs="+", default=["drip", "deaf"])
    group.add_argument("--path", default="/hello", help="what honest clients ask for")
    group.add_argument("--large", default="/big?n=1000000000", help="what those ask for that never read")
    group.add_argument("--deaf", type=int, default=1000, help="how many never read")
    group.add_argument("--every", type=float, default=5, help="seconds between two octets of one client")
    group.add_argument("--alone", type=float, default=5, help="seconds without stuck clients")
    options = parser.parse_args()
    options.seconds = options.seconds or (90 if options.what == "cut" else 20)
    return options


if __name__ == "__main__":
    arguments = parse()
    if arguments.what == "beside":
        sys.exit(1 if beside.run(arguments) else 0)
    asyncio.run(cut(arguments) if arguments.what == "cut" else memory(arguments))
