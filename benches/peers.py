#!/usr/bin/env python3
"""`pact diff` side by side with `datacontract breaking` and `buf breaking`, on equivalent inputs, and `pact lint` with
`datacontract lint` on the same ODCS file, in one run.

    python3 benches/peers.py install FOLDER     # the peers, at the versions below, into a folder outside the repository
    cargo build --release
    PACT_BENCH_PEERS=FOLDER python3 benches/peers.py            # prints the tables
    PACT_BENCH_PEERS=FOLDER python3 benches/peers.py --write    # and writes docs/benchmarks.md

PACT_BENCH_PACT is the pact to measure (otherwise target/release/pact); PACT_BENCH_PEERS the folder of the peers (otherwise
they are looked for on PATH); PACT_BENCH_SECONDS how long to repeat each case (otherwise 40). `cargo bench` and `cargo test`
know nothing of it. Nothing but Python's standard library is needed: it has the kernel's account of a child's CPU time,
which takes a foreign library in Rust.
"""

import argparse
import glob
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from datetime import date
from pathlib import Path

# What `install` brings: other versions may compare, print and cost differently.
DATACONTRACT = "datacontract-cli==1.2.8"
BUF = "@bufbuild/buf@1.75.0"

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
WIDTHS = (60, 1_000, 5_000)
# How many fields the ODCS file has that is linted.
LINTED = 1_000
# From here on the start of a program is the smaller part, and is not looked at apart.
LONG = 5_000
CONTRACTS = 1_000
CHANGED = "c0500"
# buf once more, in git: a shell tells it which files changed.
TOLD = "buf told the file"
# A case is repeated for some time, whatever its tools take, within these bounds.
ROUNDS = range(2, 16)
LIBRARY_ROUNDS = 2


# --- The inputs: one model, written in three formats -----------------------------------------------------------------

# What a field may hold: its logical and physical type in pact's format, the same in ODCS, and its type in protobuf.
KINDS = {
    "text": (("string", "VARCHAR"), ("string", "VARCHAR"), "string"),
    "int": (("integer", "INT"), ("integer", "INT"), "int32"),
    "long": (("integer", "BIGINT"), ("integer", "BIGINT"), "int64"),
    "double": (("float", "DOUBLE"), ("number", "DOUBLE"), "double"),
    "time": (("timestamp", "TIMESTAMP"), ("timestamp", "TIMESTAMP"), "google.protobuf.Timestamp"),
    "flag": (("boolean", "BOOLEAN"), ("boolean", "BOOLEAN"), "bool"),
}


def fields(count):
    """The fields of a contract before its change. The number is what protobuf knows a field by."""
    cycle = ("text", "int", "double", "time", "flag")
    return [
        {
            "name": f"field_{number:04}",
            "number": number,
            "kind": cycle[number % 5],
            "nullable": number % 4 != 0,
            "description": f"The value number {number} of a row",
        }
        for number in range(1, count + 1)
    ]


