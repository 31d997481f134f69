#!/usr/bin/env python3
"""Classifies scans on a cluster whose machines are killed, frozen and cut off, and compares the answers with one machine's.

Nodes are processes of this machine with a PostgreSQL or Redis server of the run's own. A seed draws what is done to them and when: a node killed (SIGKILL) and another started, the node of the
job's coordinator likewise, the database killed and started again, a node frozen (SIGSTOP) until the others have buried it and then thawed, its cable pulled as long (--network), all nodes killed at once, a node stopped (SIGTERM).
At the end the results have to be byte for byte those of gyrus classify, and no shard may have failed.

    bench/cluster/chaos.py --gyrus artifacts/bin/Gyrus.Cli/release/gyrus.dll --scans ../shared/data/brain-ct-mri --model models/default --store postgresql --seeds 1-20
"""
import argparse
import glob
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def count(lines):
    return lines.count(b"\n")


class Network:
    """A bridge of this machine's, and a network of its own for each node, so that a node's cable can be pulled."""

    def __init__(self):
        self.address, self.bridge, self.count = "10.77.0.1", f"gybr{os.getpid() % 10000}", 0
        self.ip("link", "add", self.bridge, "type", "bridge")
        self.ip("addr", "add", f"{self.address}/24", "dev", self.bridge)
        self.ip("link", "set", self.bridge, "up")

    @staticmethod
    def ip(*arguments):
        subprocess.run(["ip", *arguments], check=True)

    def add(self):
        self.count += 1
        name, address = f"{self.bridge}-{self.count}", f"10.77.0.{self.count + 1}"
        outside, inside = f"{self.bridge}o{self.count}", f"{self.bridge}i{self.count}"
        self.ip("netns", "add", name)
        self.ip("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", name)
        self.ip("link", "set", outside, "master", self.bridge, "up")
        for command in [["addr", "add", f"{address}/24", "dev", inside], ["link", "set", inside, "up"], ["link", "set", "lo", "up"]]:
            self.ip("-n", name, *command)
        return name, address, outside

    def close(self):
        for number in range(1, self.count + 1):
            self.ip("netns", "del", f"{self.bridge}-{number}")
        self.ip("link", "del", self.bridge)


