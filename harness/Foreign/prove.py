#!/usr/bin/env python3
"""Runs the suite on the foreign devices from the command line, with everything that their operator can do.

    prove.py ROLE OUT                   every scenario of the role, without a fault: nothing may be found wrong
    prove.py ROLE OUT FAULT ...         the rows of these faults in faults.tsv; "operated": of those that need an operator; "every":
                                        of all that the suite sees

CLI is the program of the suite, for example "dotnet run --no-build --project harness/Cli --". The working directory is that of the
repository. The exit code is 1 if something else was found than faults.tsv says.
"""

import concurrent.futures
import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from operate import SCRIPTS

HERE = Path(__file__).resolve().parent
CLI = shlex.split(os.environ.get("CLI", "dotnet run --no-build --project harness/Cli --"))
# Stands among the statements of a fault that must be found as a breakdown.
BREAKDOWN = "breakdown"
BENCHES = int(os.environ.get("FOREIGN_BENCHES", "5"))


def listed(role, sections=()):
    """The ids of the scenarios. Among sections there may be ids themselves."""
    named = [word for word in sections if word.startswith("TC-")]
    if named:
        return named
    selection = [word for section in sections for word in ("--section", section)]
    lines = subprocess.run([*CLI, "list", "--role", role.upper(), *selection], check=True, capture_output=True, text=True).stdout
    return [line.split("\t")[0] for line in lines.splitlines() if line.startswith("TC-")]


def run(role, scenarios, out, fault=""):
    """The results of the scenarios on one bench."""
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [HERE / "operate.py", "bench", role, *CLI, "run", "--profile", f"harness/Profiles/foreign-{role}.json", "--strict"]
    with open(f"{out}.log", "w", encoding="utf-8") as log:
        words = [*command, "--out", out, "--tag", *scenarios]
        subprocess.run(words, env={**os.environ, "FOREIGN_FAULT": fault}, stdout=log, stderr=log, check=False)
    journal = out / "journal.ndjson"
    lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    return [record["data"] for record in map(json.loads, lines) if record["kind"] == "result"]


def violated(result):
    return {finding["Statement"]: finding for finding in result["Purpose"] + result["Incidental"] if not finding["Ok"]}


def describe(result):
    findings = (f"\n    {name}: expected {one['Expected']}, actual {one['Actual']}" for name, one in violated(result).items())
    return f"  {result['Verdict']} {result['Scenario']} {result.get('Reason') or ''}{''.join(findings)}"


def prove_device(role, out, pool):
    scenarios = listed(role)
    parts = [scenarios[start::BENCHES] for start in range(BENCHES)]
    runs = [pool.submit(run, role, part, out / f"{number}") for number, part in enumerate(parts)]
    results = [result for one in runs for result in one.result()]
    wrong = [result for result in results if result["Verdict"] != "Pass" or violated(result)]
    print(f"{role}: {len(results)} scenarios run, {len(wrong)} with something wrong", *map(describe, wrong), sep="\n", flush=True)
    return bool(results) and not wrong


def prove_fault(role, out, row):
    results = run(role, listed(role, row["sections"].split()), out / row["fault"], row["fault"])
    found = set().union(*map(violated, results))
    if any(result.get("Breakdown") is not None for result in results):
        found.add(BREAKDOWN)
    wanted, also = set(row["statements"].split()), set(row["also"].split())
    missing, other = wanted - found, found - wanted - also - {BREAKDOWN}
    lines = [f"{role} {row['fault']}: {len(results)} scenarios run, {len(found & wanted)} of {len(wanted)} statements violated"]
    lines += [f"  not violated: {name}" for name in sorted(missing)] + [f"  violated, too: {name}" for name in sorted(other)]
    lines += [describe(result) for result in results if result["Verdict"] == "Error" or other & violated(result).keys()]
    print(*lines, sep="\n", flush=True)
    return bool(results) and not missing and not other


def is_chosen(row, faults):
    groups = {"operated": row["bench"], "every": row["statements"]}
    return row["fault"] in faults or (len(faults) == 1 and bool(groups.get(faults[0])))


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in SCRIPTS:
        sys.exit(__doc__)
    role, out, faults = sys.argv[1], Path(sys.argv[2]).absolute(), sys.argv[3:]
    with concurrent.futures.ThreadPoolExecutor(BENCHES) as pool:
        if not faults:
            sys.exit(0 if prove_device(role, out, pool) else 1)
        with open(HERE / "faults.tsv", encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if row["role"] == role.upper()]
        chosen = [row for row in rows if is_chosen(row, faults)]
        sys.exit(0 if all(list(pool.map(lambda row: prove_fault(role, out, row), chosen))) else 1)


if __name__ == "__main__":
    main()