def change(before):
    """Seven changes that all three formats can say, spread over the contract."""
    after = [dict(field) for field in before]
    at = {name: len(after) * part // 10 for name, part in zip(CHANGES, range(1, 10))}

    def find(index, wanted):
        while not all(after[index][key] == value for key, value in wanted.items()):
            index += 1
        return after[index]

    find(at["renamed"], {"kind": "double"})["name"] += "_new"
    find(at["retyped"], {"kind": "text"})["kind"] = "long"
    find(at["widened"], {"kind": "int"})["kind"] = "long"
    find(at["relaxed"], {"nullable": False})["nullable"] = True
    find(at["described"], {"kind": "flag"})["description"] += ", in other words"
    after.remove(find(at["removed"], {"kind": "time"}))
    number = len(before) + 1
    added = {"name": f"field_{number:04}", "number": number, "kind": "text", "nullable": True}
    return [*after, {**added, "description": f"The value number {number} of a row"}]


CHANGES = {
    "removed": "a field removed",
    "renamed": "a field renamed",
    "retyped": "a string that becomes a 64-bit integer",
    "widened": "a 32-bit integer that becomes a 64-bit one",
    "relaxed": "a field that may now be null",
    "added": "a field added that may be null",
    "described": "another description",
}


def native(name, version, rows):
    text = [
        f"name: {name}\nversion: {version}\nstatus: active\ndescription: A generated table.\n"
        "publisher: {team: sales, owner: Ada, contact_email: sales@example.com}\nschema:"
    ]
    for field in rows:
        logical, physical = KINDS[field["kind"]][0]
        text.append(
            f"  - name: {field['name']}\n    data_type: {logical}\n    physical_type: {physical}\n"
            f"    nullable: {str(field['nullable']).lower()}\n    description: {field['description']}"
        )
    return "\n".join(text) + "\n"


def odcs(name, version, rows):
    text = [
        f"apiVersion: v3.1.0\nkind: DataContract\nid: {name}\nname: {name}\nversion: {version}\nstatus: active\n"
        f"description:\n  purpose: A generated table.\nschema:\n  - name: {name}\n    physicalType: table\n    properties:"
    ]
    for field in rows:
        logical, physical = KINDS[field["kind"]][1]
        text.append(
            f"      - name: {field['name']}\n        logicalType: {logical}\n        physicalType: {physical}\n"
            f"        required: {str(not field['nullable']).lower()}\n        description: {field['description']}"
        )
    return "\n".join(text) + "\n"


def protobuf(name, _version, rows):
    text = ['syntax = "proto3";\npackage bench.v1;\nimport "google/protobuf/timestamp.proto";']
    text.append(f"// A generated table.\nmessage {name.capitalize()} {{")
    for field in rows:
        # A message field always knows whether it is set, so the word would say nothing there.
        label = "optional " if field["nullable"] and field["kind"] != "time" else ""
        text.append(
            f"  // {field['description']}\n  {label}{KINDS[field['kind']][2]} {field['name']} = {field['number']};"
        )
    return "\n".join(text) + "\n}\n"


FORMATS = {"pact": ("yaml", native), "datacontract": ("yaml", odcs), "buf": ("proto", protobuf)}


def pair(folder, tool, count):
    """One contract in `old/` and its changed self in `new/`."""
    suffix, write = FORMATS[tool]
    before = fields(count)
    for side, version, rows in (("old", "1.0.0", before), ("new", "2.0.0", change(before))):
        (folder / side).mkdir(parents=True)
        (folder / side / f"wide.{suffix}").write_text(write("wide", version, rows))
    return folder


def odcs_file(folder):
    """One ODCS file that is right."""
    folder.mkdir(parents=True)
    (folder / "wide.odcs.yaml").write_text(odcs("wide", "1.0.0", fields(LINTED)))
    return folder


def repository(folder, tool):
    """A git repository of many contracts, committed, and then one of them changed in the work tree."""
    suffix, write = FORMATS[tool]
    contracts = folder / "contracts"
    contracts.mkdir(parents=True)
    if tool == "pact":
        (folder / "pact.yaml").write_text("contracts: [contracts]\n")
    before = fields(60)
    for number in range(CONTRACTS):
        name = f"c{number:04}"
        (contracts / f"{name}.{suffix}").write_text(write(name, "1.0.0", before))
    author = ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "first"], ["gc", "-q"]):
        subprocess.run(["git", *author, *words], cwd=folder, check=True)
    (contracts / f"{CHANGED}.{suffix}").write_text(write(CHANGED, "2.0.0", change(before)))
    return folder


# --- The tools -------------------------------------------------------------------------------------------------------

FILE_BY_FILE = """\
git diff --name-only HEAD -- contracts | while read -r file; do
  git show "HEAD:$file" >"$OLD" && "$0" breaking "$OLD" "$file"
done"""

ONLY_CHANGED = """\
files=$(git diff --name-only HEAD -- contracts | sed 's/^/--path=/')
exec "$0" breaking --against '.git#branch=main' "$@" $files"""


