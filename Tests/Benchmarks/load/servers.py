"""The servers: how each is built, started, held still and ended."""
import os
import platform
import random
import shutil
import signal
import socket
import subprocess
import time

import machine

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../../.."))
OUT = os.path.join(ROOT, "artifacts", "load")
RID = "linux-arm64" if platform.machine() == "aarch64" else "linux-x64"
FRAMEWORKS = {"native": "net9.0", "jit": "net10.0"}
PROJECTS = {"waymark": "Tests/Benchmarks/Waymark", "kestrel": "Tests/Benchmarks/Kestrel", "hello": "Samples/Hello"}
KINDS = {"native": "native", "jit": "JIT"}
NO_SUCH_TRANSPORT = 2


class Absent(Exception):
    """The server is not there on this machine, or not in this checkout."""


class Server:
    """A kind of server and, between start and stop, its processes.

    kind: native (net9.0, AOT), jit (net10.0) or c. peer: the key of the Kestrel minimal API that it is measured by.
    """

    def __init__(self, key, title, kind, binary, command, peer):
        self.key, self.title, self.kind, self.binary, self.peer = key, title, kind, binary, peer
        self.command = command
        self.process = None
        self.pids = []
        self.port = 0

    @property
    def is_ours(self):
        return self.key.startswith("waymark")

    def answers(self, work):
        # nginx gives fixed answers: without a module it has nothing to echo with.
        return not (self.key == "nginx" and work.method == "POST")

    def start(self, cpus):
        """Starts it on these processors and waits for its first 200; gives out the milliseconds until then."""
        if not os.path.exists(self.binary):
            raise Absent(f"{self.key}: nothing was built or installed at {self.binary}")
        self.port = free_port()
        os.makedirs(os.path.join(OUT, "logs"), exist_ok=True)
        before = os.sched_getaffinity(0)
        with open(os.path.join(OUT, "logs", self.key + ".log"), "wb") as log:
            command = self.command(self.binary, self.port, len(cpus))
            # What is started inherits the processors, all its threads too.
            os.sched_setaffinity(0, cpus)
            try:
                begun = time.perf_counter()
                # In a session of its own: servers are stopped by SIGSTOP, and the kernel hangs up on a process group
                # that holds stopped processes when the shell that started it is gone.
                self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                                start_new_session=True)
            finally:
                os.sched_setaffinity(0, before)
        try:
            self._wait_for_answer(begun + 20)
        except BaseException:
            self.stop()
            raise
        elapsed = time.perf_counter() - begun
        self.pids = machine.process_tree(self.process.pid)
        return elapsed * 1000

    def _wait_for_answer(self, end):
        while time.perf_counter() < end:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as client:
                    client.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
                    if client.recv(4096).startswith(b"HTTP/1.1 200"):
                        return
            except OSError:
                pass
            code = self.process.poll()
            if code == NO_SUCH_TRANSPORT and self.is_ours:
                raise Absent(f"{self.key}: this checkout has no such transport")
            if code is not None:
                raise SystemExit(f"{self.key} ended with {code}; see {OUT}/logs/{self.key}.log")
            time.sleep(0.0002)
        raise SystemExit(f"{self.key} answered nothing within 20 s")

    def suspend(self):
        """Holds it still while others are measured: timers and compilers of idle servers cost time too."""
        self._signal(signal.SIGSTOP)

    def resume(self):
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        for pid in self.pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def stop(self):
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        self.resume()
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            process.kill()
            process.wait(timeout=10)

    def cpu_seconds(self):
        return machine.cpu_seconds(self.pids)

    def resident_bytes(self):
        return machine.resident_bytes(self.pids)


