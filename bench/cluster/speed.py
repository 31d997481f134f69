#!/usr/bin/env python3
"""Two nodes with a worker each beside one process with two: how many scans a second each classifies, turn by turn.

    bench/cluster/speed.py --gyrus artifacts/bin/Gyrus.Cli/release/gyrus.dll --scans ../shared/data/brain-ct-mri --model models/default --rounds 5

The nodes run before the clock starts, since they outlive a job; the job's beginning, planning and writing count, as one process's start does. The answers are compared.
"""
import argparse
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

import chaos


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gyrus", required=True)
    parser.add_argument("--scans", required=True)
    parser.add_argument("--most", type=int, default=2000)
    parser.add_argument("--model", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shard", type=int, default=64)
    options = parser.parse_args()
    options.gyrus, options.model, options.store, options.nodes, options.network, options.keep = os.path.abspath(options.gyrus), os.path.abspath(options.model), "postgresql", 2, False, False
    paths = sorted(str(path.resolve()) for path in pathlib.Path(options.scans).rglob("*.jpg"))
    random.Random(0).shuffle(paths)
    paths = paths[: options.most]
    files = "\n".join(paths) + "\n"
    run = chaos.Run(options, 0)
    ratios = []
    try:
        for _ in range(options.nodes):
            run.start_node()
        run.wait_for_nodes()
        with tempfile.TemporaryDirectory() as folder:
            for turn in range(options.rounds + 1):
                one = os.path.join(folder, f"one{turn}.jsonl")
                begun = time.monotonic()
                subprocess.run(["dotnet", options.gyrus, "classify", "-", "--level", "slice", "--model", options.model, "--out", one], input=files, text=True, stderr=subprocess.DEVNULL)
                alone = time.monotonic() - begun
                out = os.path.join(folder, f"cluster{turn}")
                begun = time.monotonic()
                subprocess.run(run.gyrus("job", "classify", "-", "--model", options.model, "--shard-size", str(options.shard), "--out", out, "--cluster", run.store.cluster), input=files, text=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                together = time.monotonic() - begun
                equal = pathlib.Path(one).read_bytes() == pathlib.Path(out, "answers.jsonl").read_bytes()
                print(f"one process {len(paths) / alone:.1f} scans a second, two nodes {len(paths) / together:.1f}: {alone / together:.3f} of it; {'equal' if equal else 'DIFFERENT'}"
                      f"{' (not counted: packages are brought and opened)' if turn == 0 else ''}", flush=True)
                if turn:
                    ratios.append(alone / together)
    finally:
        run.close()
    print(f"median {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})")


if __name__ == "__main__":
    main()