class Tool:
    """A program, how it is asked, and how its answer is counted."""

    def __init__(self, name, program):
        self.name, self.program = name, program

    def files(self, counted=False):
        old_new = {
            "pact": ["diff", "old/wide.yaml", "new/wide.yaml"],
            "datacontract": ["breaking", "old/wide.yaml", "new/wide.yaml"],
            "buf": ["breaking", "new", "--against", "old"],
        }[self.name]
        return [self.program, *old_new, *(self.machine() if counted else [])]

    def git(self, counted=False):
        if self.name == "datacontract":
            return ["sh", "-c", FILE_BY_FILE, self.program]
        if self.name == TOLD:
            return ["sh", "-c", ONLY_CHANGED, self.program, *(self.machine() if counted else [])]
        words = {"pact": ["diff", "HEAD"], "buf": ["breaking", "--against", ".git#branch=main"]}[self.name]
        return [self.program, *words, *(self.machine() if counted else [])]

    def lint(self, counted=False):
        return [self.program, "lint", "wide.odcs.yaml", *(self.machine() if counted else [])]

    def start(self, counted=False):
        return [self.program, "--version"]

    def machine(self):
        return {"pact": ["--format", "json"], "datacontract": [], "buf": ["--error-format", "json"]}[self.name.split()[0]]

    def count(self, output):
        """How many findings an answer has, in words, and how many of them the tool calls breaking."""
        if self.name == "pact":
            changes = [change for contract in json.loads(output)["contracts"] for change in contract["changes"]]
            breaking = sum(change["level"] == "major" for change in changes)
            return f"{len(changes)}, {breaking} of them major"
        if self.name in ("buf", TOLD):
            return f"{len(output.splitlines())}, breaking is all that it reports"
        levels = re.findall(r"^│ (ERROR|WARNING|INFO) ", output.partition("Details")[0], re.MULTILINE)
        return f"{len(levels)}, {levels.count('ERROR')} of them errors"

    def count_linted(self, output):
        """How many findings there are about a file, in words, and how many of them the tool calls errors."""
        if self.name == "pact":
            answer = json.loads(output)
            return f"{len(answer['findings'])}, {answer['summary']['errors']} of them errors"
        results = [result for result in re.findall(r"^│ (\w+) ", output, re.MULTILINE) if result != "Result"]
        return f"{len(results) - results.count('passed')}, of {len(results)} check{'s' * (len(results) != 1)}"

    def version(self):
        words = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True)
        return (words.stdout + words.stderr).strip().split()[-1]


def tools():
    """The programs that are there. Of those that aren't, how to get them."""
    found, folder = [], os.environ.get("PACT_BENCH_PEERS")
    pact = Path(os.environ.get("PACT_BENCH_PACT", ROOT / "target/release/pact")).resolve()
    if not pact.is_file():
        sys.exit(f"no pact at {pact}: run `cargo build --release`, or name another by PACT_BENCH_PACT")
    found.append(Tool("pact", str(pact)))
    for name in ("datacontract", "buf"):
        # npm's own `buf` starts node to start the program: the program itself is what is measured.
        places = [f"{folder}/python/bin/{name}", f"{folder}/node_modules/@bufbuild/buf-*/bin/{name}"] if folder else []
        programs = [file for place in places for file in glob.glob(place)] or [shutil.which(name)]
        if programs[0]:
            found.append(Tool(name, os.path.abspath(programs[0])))
        else:
            print(f"{name}: not found, and left out. `python3 benches/peers.py install FOLDER` installs it; then set")
            print("PACT_BENCH_PEERS=FOLDER.")
    return found


def install(folder):
    folder = Path(folder).resolve()
    if folder.is_relative_to(ROOT):
        sys.exit("choose a folder outside the repository")
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "python"], check=True)
    subprocess.run([folder / "python/bin/pip", "install", "--quiet", DATACONTRACT], check=True)
    subprocess.run(["npm", "install", "--prefix", folder, "--no-fund", "--no-audit", BUF], check=True)
    print(f"installed. Now: PACT_BENCH_PEERS={folder} python3 benches/peers.py")


# --- Measuring -------------------------------------------------------------------------------------------------------


