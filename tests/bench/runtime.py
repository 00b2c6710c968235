#!/usr/bin/env python3
# What a running system costs: messages, transactions against SQLite alone, one fsync, how long a reading takes to its
# bill with and without MDCD, and how long recoveries take.
# Asks the processes through their own doors, and reads nothing that they store.
"""What a running system costs: messages, transactions against raw SQLite, one fsync, and how long a recovery takes.

Usage: runtime.py MDCD FOLDER throughput [--readings 8000] [--durability full]
       runtime.py MDCD FOLDER latency [--readings 8000] [--tick-ms 20] [--durability full] [--plain PROGRAM]
       runtime.py MDCD FOLDER recovery [--rounds 20]
throughput: the metering example as fast as it can. Of each process: messages taken and sent, processor time, both for a
second. Then as many transactions of the same size by SQLite alone, in as many processes at once.
latency: the metering example while its upgrade is guarded, and the same four programs without MDCD
(build/release/tests/bench/bench_plain_metering), turn by turn: milliseconds from the last reading of a bill until the
bill is in the file of outputs; then, with 25 times as many readings as fast as they can be made, processor time for
each message that these four take or send.
recovery: kill -9 until the process answers again; abort until all six run in the next incarnation.
"""
import argparse
import json
import os
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import threading
import time

ONE_UPGRADE = ["L1", "L2", "S1", "S2", "A1", "A2"]
SEATS = ["C1a", "C1b", "C2a", "C2b", "A1", "A2"]
TICKS = os.sysconf("SC_CLK_TCK")


class System:
    """A running system: `mdcd run`, and the operator's sockets of its processes."""

    def __init__(self, options, name, names, tick_ms, application, durability):
        self.names = names
        self.folder = os.path.join(options.folder, name)
        file = self.folder + ".json"
        described = {
            "format": 1,
            "name": name,
            "processes": {each: f"unix:{each}.sock" for each in names},
            "rules": "repaired_vector",
            "tick_ms": tick_ms,
            "durability": durability,
            "application": application,
        }
        with open(file, "w", encoding="ascii") as out:
            json.dump(described, out)
        self.begin = time.monotonic()
        self.keeper = subprocess.Popen(
            [options.mdcd, "run", file, "--dir", self.folder, "--restarts", "1000", "--metrics", "127.0.0.1:9160"],
            stdout=subprocess.PIPE, text=True)
        self.pids = {}
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.keeper.stdout:
            found = re.match(r"(\w+) started, pid (\d+)", line)
            if found:
                self.pids[found.group(1)] = int(found.group(2))

    def ask(self, process, words):
        """The answer as JSON, or None if nobody listens."""
        path = os.path.relpath(os.path.join(self.folder, process, "operator.sock"))
        with socket.socket(socket.AF_UNIX) as end:
            try:
                end.connect(path)
                end.sendall(words.encode() + b"\n")
                answer = b""
                while not answer.endswith(b"\n"):
                    piece = end.recv(4096)
                    if not piece:
                        return None
                    answer += piece
            except OSError:
                return None
        return json.loads(answer)

    def states(self):
        return [self.ask(each, "status") for each in self.names]

    def wait(self, done, pause=0.05):
        """Until `done` of all states."""
        while True:
            states = self.states()
            if all(states) and done(states):
                return states
            time.sleep(pause)

    def end(self):
        self.keeper.send_signal(signal.SIGTERM)
        self.reader.join()
        self.keeper.wait()


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def written_bytes(pid):
    with open(f"/proc/{pid}/io", encoding="ascii") as io:
        return int(re.search(r"wchar: (\d+)", io.read()).group(1))


def transactions(position):
    """Of the metrics of one process: how many, and seconds in them."""
    with socket.create_connection(("127.0.0.1", 9160 + position)) as end:
        end.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
        text = b""
        while piece := end.recv(65536):
            text += piece
    one = lambda name: float(re.search(name + rb"\{[^}]*\} ([0-9.]+)", text).group(1))
    return int(one(rb"mdcd_transaction_seconds_count")), one(rb"mdcd_transaction_seconds_sum")


