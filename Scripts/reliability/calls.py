"""What the reliability scripts share: a server that is started and killed, a ledger that counts what it is told, calls that
go on whatever happens, and the answers of an undisturbed server to compare with."""
import asyncio
import json
import os
import random
import re
import signal
import socket
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FLOW = os.path.join(HERE, "five-turns.yaml")


def flowc():
    path = os.environ.get("FLOWC")
    if path:
        return path
    where = subprocess.run(["swift", "build", "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=True)
    return os.path.join(where.stdout.strip(), "flowc")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`flowc serve`, on one port as long as the script runs."""

    def __init__(self, store, ledger, folder, environment=None, flows=FLOW, words=()):
        self.port = free_port()
        self.log = open(os.path.join(folder, f"serve-{self.port}.log"), "ab")
        self.command = [
            flowc(), "serve", flows, "--insecure", "--port", str(self.port), "--store", store, "--allow-fetch", "127.0.0.1",
            *words]
        self.environment = dict(os.environ, LEDGER=ledger, SWIFT_BACKTRACE="enable=no", **(environment or {}))
        self.process = None

    def start(self):
        """Seconds until it was ready."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        while time.monotonic() - began < 30:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return time.monotonic() - began
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.005)
        raise SystemExit(f"the server doesn't start: see {self.log.name}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def lines(self):
        """What it logged until now."""
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def memory(self):
        """Resident megabytes."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


class Redis:
    def __init__(self, folder):
        self.port = free_port()
        self.folder = folder
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.folder, "--save", "",
             "--appendonly", "yes", "--appendfsync", "always"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        for _ in range(500):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                    connection.sendall(b"PING\r\n")
                    if connection.recv(100).startswith(b"+PONG"):
                        return
            except OSError:
                pass
            time.sleep(0.01)
        raise SystemExit("redis-server doesn't start")

    def stop(self, number=signal.SIGKILL):
        if self.process:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None


class Ledger:
    """Counts what it is told, by `Idempotency-Key`."""

    def __init__(self):
        self.told = {}
        self.url = None

    async def start(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=4096)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/ledger"
        return server

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
                body = await reader.readexactly(int(length.group(1)) if length else 0)
                key = re.search(r"(?i)\r\nidempotency-key: *(\S+)", head).group(1)
                self.told.setdefault(key, []).append(json.loads(body)["call"])
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()


class Connection:
    """One connection, opened again when it breaks."""

    def __init__(self, port):
        self.port = port
        self.streams = None

    async def post(self, path, fields, headers="", patience=20):
        """Status and body; 0 where there was no answer."""
        from urllib.parse import urlencode
        body = urlencode(fields)
        request = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                   f"{headers}Content-Length: {len(body)}\r\n\r\n{body}").encode()
        try:
            return await asyncio.wait_for(self.exchange(request), patience)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            self.close()
            return 0, b""

    async def exchange(self, request):
        if not self.streams:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
        body = await reader.readexactly(int(length.group(1)) if length else 0)
        if re.search(r"(?i)\r\nconnection: *close", head):
            self.close()
        return int(head.split(" ", 2)[1]), body

    def close(self):
        if self.streams:
            self.streams[1].close()
        self.streams = None


class Call:
    """One caller, who presses what its number says."""

    def __init__(self, number):
        self.number = number
        self.sid = f"CA{number:032x}"
        chosen = random.Random(number)
        self.presses = [str(chosen.randrange(10, 1_000_000)) for _ in range(4)]

    def fields(self, turn):
        fields = {
            "CallSid": self.sid, "AccountSid": "AC" + "0" * 32, "From": "+15555550123", "To": "+15555550100",
            "CallStatus": "in-progress", "Direction": "inbound", "ApiVersion": "2010-04-01"}
        if turn > 0:
            fields["Digits"] = self.presses[turn - 1]
        return fields

    @staticmethod
    def path(turn):
        return "/voice/five-turns" + (f"/{turn}.0" if turn > 0 else "")


TURNS = 5


async def undisturbed(calls, folder, ledger_url):
    """The answers to each call's turns by a server that nobody disturbs."""
    server = Server("memory", ledger_url, folder)
    server.start()
    answers = {}
    try:
        async def play(batch):
            connection = Connection(server.port)
            for call in batch:
                answers[call.number] = []
                for turn in range(TURNS):
                    status, body = await connection.post(Call.path(turn), call.fields(turn))
                    if status != 200:
                        raise SystemExit(f"the undisturbed server answered {status}")
                    answers[call.number].append(body)
            connection.close()
        await asyncio.gather(*(play(calls[start::16]) for start in range(16)))
    finally:
        server.stop()
    for call in calls:
        last = answers[call.number][-1].decode()
        assert "Goodbye" in last, last
    return answers


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