def run(words, folder, scratch, output):
    """Runs a command to its end and returns its wall and CPU time (user and system, with all its children) in seconds."""
    # Caches and settings of their own: nothing of the user's, and warm after the first round.
    environment = {**os.environ, "NO_COLOR": "1", "HOME": str(scratch), "XDG_CACHE_HOME": f"{scratch}/cache"}
    environment["OLD"] = f"{scratch}/before.yaml"
    with open(output, "wb") as out, open(f"{output}.err", "wb") as err:
        start = time.perf_counter()
        child = subprocess.Popen(words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
    code = child.returncode = os.waitstatus_to_exitcode(status)
    # 100 is buf's code for findings.
    if code not in (0, 1, 100):
        message = Path(f"{output}.err").read_text()
        sys.exit(f"`{' '.join(words)}` in {folder} ended with {code}:\n{message}")
    return wall, usage.ru_utime + usage.ru_stime


LIBRARY = """
import sys, time
from datacontract.data_contract import DataContract
for _ in range(int(sys.argv[1]) + 1):
    wall, cpu = time.perf_counter(), time.process_time()
    if sys.argv[2] == "lint":
        DataContract(data_contract_file="wide.odcs.yaml").lint()
    else:
        old, new = (DataContract(data_contract_file=f"{side}/wide.yaml") for side in ("old", "new"))
        old.breaking(new)
    print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def library(tool, folder, scratch, rounds, command):
    """datacontract's `breaking` or `lint` inside one running Python: what is left without the start and the printing."""
    python = Path(tool.program).parent / "python"
    if not python.exists():
        return []
    output = scratch / "library.out"
    run([str(python), "-c", LIBRARY, str(rounds), command], folder, scratch, output)
    lines = [tuple(map(float, line.split())) for line in output.read_text().splitlines()]
    return lines[1:]


def measure(found, folders, ask, seconds, scratch):
    """One case: all tools in turn, round after round. The first round warms up, and its findings are counted."""
    samples = {tool.name: [] for tool in found}
    findings = {}
    for tool in found:
        run(ask(tool, counted=True), folders[tool.name], scratch, scratch / "out")
        count = {Tool.start: lambda *_: "", Tool.lint: Tool.count_linted}.get(ask, Tool.count)
        findings[tool.name] = count(tool, (scratch / "out").read_text())
    start = time.monotonic()
    while len(samples["pact"]) < ROUNDS.start or (
        len(samples["pact"]) < ROUNDS.stop - 1 and time.monotonic() - start < seconds
    ):
        for tool in found:
            samples[tool.name].append(run(ask(tool), folders[tool.name], scratch, scratch / "out"))
    return [(tool.name, samples[tool.name], findings[tool.name]) for tool in found], samples["pact"]


def table(rows, base):
    """The rows of a case: medians, the least, and by how much more than pact, as the median of the rounds' ratios."""
    lines = [
        "| | wall, median (least) | CPU, median (least) | wall, times pact | CPU, times pact | findings |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for name, samples, findings in rows:
        cells = []
        for kind in zip(*samples):
            cells.append(f"{statistics.median(kind) * 1e3:,.1f} ms ({min(kind) * 1e3:,.1f})")
        for kind, pact in zip(zip(*samples), zip(*base)):
            cells.append(f"{statistics.median(one / other for one, other in zip(kind, pact)):,.1f}")
        lines.append(f"| {name} | {' | '.join(cells)} | {findings} |")
    return lines


METHOD = """\
<!-- Written by `python3 benches/peers.py --write`: change it there. -->

# Side by side with other tools

How long `pact diff` takes beside `datacontract breaking` ([datacontract-cli](https://pypi.org/project/datacontract-cli/))
and `buf breaking` ([buf](https://www.npmjs.com/package/@bufbuild/buf)) on equivalent inputs, and `pact lint` beside
`datacontract lint` on the same ODCS file. Other machines give other numbers; `benches/peers.py` says how to measure on yours.

## Results

{machine}

{tables}

## Method

- One generator writes the same fields as a contract of pact, as an ODCS 3.1 contract for datacontract and as a protobuf
  message for buf. Each field has a name, a type, a description, and says whether it may be null (`optional` in protobuf).
- The changed self has the same seven changes at any width:
{changes}.
- In git: {contracts:,} contracts of 60 fields each, committed, one of them changed in the work tree in the same seven ways.
  `pact diff HEAD` and `buf breaking --against '.git#branch=main'`. datacontract compares files only, so a shell asks
  `git diff --name-only` what has changed and `git show` for the former text, and runs it once for each changed file.
- Linted is one ODCS 3.1 file without a mistake, the same for both tools: `pact lint` and `datacontract lint`.
- Whole commands as a user runs them, each with its default output, written to a file. The tools take turns, round after
  round; the first only warms up. *CPU* is user and system time of the command and of all that it started,
  from the kernel's account; *wall* is also longer when the machine has other work. *Times pact* is the median over the
  rounds of the ratio to pact's time in the same round; below 1 the other tool took less.
- Findings are counted from each tool's own output in the first round (JSON of pact and buf; the rows under *Summary* of
  datacontract, or of its table of checks).

## What can't be compared

- **Start-up.** datacontract is a Python program, and loads its libraries at each start. Rows named *as a library* (where
  the start is a large part) are its `breaking` or `lint` called {library} times within one running Python that is warm, without
  start and without printing; the ratios are still to pact's whole command.
- **Rules.** The tools answer different questions. pact gives each change one finding with a level for readers and one for
  writers, finds renames, and judges the version. datacontract grades each changed field for consumers by what
  the data may hold, lists all changed keys below, and the version as a change; a rename is a field removed and one added.
  buf holds the numbers and names of protobuf fields stable and reports only what breaks; its default rules (`FILE`) are used;
  a rename breaks two of them, and a wider integer is another type to it.
- **Linting.** `datacontract lint` holds a file against the JSON Schema of ODCS, and stops at its first violation unless asked
  for all. `pact lint` judges the form by rules of its own that agree with that schema, and then what the contract says: the
  findings are its advice on a contract without an owner and without a primary key.
- **Formats.** Protobuf has fewer words per field than the YAML formats and is parsed by a compiler made for it. datacontract
  also validates each file against the JSON Schema of ODCS.
- **Git.** pact reads only what differs from the commit; buf clones the repository and compiles both sides; for
  datacontract the shell does this work. In the row *buf told the file* a shell gives buf the changed files as `--path`:
  most of what buf otherwise takes is for the files that did not change.
"""


def processor():
    try:
        model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        model = None
    return model.group(1) if model else platform.machine()


def system():
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        name = platform.system()
    return f"{name} ({platform.machine()})"


def measured_on(versions, load):
    """When, with what and where something was measured; `load` are the load averages meanwhile."""
    cores = os.cpu_count() or 1
    told = (
        f"Measured on {date.today():%Y-%m-%d} with {versions}; Python {platform.python_version()}; {cores} cores\n"
        f"({processor()}), {system()}. Load average while measuring: {min(load):.1f} to {max(load):.1f}."
    )
    if max(load) > cores + 1:
        told += "\nThe machine had other work: the CPU columns tell more than the wall."
    return told


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    commands = arguments.add_subparsers(dest="command")
    commands.add_parser("install", help="install the peers").add_argument("folder")
    given = arguments.parse_args()
    if given.command == "install":
        return install(given.folder)
    seconds = float(os.environ.get("PACT_BENCH_SECONDS", "40"))
    found = tools()
    by_name = {tool.name: tool for tool in found}
    if given.write and len(found) < len(FORMATS):
        sys.exit("the page needs all tools")
    load = [os.getloadavg()[0]]
    report = []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)

        def show(case, rows, base):
            text = "\n".join([f"### {case}", "", *table(rows, base), "", f"{len(base)} rounds."])
            print(f"{text}\n", flush=True)
            report.append(text)
            load.append(os.getloadavg()[0])

        for width in WIDTHS:
            folders = {tool.name: pair(scratch / f"{tool.name}-{width}", tool.name, width) for tool in found}
            case = f"A contract of {width:,} fields against its changed self, two files"
            rows, base = measure(found, folders, Tool.files, seconds, scratch)
            if "datacontract" in by_name and width < LONG:
                inner = library(by_name["datacontract"], folders["datacontract"], scratch, LIBRARY_ROUNDS, "breaking")
                if inner:
                    rows.insert(2, ("datacontract as a library", inner, ""))
            show(case, rows, base)
        folders = {tool.name: repository(scratch / f"{tool.name}-git", tool.name) for tool in found}
        case = f"One changed contract among {CONTRACTS:,} in git"
        told = []
        if "buf" in by_name:
            told, folders[TOLD] = [Tool(TOLD, by_name["buf"].program)], folders["buf"]
        show(case, *measure([*found, *told], folders, Tool.git, seconds, scratch))
        linting = [tool for tool in found if tool.name in ("pact", "datacontract")]
        folder = odcs_file(scratch / "lint")
        case = f"An ODCS file of {LINTED:,} fields, linted"
        rows, base = measure(linting, {tool.name: folder for tool in linting}, Tool.lint, seconds, scratch)
        if "datacontract" in by_name and (inner := library(by_name["datacontract"], folder, scratch, LIBRARY_ROUNDS, "lint")):
            rows.append(("datacontract as a library", inner, ""))
        show(case, rows, base)
        case = "To start and end (`--version`)"
        show(case, *measure(found, folders, Tool.start, seconds, scratch))
    versions = ", ".join(f"{tool.name} {tool.version()}" for tool in found)
    machine = measured_on(versions, load)
    print(machine)
    if given.write:
        changes = textwrap.fill(", ".join(CHANGES.values()), 118, initial_indent="  ", subsequent_indent="  ")
        page = METHOD.format(
            machine=machine, tables="\n\n".join(report), changes=changes, contracts=CONTRACTS, library=LIBRARY_ROUNDS
        )
        PAGE.write_text(page)
        print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