class Postgres:
    def __init__(self, folder, address):
        self.address = address
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.folder, self.port = folder, free_port()
        shutil.chown(folder, "postgres")
        self.run("initdb", "-D", f"{folder}/data", "-U", "postgres", "--auth", "trust")
        with open(f"{folder}/data/pg_hba.conf", "a") as rules:
            rules.write("host all all 10.77.0.0/24 trust\n")
        self.start()
        self.run("createdb", "-h", folder, "-p", str(self.port), "-U", "postgres", "gyrus")
        self.cluster = f"Host={address};Port={self.port};Username=postgres;Database=gyrus"

    def run(self, program, *arguments):
        subprocess.run(["runuser", "-u", "postgres", "--", f"{self.bin}/{program}", *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        options = f"-p {self.port} -c listen_addresses={self.address} -c unix_socket_directories={self.folder} -c max_connections=500"
        self.run("pg_ctl", "start", "--wait", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", options)

    def kill(self):
        self.run("pg_ctl", "stop", "-D", f"{self.folder}/data", "-m", "immediate")


class Redis:
    def __init__(self, folder, address):
        self.folder, self.address, self.port = folder, address, free_port()
        self.cluster = f"redis://{address}:{self.port},abortConnect=false"
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", self.address, "--protected-mode", "no", "--dir", self.folder, "--save", "", "--appendonly", "yes"], stdout=subprocess.DEVNULL)
        while socket.socket().connect_ex((self.address, self.port)):
            time.sleep(0.05)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Run:
    def __init__(self, options, seed):
        self.options, self.random = options, random.Random(seed)
        self.folder = tempfile.mkdtemp(prefix="gyrus-chaos-")
        os.chmod(self.folder, 0o755)
        store = os.path.join(self.folder, "store")
        os.mkdir(store)
        self.network, self.cables = Network() if options.network else None, {}
        self.store = (Postgres if options.store == "postgresql" else Redis)(store, self.network.address if self.network else "127.0.0.1")
        self.nodes, self.started, self.done, self.coordinator = {}, 0, [], None

    def gyrus(self, *arguments):
        return ["dotnet", self.options.gyrus, *arguments]

    def start_node(self):
        self.started += 1
        log, name, place, address = open(f"{self.folder}/node{self.started}.log", "w"), f"n{self.started}", [], "127.0.0.1"
        if self.network:
            namespace, address, self.cables[name] = self.network.add()
            place = ["ip", "netns", "exec", namespace]
        self.nodes[name] = subprocess.Popen(
            place + self.gyrus("node", "--cluster", self.store.cluster, "--address", address, "--name", name, "--workers", "1", "--port", str(free_port()), "--gateway-port",
                       str(free_port())), stdout=log, stderr=log, start_new_session=True)

    def wait_for_nodes(self):
        while True:
            shown = subprocess.run(self.gyrus("cluster", "status", "--format", "json", "--cluster", self.store.cluster), capture_output=True, text=True)
            if shown.returncode == 0 and sum(node["status"] == "active" for node in json.loads(shown.stdout)["nodes"]) >= self.options.nodes:
                return
            time.sleep(0.5)

    def end_node(self, name, how):
        node = self.nodes.pop(name)
        node.send_signal(how)
        if how == signal.SIGTERM:
            node.wait(timeout=60)

    def disturb(self):
        what = self.random.choice(["kill", "kill", "coordinator", "stop", "store", "freeze", "all"] + (["cut", "cut"] if self.network else []))
        self.done.append(what)
        name = self.random.choice(list(self.nodes))
        node = self.nodes[name]
        if what == "kill":
            self.end_node(name, signal.SIGKILL)
        elif what == "coordinator":
            self.end_node(self.coordinator if self.coordinator in self.nodes else name, signal.SIGKILL)
        elif what == "stop":
            self.end_node(name, signal.SIGTERM)
        elif what == "all":
            for each in list(self.nodes):
                self.end_node(each, signal.SIGKILL)
        elif what == "store":
            self.store.kill()
            time.sleep(self.random.uniform(1, 8))
            self.store.start()
        elif what in ("freeze", "cut"):
            if what == "freeze":
                node.send_signal(signal.SIGSTOP)
            else:
                Network.ip("link", "set", self.cables[name], "down")
            time.sleep(self.options.freeze)
            if what == "freeze":
                node.send_signal(signal.SIGCONT)
            else:
                Network.ip("link", "set", self.cables[name], "up")
            # The others have buried it: it finds out, and ends.
            try:
                node.wait(timeout=30)
                self.done[-1] += " (buried, ended)"
            except subprocess.TimeoutExpired:
                pass
        self.nodes = {name: node for name, node in self.nodes.items() if node.poll() is None}
        while len(self.nodes) < self.options.nodes:
            self.start_node()

    def all(self, files, expected):
        for _ in range(self.options.nodes):
            self.start_node()
        arguments = ["--cluster", self.store.cluster]
        self.wait_for_nodes()
        # A model's answers do not depend on where they are computed.
        job = subprocess.run(self.gyrus("job", "classify", "-", "--detach", "--model", self.options.model, "--shard-size", str(self.options.shard), *arguments), input=files, capture_output=True, text=True, check=True).stdout.strip()
        begun = time.monotonic()
        while True:
            deadline = time.monotonic() + self.random.expovariate(1 / self.options.every)
            while time.monotonic() < deadline:
                shown = subprocess.run(self.gyrus("job", "show", job, "--format", "json", *arguments), capture_output=True, text=True)
                if shown.returncode == 0:
                    facts = json.loads(shown.stdout)
                    self.coordinator = facts["coordinator"]
                    if facts["status"] == "done":
                        return self.judge(job, facts, expected, arguments, time.monotonic() - begun)
                time.sleep(3)
            self.disturb()

    def judge(self, job, shown, expected, arguments, seconds):
        results = subprocess.run(self.gyrus("job", "results", job, *arguments), capture_output=True).stdout
        right = results == expected
        return right and not shown["troubles"], f"{'equal' if right else 'DIFFERENT'}, {count(results)} lines, {len(shown['troubles'])} shards in trouble, {seconds:.0f} s, {len(self.done)} disturbances: {', '.join(self.done)}"

    def close(self):
        for node in self.nodes.values():
            node.kill()
        self.store.kill()
        if self.network:
            self.network.close()
        if not self.options.keep:
            shutil.rmtree(self.folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gyrus", required=True)
    parser.add_argument("--scans", required=True, help="a folder of images")
    parser.add_argument("--most", type=int, default=8000, help="the most of them that are used")
    parser.add_argument("--model", required=True)
    parser.add_argument("--store", choices=["postgresql", "redis"], default="postgresql")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--shard", type=int, default=64)
    parser.add_argument("--every", type=float, default=20, help="seconds between two disturbances, in the mean")
    parser.add_argument("--freeze", type=float, default=90, help="seconds that a node is frozen, or its cable pulled")
    parser.add_argument("--network", action="store_true", help="give each node a network of its own, and pull cables too (needs root and ip)")
    parser.add_argument("--keep", action="store_true", help="keep what the nodes wrote")
    options = parser.parse_args()
    options.gyrus, options.model = map(os.path.abspath, (options.gyrus, options.model))
    files = sorted(str(path.resolve()) for path in pathlib.Path(options.scans).rglob("*") if path.suffix in (".jpg", ".jpeg", ".png", ".tif"))
    random.Random(0).shuffle(files)
    files = "\n".join(files[: options.most]) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        one = os.path.join(folder, "one.jsonl")
        subprocess.run(["dotnet", options.gyrus, "classify", "-", "--level", "slice", "--model", options.model, "--out", one], input=files, text=True, stderr=subprocess.DEVNULL)
        expected = pathlib.Path(one).read_bytes()
    print(f"one machine: {count(expected)} lines, SHA-256 {hashlib.sha256(expected).hexdigest()[:12]}", flush=True)
    first, _, last = options.seeds.partition("-")
    failed = 0
    for seed in range(int(first), int(last or first) + 1):
        run = Run(options, seed)
        try:
            right, words = run.all(files, expected)
        finally:
            run.close()
        failed += not right
        print(f"seed {seed}: {words}", flush=True)
    sys.exit(4 if failed else 0)


if __name__ == "__main__":
    main()
