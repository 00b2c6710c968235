#!/usr/bin/env python3
# A system under load for a long time: memory of each process, and sizes of its database and log, minute by minute.
# Knows nothing of a log but that steps are numbered.
"""A system under load for a long time: memory of each process, and sizes of database and log, minute by minute.

Usage: hour_of_load.py MDCD FOLDER [--minutes 60] [--tick-ms 10] [--durability full]
The metering example without a fault, in FOLDER/run; each tick is one reading, some 4.5 messages. A line each minute; at
the end the logs are validated, and what that took is said.
"""
import argparse
import json
import os
import re
import resource
import signal
import subprocess
import threading
import time

PROCESSES = ["L1", "L2", "S1", "S2", "A1", "A2"]


def system(options):
    return {
        "format": 1,
        "name": "metering-load",
        "processes": {name: f"unix:{name}.sock" for name in PROCESSES},
        "rules": "repaired_vector",
        "tick_ms": options.tick_ms,
        "durability": options.durability,
        "application": {"example": "metering", "readings": 1_000_000_000, "fault_from": 0},
    }


def resident_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


def kib(path):
    try:
        return os.path.getsize(path) // 1024
    except FileNotFoundError:
        return 0


def read_pids(stream, pids):
    for line in stream:
        found = re.match(r"(\w+) started, pid (\d+)", line)
        if found:
            pids[found.group(1)] = int(found.group(2))


def last_step(path):
    with open(path, "rb") as log:
        log.seek(max(0, os.path.getsize(path) - 65536))
        steps = re.findall(rb'\{"format":\d+,"process":"\w+","step":(\d+),', log.read())
    return int(steps[-1]) if steps else 0


def sample(minute, folder, pids):
    """Of each process: resident KiB, database KiB + write-ahead log KiB; then steps of all so far, size of all logs."""
    parts = []
    steps = logs = 0
    for name in PROCESSES:
        own = os.path.join(folder, name)
        steps += last_step(os.path.join(own, "log.ndjson"))
        logs += kib(os.path.join(own, "log.ndjson"))
        parts.append(f"{name} {resident_kib(pids[name])} {kib(own + '/state.db')}+{kib(own + '/state.db-wal')}")
    print(f"minute {minute:3}: " + ", ".join(parts) + f"; {steps} steps, logs {logs // 1024} MiB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mdcd")
    parser.add_argument("folder")
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--tick-ms", type=int, default=10)
    parser.add_argument("--durability", choices=["full", "off"], default="full")
    options = parser.parse_args()
    os.makedirs(options.folder)
    file = os.path.join(options.folder, "system.json")
    run = os.path.join(options.folder, "run")
    with open(file, "w", encoding="ascii") as out:
        json.dump(system(options), out)
    pids = {}
    with subprocess.Popen([options.mdcd, "run", file, "--dir", run], stdout=subprocess.PIPE, text=True) as keeper:
        reader = threading.Thread(target=read_pids, args=(keeper.stdout, pids))
        reader.start()
        begin = time.monotonic()
        for minute in range(options.minutes + 1):
            time.sleep(max(0.0, begin + max(60 * minute, 5) - time.monotonic()))
            sample(minute, run, pids)
        keeper.send_signal(signal.SIGTERM)
        reader.join()
    begin = time.monotonic()
    judged = subprocess.run([options.mdcd, "validate", run], check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"validate: exit code {judged.returncode}, {time.monotonic() - begin:.1f} s, largest child so far "
          f"{used.ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