def free_port():
    """Below the ports that clients are given, so that none of them is in the way."""
    while True:
        port = random.randrange(20000, 30000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def _nginx(binary, port, _):
    folder = os.path.join(OUT, "nginx")
    os.makedirs(os.path.join(folder, "files"), exist_ok=True)
    with open(os.path.join(folder, "files", "large"), "wb") as file:
        file.write(b"x" * 65536)
    with open(os.path.join(HERE, "nginx.conf")) as template:
        text = template.read().replace("@PORT@", str(port)).replace("@FOLDER@", folder)
    path = os.path.join(folder, "nginx.conf")
    with open(path, "w") as file:
        file.write(text)
    return [binary, "-p", folder, "-e", os.path.join(folder, "error.log"), "-c", path]


def _waymark(transport):
    return lambda binary, port, _: [binary, "--transport", transport, f"http://127.0.0.1:{port}"]


def _kestrel(*arguments):
    return lambda binary, port, _: [binary, *arguments, f"--urls=http://127.0.0.1:{port}"]


def all_servers():
    """In the order of the tables. The order in which they are measured is the same, round after round."""
    def built(name, program):
        return os.path.join(OUT, name, program)

    servers = []
    for transport in ("epoll", "sockets"):
        for kind in FRAMEWORKS:
            servers.append(Server(
                f"waymark-{transport}-{kind}", f"Waymark, {transport}, {KINDS[kind]}", kind,
                built(f"waymark-{kind}", "Waymark.Benchmarks.Server"), _waymark(transport), f"kestrel-{kind}"))
    for kind in FRAMEWORKS:
        servers.append(Server(f"kestrel-{kind}", f"Kestrel minimal API, {KINDS[kind]}", kind,
                              built(f"kestrel-{kind}", "Kestrel"), _kestrel(), f"kestrel-{kind}"))
    for kind in FRAMEWORKS:
        servers.append(Server(f"bare-{kind}", f"Kestrel without routing, {KINDS[kind]}", kind,
                              built(f"kestrel-{kind}", "Kestrel"), _kestrel("--without-routing"), f"kestrel-{kind}"))
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin") or "nginx"
    servers.append(Server("nginx", "nginx, one worker", "c", nginx, _nginx, "kestrel-native"))
    servers.append(Server("floor", "epoll in C (the floor)", "c", built("bin", "floor"),
                          lambda binary, port, count: [binary, "-p", str(port), "-t", str(count)], "kestrel-native"))
    return servers


def select(names):
    """Those whose key starts with one of the names, or all; a name that is a whole key means that one alone."""
    prefixes = [name for name in (names or "").split(",") if name]
    servers = all_servers()
    keys = [server.key for server in servers]
    unknown = [prefix for prefix in prefixes if not any(key.startswith(prefix) for key in keys)]
    if unknown:
        raise SystemExit(f"No such server: {', '.join(unknown)}; there are {', '.join(keys)}.")
    return [server for server in servers if not prefixes or any(
        server.key == prefix or (prefix not in keys and server.key.startswith(prefix)) for prefix in prefixes)]


def compile_c(source, name, *flags):
    os.makedirs(os.path.join(OUT, "bin"), exist_ok=True)
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-Wall", "-o", os.path.join(OUT, "bin", name),
                    os.path.join(HERE, source), *flags], check=True)


def build(servers):
    """Publishes what these servers need, and compiles the C programs. What is up to date takes seconds."""
    compile_c("client.c", "client")
    compile_c("floor.c", "floor", "-pthread")
    needed = {os.path.basename(os.path.dirname(server.binary)) for server in servers}
    for name in sorted(needed | ({"hello-native"} if "waymark-native" in needed else set())):
        project, _, kind = name.rpartition("-")
        if project not in PROJECTS:
            continue
        framework = ["-f", FRAMEWORKS[kind]] if project == "hello" else [f"-p:BenchmarkFramework={FRAMEWORKS[kind]}"]
        print(f"# publishing {PROJECTS[project]} for {FRAMEWORKS[kind]}", flush=True)
        subprocess.run(
            ["dotnet", "publish", PROJECTS[project], "-c", "Release", *framework,
             *(["-r", RID] if kind == "native" else []), "--artifacts-path", os.path.join(OUT, "build", name),
             "-o", os.path.join(OUT, name), "--nologo", "-v", "q",
             # What is generated is the same, in half the time.
             "-p:RunAnalyzers=false"],
            cwd=ROOT, check=True)