def raw_transactions(path, count, size, full):
    """Seconds for so many transactions of one row of so many bytes, by SQLite alone, as the runtime sets it up."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA locking_mode=EXCLUSIVE")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=" + ("FULL" if full else "OFF"))
    database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, bytes BLOB)")
    row = os.urandom(size)
    begin = time.monotonic()
    for number in range(count):
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT OR REPLACE INTO t VALUES(?, ?)", (number % 8, row))
        database.execute("COMMIT")
    return time.monotonic() - begin


def raw_at_once(options, processes, count, size, full):
    """The same in so many processes at once: transactions a second of one of them, the slowest."""
    children = []
    for each in range(processes):
        path = os.path.join(options.folder, f"raw{each}.db")
        code = (f"import sys; sys.path.insert(0, {os.path.dirname(os.path.abspath(__file__))!r}); import runtime; "
                f"print(runtime.raw_transactions({path!r}, {count}, {size}, {full}))")
        children.append(subprocess.Popen(["python3", "-B", "-c", code], stdout=subprocess.PIPE, text=True))
    return count / max(float(each.communicate()[0]) for each in children)


def fsync_ms(folder, count=50):
    file = os.open(os.path.join(folder, "fsync"), os.O_CREAT | os.O_WRONLY)
    times = []
    for _ in range(count):
        os.write(file, b"x" * 4096)
        begin = time.monotonic()
        os.fdatasync(file)
        times.append(1000 * (time.monotonic() - begin))
    os.close(file)
    return statistics.median(times)


def throughput(options):
    readings = options.readings
    full = options.durability == "full"
    print(f"one fdatasync of 4 KiB: {fsync_ms(options.folder):.3f} ms (median of 50)")
    application = {"example": "metering", "readings": readings, "fault_from": 0}
    system = System(options, "throughput-" + options.durability, ONE_UPGRADE, 0, application, options.durability)
    # Bills are made of four readings each; then everything is on its way to its end.
    states = system.wait(lambda all_: all_[5]["outputs"] == readings // 4 and all(each["idle"] for each in all_))
    elapsed = time.monotonic() - system.begin
    spent = sum_messages = 0
    for position, state in enumerate(states):
        cpu = processor_seconds(state["pid"])
        count, seconds = transactions(position)
        messages = state["taken"] + state["sent"]
        spent += cpu
        sum_messages += messages
        print(f"{state['process']}: {state['steps']} steps, {messages} messages (taken and sent), {cpu:.2f} s of "
              f"processor time: {messages / cpu:.0f} a second of it; {count} transactions, "
              f"{state['steps'] / count:.1f} steps each, {1e6 * seconds / count:.0f} us each, "
              f"{written_bytes(state['pid']) // count} bytes each")
        if state["process"] == "A2":
            size, ours, own = written_bytes(state["pid"]) // count, count / elapsed, seconds / count
    print(f"all: {sum_messages} messages in {elapsed:.2f} s, {spent:.2f} s of processor time: "
          f"{1e6 * spent / sum_messages:.1f} us for each message, {sum_messages / spent:.0f} a second of it")
    system.end()
    raw = raw_at_once(options, len(states), 300 if full else 3000, size, full)
    print(f"SQLite alone, six at once, {size} bytes each: {raw:.0f} transactions a second and process; "
          f"A2 made {ours:.0f} a second, and {1 / own:.0f} a second of the time in them "
          f"({100 / own / raw:.0f} % of SQLite alone)")


def watch_lines(path, until):
    """The moments, in milliseconds since 1970, at which each line of a growing file was there; until `until()`."""
    moments, file, last = [], None, False
    while True:
        ended = last or until()
        if file is None and os.path.exists(path):
            file = open(path, "rb")
        text = file.read() if file else b""
        moments += [1000 * time.time()] * text.count(b"\n")
        if ended and last and not text:
            return moments
        last = ended
        time.sleep(0.0003)


def from_reading_to_bill(read_at, billed_at):
    """Milliseconds for each bill: it is made of four readings, and its last one was made at a whole millisecond."""
    assert len(read_at) == 4 * len(billed_at), (len(read_at), len(billed_at))
    return [billed - read for read, billed in zip(read_at[3::4], billed_at)]


def guarded_latency(options, turn, tick_ms, readings):
    application = {"example": "metering", "readings": readings, "fault_from": 0}
    system = System(options, f"latency{turn}-{tick_ms}-{options.durability}", ONE_UPGRADE, tick_ms, application,
                    options.durability)
    output = os.path.join(system.folder, "A2", "output.ndjson")
    asked = time.monotonic()

    def is_done():
        nonlocal asked
        if time.monotonic() < asked + 0.2:  # an answer costs the process time, so seldom
            return False
        asked = time.monotonic()
        state = system.ask("A2", "status")
        return state is not None and state["outputs"] == readings // 4

    moments = watch_lines(output, is_done)
    states = system.wait(lambda all_: all(each["idle"] for each in all_))
    four = [each for each in states if each["process"] in ("L1", "L2", "A1", "A2")]
    cost = [1e6 * sum(processor_seconds(each["pid"]) for each in some) /
            sum(each["taken"] + each["sent"] for each in some) for some in (four, states)]
    system.end()
    with open(os.path.join(system.folder, "A1", "log.ndjson"), encoding="utf-8") as log:
        inputs = (json.loads(line)["input"] for line in log)
        read_at = [each["time"] for each in inputs if each["kind"] == "tick"]
    return from_reading_to_bill(read_at, moments), cost


def plain_latency(options, turn, tick_ms, readings):
    folder = os.path.join(options.folder, f"plain{turn}-{tick_ms}-{options.durability}")
    os.makedirs(folder)
    program = subprocess.Popen([options.plain, folder, str(readings), str(tick_ms), options.durability],
                               stdout=subprocess.PIPE, text=True)
    moments = watch_lines(os.path.join(folder, "A2.txt"), lambda: program.poll() is not None)
    messages = seconds = 0
    for line in program.stdout:
        messages += int(line.split()[1])
        seconds += float(line.split()[2])
    assert program.returncode == 0
    with open(os.path.join(folder, "A1.txt"), encoding="ascii") as ticks:
        read_at = [int(line) for line in ticks]
    return from_reading_to_bill(read_at, moments), [1e6 * seconds / messages]


def latency(options):
    print(f"one fdatasync of 4 KiB: {fsync_ms(options.folder):.3f} ms (median of 50)")
    for tick_ms, readings in ((options.tick_ms, options.readings), (0, 25 * options.readings)):
        for turn in range(2):
            for name, run in (("guarded", guarded_latency), ("plain", plain_latency)):
                times, cost = run(options, turn, tick_ms, readings)
                times.sort()
                spent = " / ".join(f"{each:.1f}" for each in cost)
                waits = f"{statistics.median(times):.1f} ms, 9 of 10 within {times[len(times) * 9 // 10]:.1f} ms; "
                print(f"a reading every {tick_ms} ms, {name}: from reading to bill {waits}" if tick_ms else
                      f"as fast as it can, {name}: ", end="")
                print(f"{spent} us of processor time for each message" +
                      (" (of the four processes / of all six)" if len(cost) > 1 else ""))


def recovery(options):
    application = {"example": "metering", "readings": 1_000_000, "upgrades": [{}] * 8}
    restarts, recoveries = [], []
    for turn in range((options.rounds + 3) // 4):  # four upgrades are what the list of endings holds
        system = System(options, f"recovery{turn}", SEATS, 5, application, options.durability)
        system.wait(lambda all_: all(each["sessions"] == 5 for each in all_))
        for _ in range(4):
            while (system.ask("A1", "begin C1 C2") or {}).get("result") != "accepted":
                time.sleep(0.05)
            before = system.wait(lambda all_: all(each["phase"].startswith(("new", "old", "ordinary"))
                                                  for each in all_) and len({each["incarnation"] for each in all_}) == 1
                                 and all_[1]["phase"].startswith(("new", "old")))
            time.sleep(0.3)
            begin = time.monotonic()
            system.ask("A1", "abort")
            system.wait(lambda all_: all(each["incarnation"] > before[0]["incarnation"] and
                                         each["phase"].startswith(("ordinary", "nobody", "new", "old"))
                                         for each in all_), 0.001)
            recoveries.append(1000 * (time.monotonic() - begin))
            name = SEATS[len(restarts) % 6]
            pid = system.ask(name, "status")["pid"]
            begin = time.monotonic()
            os.kill(pid, signal.SIGKILL)
            while True:
                state = system.ask(name, "status")
                if state and state["pid"] != pid and state["sessions"] == 5:
                    break
                time.sleep(0.001)
            restarts.append(1000 * (time.monotonic() - begin))
        system.end()
    for what, times in (("abort until all run in the next incarnation", recoveries),
                        ("kill -9 until the process is back, with all its sessions", restarts)):
        print(f"{what}: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms, of {len(times)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mdcd")
    parser.add_argument("folder")
    parser.add_argument("what", choices=["throughput", "latency", "recovery"])
    parser.add_argument("--readings", type=int, default=8000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--tick-ms", type=int, default=20)
    parser.add_argument("--plain", default="build/release/tests/bench/bench_plain_metering")
    parser.add_argument("--durability", choices=["full", "off"], default="full")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    {"throughput": throughput, "latency": latency, "recovery": recovery}[options.what](options)


if __name__ == "__main__":
    main()
