#!/usr/bin/env python3
"""Drives Samples/Probe with the clients and proxies that people have, and says of each whether it works.

    Tests/Clients/clients.py [--skip-build] [name ...]

Clients: curl, wget, Node's fetch, Python's http.client and requests, wrk, ab, hey, h2load in HTTP/1.1 mode; HttpClient
is in every test project. Proxies: nginx and HAProxy in front of Probe pass keep-alive, chunked and large bodies both
ways. What is not installed is skipped, and said so (Debian: curl wget nodejs python3-requests wrk apache2-utils hey
nghttp2-client nginx haproxy). Everything stays on loopback, ports are free ones, and each step is bounded; about a
minute in all. Exit code 0 where everything that ran works.
"""
import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
PROBE = os.path.join(ROOT, "artifacts", "bin", "Probe", "release", "Probe.dll")
LARGE = 8 * 1024 * 1024
# An echo of more than the sockets' buffers would never end with a client that sends all before it reads.
ECHO = 512 * 1024
SECONDS = 2
STEP_SECONDS = 60
CHECKS = {}


class Missing(Exception):
    """A program that is not installed."""


def check(name):
    def register(function):
        CHECKS[name] = function
        return function
    return register


def find(program):
    path = shutil.which(program)
    if path is None:
        raise Missing(program)
    return path


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(*command, stdin=None, expected=0):
    done = subprocess.run([find(command[0]), *command[1:]], input=stdin, capture_output=True, timeout=STEP_SECONDS)
    if done.returncode != expected:
        raise AssertionError(f"{command[0]} exits with {done.returncode}: {done.stderr.decode()[-300:]}")
    return done.stdout


def same(actual, wanted, what):
    if actual != wanted:
        raise AssertionError(f"{what}: {actual[:80]!r} instead of {wanted[:80]!r}")


def await_port(port, process):
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(f"{process.args[0]} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{process.args[0]} does not listen")


def start(command, port, **more):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    try:
        await_port(port, process)
    except AssertionError:
        process.kill()
        raise
    return process


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(STEP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        raise AssertionError(f"{process.args[0]} does not stop")


@check("curl")
def curl(base, echo_bytes=None):
    same(run("curl", "-sS", f"{base}/"), b"OK", "GET")
    same(run("curl", "-sS", "--http1.0", f"{base}/hello"), b"hello world\n", "HTTP/1.0")
    same(run("curl", "-sS", f"{base}/chunked"), b"part0\npart1\npart2\n", "chunked")
    same(run("curl", "-sSI", f"{base}/hello").split(b"\r\n")[0], b"HTTP/1.1 200 OK", "HEAD")
    large = os.urandom(LARGE)
    echo = large[:echo_bytes]
    same(run("curl", "-sS", "--data-binary", "@-", f"{base}/", stdin=echo), echo, "a large body there and back")
    chunked = run("curl", "-sS", "-T", "-", "-X", "POST", f"{base}/len", stdin=large)
    same(chunked, str(LARGE).encode(), "a large chunked body")
    count = run("curl", "-sS", "-w", "%{num_connects}\n", *[f"{base}/hello"] * 3)
    same(count, b"hello world\n1\nhello world\n0\nhello world\n0\n", "one connection for three requests")
    waited = run("curl", "-sS", "-H", "Expect: 100-continue", "--expect100-timeout", "20", "-d", "abc", f"{base}/")
    same(waited, b"abc", "100-continue")


@check("wget")
def wget(base):
    same(run("wget", "-qO-", f"{base}/hello"), b"hello world\n", "GET")
    same(run("wget", "-qO-", f"{base}/chunked"), b"part0\npart1\npart2\n", "chunked")
    same(run("wget", "-qO-", "--post-data=abc", f"{base}/"), b"abc", "POST")
    run("wget", "-qO-", f"{base}/nowhere", expected=8)


@check("node")
def node(base):
    program = """
const base = process.argv[1], assert = require('node:assert');
(async () => {
  assert.equal(await (await fetch(base + '/hello')).text(), 'hello world\\n');
  assert.equal(await (await fetch(base + '/chunked')).text(), 'part0\\npart1\\npart2\\n');
  const large = 'x'.repeat(8 << 20);
  assert.equal((await (await fetch(base + '/', { method: 'POST', body: large })).text()).length, large.length);
  const stream = new ReadableStream({ start(c) { for (let i = 0; i < 64; i++) c.enqueue(new Uint8Array(65536)); c.close(); } });
  assert.equal(await (await fetch(base + '/len', { method: 'POST', body: stream, duplex: 'half' })).text(), '4194304');
  const all = await Promise.all(Array.from({ length: 50 }, (_, i) => fetch(base + '/p/' + i).then(r => r.text())));
  assert.deepEqual(all, Array.from({ length: 50 }, (_, i) => String(i)));
  assert.equal((await fetch(base + '/nowhere')).status, 404);
})().catch(e => { console.error(e); process.exit(1); });
"""
    run("node", "-e", program, base)


@check("http.client")
def http_client(base, echo_bytes=None):
    connection = http.client.HTTPConnection(base.split("//")[1], timeout=STEP_SECONDS)
    for _ in range(3):
        connection.request("GET", "/hello")
        same(connection.getresponse().read(), b"hello world\n", "GET")
    large = os.urandom(echo_bytes or ECHO)
    connection.request("POST", "/", body=large)
    same(connection.getresponse().read(), large, "a body there and back")
    connection.request("POST", "/len", body=os.urandom(LARGE))
    same(connection.getresponse().read(), str(LARGE).encode(), "a large body")
    connection.request("GET", f"/big?n={LARGE}")
    same(connection.getresponse().read(), b"x" * LARGE, "a large answer")
    connection.request("POST", "/len", body=(b"x" * 1000 for _ in range(100)), encode_chunked=True)
    same(connection.getresponse().read(), b"100000", "a chunked body")
    connection.close()


@check("requests")
def requests_library(base):
    program = """
import sys, requests
base = sys.argv[1]
session = requests.Session()
assert session.get(base + '/hello').text == 'hello world\\n'
assert session.get(base + '/chunked').text == 'part0\\npart1\\npart2\\n'
assert session.post(base + '/', data=b'x' * (1 << 19)).content == b'x' * (1 << 19)
assert session.post(base + '/len', data=b'x' * (8 << 20)).text == str(8 << 20)
assert len(session.get(base + f'/big?n={8 << 20}').content) == 8 << 20
assert session.post(base + '/len', data=(b'y' * 1000 for _ in range(100))).text == '100000'
assert session.head(base + '/hello').headers['Content-Length'] == '12'
assert session.get(base + '/nowhere').json()['status'] == 404
"""
    python = next((one for one in ("/usr/bin/python3", sys.executable) if subprocess.run(
        [one, "-c", "import requests"], capture_output=True).returncode == 0), None)
    if python is None:
        raise Missing("requests")
    run(python, "-c", program, base)


@check("wrk")
def wrk(base):
    output = run("wrk", "-t1", "-c32", f"-d{SECONDS}s", f"{base}/hello").decode()
    assert "Non-2xx" not in output and "Socket errors" not in output, output
    return output.split("Requests/sec:")[1].split()[0] + " requests/s, no error"


@check("ab")
def ab(base):
    for options in ([], ["-k"]):
        output = run("ab", "-q", "-n", "3000", "-c", "20", *options, f"{base}/hello").decode()
        assert "Failed requests:        0" in output and "Non-2xx" not in output, output
        assert not options or "Keep-Alive requests:    3000" in output, output
    return "3,000 by closing, 3,000 by keep-alive, none failed"


@check("hey")
def hey(base):
    output = run("hey", "-n", "3000", "-c", "20", f"{base}/hello").decode()
    assert "[200]\t3000 responses" in output and "Error distribution" not in output, output
    return "3,000 answers of 200"


@check("h2load")
def h2load(base):
    output = run("h2load", "--h1", "-n", "3000", "-c", "20", f"{base}/hello").decode()
    assert "3000 succeeded, 0 failed, 0 errored, 0 timeout" in output, output
    return "3,000 succeeded"


def through_proxy(base, echo_bytes=None):
    """Keep-alive, chunked and large bodies both ways, as a client of the proxy sees them."""
    for name in ("curl", "http.client"):
        CHECKS[name](base, echo_bytes)
    output = run("ab", "-q", "-k", "-n", "2000", "-c", "20", f"{base}/hello").decode()
    assert "Failed requests:        0" in output and "Non-2xx" not in output, output


@check("nginx")
def nginx(base):
    program, port = find("nginx"), free_port()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as config:
            config.write(f"""
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; client_max_body_size 64m; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream probe {{ server {base.split('//')[1]}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://probe; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_request_buffering off; proxy_buffering off;
    }}
  }}
}}
""")
        process = start([program, "-c", path, "-p", folder, "-e", f"{folder}/error.log"], port)
        try:
            # Once an answer has begun, nginx does not resume a body that has blocked: Probe's echo answers while it
            # reads, so its body has to fit into what nginx sends at once. Large bodies go to /len and come from /big.
            through_proxy(f"http://127.0.0.1:{port}", echo_bytes=64 * 1024)
            with open(f"{folder}/error.log") as log:
                errors = [line for line in log if "[error]" in line]
            assert not errors, errors[0]
        finally:
            stop(process)


@check("haproxy")
def haproxy(base):
    program, port = find("haproxy"), free_port()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "haproxy.cfg")
        with open(path, "w") as config:
            config.write(f"""
global
  maxconn 256
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  http-reuse always
frontend front
  bind 127.0.0.1:{port}
  default_backend probe
backend probe
  server probe {base.split('//')[1]}
""")
        process = start([program, "-db", "-f", path], port)
        try:
            through_proxy(f"http://127.0.0.1:{port}")
        finally:
            stop(process)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--skip-build", action="store_true")
    parser.add_argument("names", nargs="*", help=" ".join(CHECKS))
    options = parser.parse_args()
    if not options.skip_build:
        subprocess.run(["dotnet", "build", "Samples/Probe", "-c", "Release", "--nologo", "-v", "q"], cwd=ROOT, check=True)

    port = free_port()
    probe = start(["dotnet", PROBE], port, env={**os.environ, "PORT": str(port)})
    failures = 0
    try:
        for name in options.names or CHECKS:
            begun = time.perf_counter()
            try:
                remark = CHECKS[name](f"http://127.0.0.1:{port}") or "works"
            except Missing as missing:
                remark = f"skipped: {missing} is not installed"
            except Exception as failure:  # One client's failure must not hide the others'.
                remark = f"FAILED: {failure}"
                failures += 1
            print(f"{name:12} {time.perf_counter() - begun:6.1f} s  {remark}", flush=True)
    finally:
        code = stop(probe)
    print(f"Probe stopped with exit code {code}; {failures} failed")
    return 1 if failures or code != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
