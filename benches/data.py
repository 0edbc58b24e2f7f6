#!/usr/bin/env python3
"""`pact check` on files, side by side with DuckDB and hand-written SQL, and with `datacontract test`, Great Expectations and
Soda, on the same rows with the same expectations, in one run.

    python3 benches/data.py install FOLDER      # the others, at the versions below, into a folder outside the repository
    cargo build --release
    export PACT_BENCH_PEERS=FOLDER PACT_BENCH_DATA=OTHER_FOLDER   # the rows are made there once: some 3 GB
    python3 benches/data.py                     # prints the tables
    python3 benches/data.py --write             # and writes docs/benchmarks-data.md
    python3 benches/data.py --rows 100000       # a hundredth of it, to see that everything works

PACT_BENCH_PACT is the pact to measure (otherwise target/release/pact), PACT_BENCH_ROUNDS how often (otherwise 3),
PACT_BENCH_LIMIT how many seconds a peer may take (otherwise 300). Nothing but Python's standard library is needed here.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from peers import ROOT, measured_on

# What `install` brings, each into a Python of its own: they don't agree on what they build on.
PACKAGES = {
    "duckdb": ["duckdb==2.0.0"],
    "datacontract": ["datacontract-cli[duckdb]==1.2.8"],
    "gx": ["great_expectations==1.24.1", "pandas==3.1.1", "pyarrow==26.0.1"],
    "soda": ["soda-duckdb==4.28.0", "duckdb==2.0.0"],
}
NAMES = {
    "duckdb": "DuckDB, by hand",
    "datacontract": "datacontract test",
    "gx": "Great Expectations",
    "soda": "Soda",
}
PAGE = ROOT / "docs" / "benchmarks-data.md"
ROWS = 10_000_000
EXPECTATIONS = 26
THREADS = 2
STARTS = 30
# Great Expectations holds all rows in pandas, several times over.
SMALLER = {"gx": 10}
# pact with and without looking for rows to show: nobody else is asked to show any.
BARE = "pact --examples 0"


# --- The rows --------------------------------------------------------------------------------------------------------

# Every expectation is broken by one row in some tens of thousands. A prime for each, so that they fall on different rows.
TABLE = """
WITH numbers AS (
    SELECT i, hash(i) AS h, hash(i + 1000000007) AS g, md5((CASE WHEN i % 40009 = 21 THEN i - 1 ELSE i END)::VARCHAR) AS m
    FROM range({rows}) AS numbers(i)
), moments AS (
    SELECT *, TIMESTAMP '2024-01-01' + to_seconds((CASE WHEN i % 41011 = 101 THEN -86400 ELSE h % 63072000 END)::BIGINT) AS moment
    FROM numbers
)
SELECT
    CASE WHEN i % 50021 = 11 THEN i - 1 ELSE i END::BIGINT AS id,
    CASE WHEN i % 30011 = 31 THEN NULL WHEN i % 33013 = 41 THEN 'no-key-' || i
        ELSE concat_ws('-', m[1:8], m[9:12], m[13:16], m[17:20], m[21:32]) END AS key,
    CASE WHEN i % 35023 = 51 THEN NULL WHEN i % 36007 = 61 THEN -1.50 WHEN i % 37003 = 71 THEN 12000.01
        ELSE (h % 1000000)::DECIMAL(12, 2) / 100 END::DECIMAL(12, 2) AS amount,
    CASE WHEN i % 38011 = 81 THEN NULL WHEN i % 39019 = 91 THEN 'lost'
        ELSE ['new', 'paid', 'sent', 'done', 'back'][1 + (g % 5)::INT] END AS state,
    CASE WHEN i % 42013 = 111 THEN NULL ELSE moment END AS created_at,
    (moment::DATE + CASE WHEN i % 43003 = 121 THEN -1 WHEN i % 44017 = 131 THEN 3000 ELSE g % 10 END::INT)::DATE AS day,
    CASE WHEN i % 45007 = 141 THEN 'nobody at example' WHEN i % 46021 = 151 THEN repeat('x', 60) || '@example.com'
        ELSE concat('user', g % 5000000, '@mail', h % 50, '.example.com') END AS email,
    CASE WHEN i % 47017 = 161 THEN -1 WHEN g % 4 = 0 THEN NULL ELSE h % 100 END::INTEGER AS quantity
FROM moments
"""
# Cells that are no values of their types, which only text can have.
BROKEN = """
SELECT * REPLACE (
    CASE WHEN id % 48017 = 171 THEN 'n/a' ELSE amount::VARCHAR END AS amount,
    CASE WHEN id % 49003 = 181 THEN 'yesterday' ELSE created_at::VARCHAR END AS created_at,
    CASE WHEN id % 51001 = 191 THEN '2024-13-01' ELSE day::VARCHAR END AS day,
    CASE WHEN id % 52009 = 201 THEN 'many' ELSE quantity::VARCHAR END AS quantity
) FROM ({table})
"""


class Rows:
    """A file of rows: `parquet`, `csv`, or `typed`: CSV in which every cell is a value of its type."""

    def __init__(self, folder, python, kind, count):
        self.kind, self.count = kind, count
        self.format = "parquet" if kind == "parquet" else "csv"
        self.path = folder / f"{kind}-{count}" / f"orders.{self.format}"
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            table = TABLE.format(rows=count)
            query = BROKEN.format(table=table) if kind == "csv" else table
            options = "HEADER" if self.format == "csv" else "FORMAT parquet"
            half = self.path.with_suffix(".half")
            query = f"SET enable_progress_bar = false; COPY ({query}) TO '{half}' ({options})"
            subprocess.run([python, "-c", "import sys, duckdb; duckdb.execute(sys.argv[1])", query], check=True)
            half.rename(self.path)

    def title(self):
        words = {"parquet": "Parquet", "csv": "CSV", "typed": "CSV without broken cells"}[self.kind]
        return f"{self.count:,} rows of {words} ({self.path.stat().st_size / 1e6:,.0f} MB)"


# --- The expectations, in the words of each tool ---------------------------------------------------------------------

KEY = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
EMAIL = r"^[^@ ]+@[^@ ]+\.[a-z]+$"

PACT = f"""\
name: orders
version: 1.0.0
status: active
description: Generated orders.
publisher: {{team: sales, owner: Ada, contact_email: sales@example.com}}
sources:
  parquet: {{type: parquet, path: "${{PACT_BENCH_FILE}}"}}
  csv: {{type: csv, path: "${{PACT_BENCH_FILE}}"}}
schema:
  - {{name: id, data_type: integer, physical_type: BIGINT, is_primary_key: true, nullable: false}}
  - {{name: key, data_type: string, nullable: false, unique: true, constraints: [{{type: regex, value: '{KEY}'}}]}}
  - name: amount
    data_type: decimal
    precision: 12
    scale: 2
    nullable: false
    constraints: [{{type: min, value: 0}}, {{type: max, value: 10000}}]
  - name: state
    data_type: string
    nullable: false
    constraints: [{{type: enum, value: [new, paid, sent, done, back]}}]
  - {{name: created_at, data_type: datetime, nullable: false, constraints: [{{type: min, value: "2024-01-01T00:00:00"}}]}}
  - {{name: day, data_type: date, constraints: [{{type: max, value: "2026-06-30"}}]}}
  - {{name: email, data_type: string, constraints: [{{type: regex, value: '{EMAIL}'}}, {{type: max_length, value: 64}}]}}
  - {{name: quantity, data_type: integer, physical_type: INTEGER, constraints: [{{type: min, value: 0}}]}}
rules:
  business:
    - {{name: day_not_before_creation, expression: "day >= CAST(created_at AS date)"}}
service_levels:
  volume: {{floor: 1}}
"""

# By the names that pact gives its expectations, so that the counts can be compared.
ROW_BY_ROW = {
    "orders.id not_null": "count(*) - count(id)",
    "orders.key not_null": "count(*) - count(key)",
    "orders.amount not_null": "count(*) - count(amount_text)",
    "orders.state not_null": "count(*) - count(state)",
    "orders.created_at not_null": "count(*) - count(created_at_text)",
    "orders.key regex": f"count(*) FILTER (NOT regexp_matches(key, '{KEY}'))",
    "orders.amount min": "count(*) FILTER (amount < 0)",
    "orders.amount max": "count(*) FILTER (amount > 10000)",
    "orders.state enum": "count(*) FILTER (state NOT IN ('new', 'paid', 'sent', 'done', 'back'))",
    "orders.created_at min": "count(*) FILTER (created_at < TIMESTAMP '2024-01-01')",
    "orders.day max": "count(*) FILTER (day > DATE '2026-06-30')",
    "orders.email regex": f"count(*) FILTER (NOT regexp_matches(email, '{EMAIL}'))",
    "orders.email max_length": "count(*) FILTER (length(email) > 64)",
    "orders.quantity min": "count(*) FILTER (quantity < 0)",
    "day_not_before_creation expression": "count(*) FILTER (day < created_at::DATE)",
    "rows": "count(*)",
}
# A hash of 64 bits in place of 36 characters: a chance of one in 400,000 that two of ten million keys share one.
UNIQUE = {
    "orders.key unique": "count(key) - count(DISTINCT hash(key)) FILTER (key IS NOT NULL)",
    "orders primary_key": "count(id) - count(DISTINCT id)",
}
TYPES = {
    "id": "BIGINT",
    "key": "VARCHAR",
    "amount": "DECIMAL(12,2)",
    "state": "VARCHAR",
    "created_at": "TIMESTAMP",
    "day": "DATE",
    "email": "VARCHAR",
    "quantity": "INTEGER",
}
CASTS = {name: kind for name, kind in TYPES.items() if kind != "VARCHAR"}


def by_hand(rows):
    """The expectations as queries of DuckDB: the way that was the fastest for each format, of several tried."""
    if rows.format == "parquet":
        measures = {name: words.replace("_text", "") for name, words in ROW_BY_ROW.items()}
        keys = [{name: words} for name, words in UNIQUE.items()]
        return [select(part, f"read_parquet('{rows.path}')") for part in (measures, *keys)]
    casts = [f"TRY_CAST({name} AS {kind}) AS {name}, {name} AS {name}_text" for name, kind in CASTS.items()]
    casts = ",\n             ".join(casts)
    texts = ", ".join(name for name in TYPES if name not in CASTS)
    source = f"(SELECT {texts},\n             {casts}\n      FROM read_csv('{rows.path}', all_varchar = true))"
    types = {f"orders.{name} type": f"count({name}_text) - count({name})" for name in CASTS}
    return [select({**types, **ROW_BY_ROW, **UNIQUE}, source)]


def select(measures, source):
    columns = ",\n       ".join(f'{words} AS "{name}"' for name, words in measures.items())
    return f"SELECT {columns}\nFROM {source}"


DUCKDB = """
import json, sys, duckdb
connection = duckdb.connect()
connection.execute(f"SET threads = {sys.argv[1]}")
connection.execute("SET enable_progress_bar = false")
file, types, queries = json.load(sys.stdin)
found = {}
if types:
    there = {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM '{file}'").fetchall()}
    found = {f"orders.{name} type": int(there.get(name) != kind) for name, kind in types.items()}
for query in queries:
    answer = connection.execute(query)
    names = [column[0] for column in answer.description]
    found.update(zip(names, answer.fetchone()))
json.dump(found, sys.stdout)
"""

ODCS = f"""\
apiVersion: v3.1.0
kind: DataContract
id: orders
name: orders
version: 1.0.0
status: active
servers:
  - {{server: bench, type: local, path: "@PATH@", format: @FORMAT@}}
schema:
  - name: orders
    physicalType: table
    properties:
      - {{name: id, logicalType: integer, physicalType: BIGINT, required: true, primaryKey: true}}
      - name: key
        logicalType: string
        physicalType: VARCHAR
        required: true
        unique: true
        logicalTypeOptions: {{pattern: '{KEY}'}}
      - name: amount
        logicalType: number
        physicalType: DECIMAL(12,2)
        required: true
        logicalTypeOptions: {{minimum: 0, maximum: 10000}}
      - name: state
        logicalType: string
        physicalType: VARCHAR
        required: true
        quality: [{{type: library, metric: invalidValues, arguments: {{validValues: [new, paid, sent, done, back]}}, mustBe: 0}}]
      - name: created_at
        logicalType: timestamp
        physicalType: TIMESTAMP
        required: true
        logicalTypeOptions: {{minimum: "2024-01-01T00:00:00"}}
      - {{name: day, logicalType: date, physicalType: DATE, logicalTypeOptions: {{maximum: "2026-06-30"}}}}
      - {{name: email, logicalType: string, physicalType: VARCHAR, logicalTypeOptions: {{pattern: '{EMAIL}', maxLength: 64}}}}
      - {{name: quantity, logicalType: integer, physicalType: INTEGER, logicalTypeOptions: {{minimum: 0}}}}
    quality:
      - {{type: library, metric: rowCount, mustBeGreaterOrEqualTo: 1}}
      - {{type: sql, query: "SELECT count(*) FROM {{object}} WHERE day < CAST(created_at AS date)", mustBe: 0}}
"""

SODA = f"""\
dataset: bench/main/orders
columns:
  - {{name: id, data_type: BIGINT, checks: [{{missing: }}, {{duplicate: }}]}}
  - name: key
    data_type: VARCHAR
    checks: [{{missing: }}, {{duplicate: }}, {{invalid: {{valid_format: {{name: key, regex: '{KEY}'}}}}}}]
  - name: amount
    data_type: DECIMAL
    checks: [{{missing: }}, {{invalid: {{valid_min: 0}}}}, {{invalid: {{qualifier: max, valid_max: 10000}}}}]
  - name: state
    data_type: VARCHAR
    checks: [{{missing: }}, {{invalid: {{valid_values: [new, paid, sent, done, back]}}}}]
  - {{name: created_at, data_type: TIMESTAMP, checks: [{{missing: }}]}}
  - {{name: day, data_type: DATE}}
  - name: email
    data_type: VARCHAR
    checks:
      - invalid: {{valid_format: {{name: email, regex: '{EMAIL}'}}}}
      - invalid: {{qualifier: length, valid_max_length: 64}}
  - {{name: quantity, data_type: INTEGER, checks: [{{invalid: {{valid_min: 0}}}}]}}
checks:
  - schema:
  - row_count: {{threshold: {{must_be_greater_than_or_equal: 1}}}}
  - failed_rows: {{name: creation, qualifier: creation, expression: "created_at < TIMESTAMP '2024-01-01'"}}
  - failed_rows: {{name: day, qualifier: day, expression: "day > DATE '2026-06-30'"}}
  - failed_rows: {{name: order, qualifier: order, expression: "day < CAST(created_at AS date)"}}
"""
SODA_SOURCE = "type: duckdb\nname: bench\nconnection: {database: bench.duckdb, schema: main}\n"

GX = f"""
import datetime, json, sys
import pandas
import great_expectations as gx
import great_expectations.expectations as expect

path, format = sys.argv[1:]
if format == "parquet":
    rows = pandas.read_parquet(path)
    rows["amount"] = rows["amount"].astype("float64")
else:
    rows = pandas.read_csv(path, parse_dates=["created_at"])
rows["day"] = pandas.to_datetime(rows["day"])
rows["created_on"] = rows["created_at"].dt.normalize()
types = {{"id": "int64", "key": "str", "amount": "float64", "state": "str", "created_at": "datetime64", "day": "datetime64",
         "email": "str", "quantity": "float64"}}
suite = gx.ExpectationSuite("orders", expectations=[
    *[expect.ExpectColumnValuesToBeOfType(column=column, type_=kind) for column, kind in types.items()],
    *[expect.ExpectColumnValuesToNotBeNull(column=column) for column in ("id", "key", "amount", "state", "created_at")],
    *[expect.ExpectColumnValuesToBeUnique(column=column) for column in ("id", "key")],
    expect.ExpectColumnValuesToMatchRegex(column="key", regex=r"{KEY}"),
    expect.ExpectColumnValuesToBeBetween(column="amount", min_value=0),
    expect.ExpectColumnValuesToBeBetween(column="amount", max_value=10000),
    expect.ExpectColumnValuesToBeInSet(column="state", value_set=["new", "paid", "sent", "done", "back"]),
    expect.ExpectColumnValuesToBeBetween(column="created_at", min_value=datetime.datetime(2024, 1, 1)),
    expect.ExpectColumnValuesToBeBetween(column="day", max_value=datetime.datetime(2026, 6, 30)),
    expect.ExpectColumnValuesToMatchRegex(column="email", regex=r"{EMAIL}"),
    expect.ExpectColumnValueLengthsToBeBetween(column="email", max_value=64),
    expect.ExpectColumnValuesToBeBetween(column="quantity", min_value=0),
    expect.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="day", column_B="created_on", or_equal=True, ignore_row_if="either_value_is_missing"
    ),
    expect.ExpectTableRowCountToBeBetween(min_value=1),
])
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {{"globally": False}}
asset = context.data_sources.add_pandas("bench").add_dataframe_asset("orders")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={{"dataframe": rows}})
results = batch.validate(suite, result_format="SUMMARY").results
for result in results:
    if "exception_message" in str(result.exception_info) and "'raised_exception': True" in str(result.exception_info):
        sys.exit(str(result.exception_info))
json.dump([len(results), sum(not result.success for result in results)], sys.stdout)
"""


# --- The tools -------------------------------------------------------------------------------------------------------


class Tool:
    """A program, how it is asked about a file, and what it found there."""

    def __init__(self, name, program, folder):
        self.name, self.program, self.folder = name, program, folder
        folder.mkdir(parents=True, exist_ok=True)

    def prepare(self, rows):
        """What a user has made before: contracts, and for Soda a database that shows the file as a table."""
        if self.name.startswith("pact"):
            (self.folder / "contracts").mkdir(exist_ok=True)
            (self.folder / "pact.yaml").touch()
            (self.folder / "contracts/orders.yaml").write_text(PACT)
            subprocess.run(["git", "init", "-q"], cwd=self.folder, check=True)
        elif self.name == "datacontract":
            text = ODCS.replace("@PATH@", str(rows.path)).replace("@FORMAT@", rows.format)
            (self.folder / "orders.odcs.yaml").write_text(text)
        elif self.name == "soda":
            (self.folder / "orders.yaml").write_text(SODA)
            (self.folder / "source.yaml").write_text(SODA_SOURCE)
            source = f"'{rows.path}'" if rows.format == "parquet" else f"read_csv('{rows.path}', types = {TYPES})"
            (self.folder / "bench.duckdb").unlink(missing_ok=True)
            view = "duckdb.connect('bench.duckdb').execute(sys.argv[1])"
            words = [self.python(), "-c", f"import sys, duckdb; {view}", f"CREATE VIEW orders AS FROM {source}"]
            subprocess.run(words, cwd=self.folder, check=True)

    def python(self):
        return str(Path(self.program).parent / "python")

    def ask(self, rows):
        """The command, and what it reads from standard input."""
        if self.name.startswith("pact"):
            words = ["check", "orders", "--source", rows.format, "--timeout", "10m", "--deadline", "20m", "--format", "json"]
            return [self.program, *words, *self.name.split()[1:]], ""
        if self.name == "duckdb":
            types = TYPES if rows.format == "parquet" else {}
            return [self.program, "-c", DUCKDB, str(THREADS)], json.dumps([str(rows.path), types, by_hand(rows)])
        if self.name == "datacontract":
            words = ["test", "orders.odcs.yaml", "--output-format", "json", "--output", "result.json"]
            return [self.program, *words], ""
        if self.name == "soda":
            return [self.program, "contract", "verify", "-ds", "source.yaml", "-c", "orders.yaml"], ""
        return [self.program, "-c", GX, str(rows.path), rows.format], ""

    def found(self, output):
        """How many of the expectations were checked, and how many of those were broken."""
        if self.name.startswith("pact"):
            values, checked = measured(output)
            return checked, broken(values)
        if self.name == "duckdb":
            values = json.loads(output)
            return EXPECTATIONS, broken(values)
        if self.name == "datacontract":
            checks = json.loads((self.folder / "result.json").read_text())["checks"]
            if any(check["type"] == "general" or check["result"] is None for check in checks):
                sys.exit(f"datacontract could not check: {checks}")
            # That columns are there is no expectation of its own elsewhere; a warning says that a type was not looked at.
            asked = [check for check in checks if check["type"] != "field_is_present" and check["result"] != "warning"]
            return len(asked), sum(check["result"] == "failed" for check in asked)
        if self.name == "soda":
            summary = re.findall(r"^\| ([A-Z][A-Za-z ]*?) *\| +(\d+) \|", output, re.MULTILINE)
            counts = {name: int(number) for name, number in summary}
            if counts["Runtime Errors"] or counts["Not Evaluated"]:
                sys.exit(output)
            # One check holds all columns against their types.
            return counts["Checks"] - 1 + len(TYPES), counts["Failed"]
        return tuple(json.loads(output[output.rindex("[") :]))


def measured(output):
    """What pact counted, by the names of the expectations, and how many those are."""
    results = json.loads(output)["contracts"][0]["results"]
    values = {result["evidence"]["id"]: result["evidence"] for result in results if result["evidence"]}
    counts = {name: evidence["value"] for name, evidence in values.items()}
    counts["rows"] = next(iter(values.values()))["rows"]
    schema = next(result for result in results if result["element"] == "orders" and result["kind"] == "schema")
    for name in TYPES:
        # Types of Parquet are those of its schema, told by one result.
        counts.setdefault(f"orders.{name} type", int(schema["verdict"] != "pass"))
    asked = [result for result in results if result["evidence"] is None and result["kind"] == "volume"]
    return counts, len(counts) - 1 + len(asked)


def broken(values):
    return sum(value > 0 for name, value in values.items() if name != "rows")


def same_counts(pact, duckdb):
    """Ends the run where two tools that should count the same don't."""
    ours, theirs = measured(pact)[0], json.loads(duckdb)
    # DuckDB is not asked whether text is text.
    differ = {name: (ours[name], theirs.get(name, 0)) for name in ours if ours[name] != theirs.get(name, 0)}
    if differ or set(theirs) - set(ours):
        sys.exit(f"pact and DuckDB don't count the same: {differ}, {set(theirs) - set(ours)}")
    return sum(int(value) for name, value in theirs.items() if name != "rows")


def install(folder):
    folder = Path(folder).resolve()
    if folder.is_relative_to(ROOT):
        sys.exit("choose a folder outside the repository")
    for name, packages in PACKAGES.items():
        subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
        subprocess.run([folder / name / "bin/pip", "install", "--quiet", *packages], check=True)
    print(f"installed. Now: PACT_BENCH_PEERS={folder} PACT_BENCH_DATA=FOLDER python3 benches/data.py")


def tools(scratch):
    """The programs, all of which have to be there."""
    peers = Path(os.environ.get("PACT_BENCH_PEERS", "."))
    pact = Path(os.environ.get("PACT_BENCH_PACT", ROOT / "target/release/pact")).resolve()
    programs = {"pact": pact, BARE: pact}
    for name, program in {"duckdb": "python", "datacontract": "datacontract", "gx": "python", "soda": "soda"}.items():
        programs[name] = Path(os.path.abspath(peers / name / "bin" / program))
    for name, program in programs.items():
        if not program.is_file():
            sys.exit(f"{name}: no {program}. `cargo build --release` makes pact; `python3 benches/data.py install FOLDER`\n"
                     "brings the others, and PACT_BENCH_PEERS=FOLDER says where they are.")
    return {name: Tool(name, str(program), scratch / name.replace(" ", "")) for name, program in programs.items()}


# --- Measuring -------------------------------------------------------------------------------------------------------


class Sample:
    """One run: seconds of wall and CPU (user and system, with all its children), peak memory in MB, and its output."""

    def __init__(self, wall, usage, output):
        self.wall, self.output = wall, output
        self.cpu, self.memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def run(tool, rows, limit=None):
    """Asks a tool about a file. `None` if that takes longer than the limit."""
    words, given = tool.ask(rows)
    # Nothing of the user's, and nothing sent anywhere.
    environment = {**os.environ, "NO_COLOR": "1", "HOME": str(tool.folder), "PACT_BENCH_FILE": str(rows.path)}
    environment |= {"SODA_CORE_TELEMETRY_ENABLED": "false", "GX_ANALYTICS_ENABLED": "false"}
    output, errors, late = tool.folder / "output", tool.folder / "errors", threading.Event()
    (tool.folder / "input").write_text(given)
    with open(output, "wb") as out, open(errors, "wb") as err, open(tool.folder / "input", "rb") as stdin:
        start = time.perf_counter()
        child = subprocess.Popen(words, cwd=tool.folder, env=environment, stdin=stdin, stdout=out, stderr=err)
        timer = threading.Timer(limit or 3600, lambda: (late.set(), child.send_signal(9)))
        timer.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        timer.cancel()
    code = child.returncode = os.waitstatus_to_exitcode(status)
    if late.is_set() and code == -9:
        return None
    if code not in (0, 1):
        sys.exit(f"{tool.name} ended with {code}:\n{errors.read_text()}\n{output.read_text()[-4000:]}")
    try:
        tool.found(output.read_text())
    except (ValueError, LookupError) as error:
        sys.exit(f"{tool.name}: {error!r}\n{errors.read_text()}\n{output.read_text()[-4000:]}")
    return Sample(wall, usage, output.read_text())


def measure(asked, rows, rounds, limit=None):
    """All tools in turn, round after round. One that is too slow once is not asked again."""
    samples = {tool.name: [] for tool in asked}
    for tool in asked:
        tool.prepare(rows)
    for _ in range(rounds):
        for tool in asked:
            if None not in samples[tool.name]:
                samples[tool.name].append(run(tool, rows, None if tool.name.startswith("pact") else limit))
    return samples


def table(asked, samples, limit):
    """The rows of a case: medians, the greatest memory, and by how much more than pact."""
    lines = ["| | CPU, s | wall, s | memory, MB | CPU, times pact | checked | broken |", "|---|---:|---:|---:|---:|---:|---:|"]
    base = median(samples["pact"])
    for tool in asked:
        found, name = samples[tool.name], NAMES.get(tool.name, tool.name)
        if None in found:
            lines.append(f"| {name} | | more than {limit:.0f} | | | | |")
            continue
        cpu, wall = (median(found, kind) for kind in ("cpu", "wall"))
        checked, wrong = tool.found(found[-1].output)
        memory = max(sample.memory for sample in found)
        lines.append(f"| {name} | {cpu:,.2f} | {wall:,.2f} | {memory:,.0f} | {cpu / base:,.2f} | {checked} | {wrong} |")
    return lines


def start(samples):
    """How long a check of a tiny file takes."""
    text = ["| | median, ms | least, ms |", "|---|---:|---:|"]
    for name, kind in (("wall", "wall"), ("CPU", "cpu")):
        values = [getattr(sample, kind) * 1e3 for sample in samples]
        text.append(f"| {name} | {statistics.median(values):,.1f} | {min(values):,.1f} |")
    return text


def median(samples, kind="cpu"):
    return statistics.median(getattr(sample, kind) for sample in samples)


def goals(cases, started):
    """What pact is held to, and what came out. A case is its title and the samples of its tools."""
    text = ["| goal | | |", "|---|---|---|"]

    def judge(goal, good, words):
        text.append(f"| {goal} | {'met' if good else 'missed'} | {words} |")

    for title, samples in cases:
        peers = [name for name in samples if not name.startswith("pact")]
        for peer in peers:
            if None in samples[peer]:
                continue
            if peer == "duckdb":
                for name in ("pact", BARE):
                    share = median(samples[name]) / median(samples[peer])
                    judge(f"{name}: no more CPU than DuckDB, {title}", share <= 1, f"{share:,.2f} times as much")
            else:
                times = median(samples[peer]) / median(samples["pact"])
                judge(f"5 times less CPU than {NAMES[peer]}, {title}", times >= 5, f"{times:,.1f} times less")
    memory = max(sample.memory for _, samples in cases for name in ("pact", BARE) for sample in samples.get(name, []))
    judge("less than 1 GB of memory", memory < 1000, f"{memory:,.0f} MB at most")
    wall = median(started, "wall") * 1e3
    judge("a tiny file in less than 60 ms", wall < 60, f"{wall:,.1f} ms")
    return text


METHOD = """\
<!-- Written by `python3 benches/data.py --write`: change it there. -->

# Checking data, side by side with other tools

How long `pact check` takes to hold files against {expectations} expectations, beside the same expectations in DuckDB with hand-written SQL
([duckdb](https://pypi.org/project/duckdb/)), `datacontract test` ([datacontract-cli](https://pypi.org/project/datacontract-cli/)),
[Great Expectations](https://pypi.org/project/great-expectations/) and [Soda](https://pypi.org/project/soda-duckdb/).
Other machines give other numbers; `benches/data.py` says how to measure on yours. Of contracts alone: [benchmarks.md](benchmarks.md).

## Results

{machine}

{tables}

## Method

- Eight columns: a `BIGINT` that is unique, a text of 36 hexadecimal digits and dashes that is unique, a `DECIMAL(12,2)`, a text that is one of
  five, a timestamp, a date, an e-mail address, an `INTEGER` of which a quarter is null. Each expectation but a few is broken by one row in some
  tens of thousands.
- {expectations} expectations: the types of 8 columns; 5 are never null; 2 are unique; 2 match a regular expression; a set of values; a greatest length;
  6 bounds of numbers, dates and moments; a comparison of two columns; a count of rows.
- The counts of pact and of DuckDB are compared, expectation by expectation; the script stops where one differs. *Checked* and
  *broken* are numbers of expectations, from each tool's own output.
- *CPU* is user and system time of the whole command with all that it started, from the kernel's account, as is *memory*
  (the greatest resident set). *Wall* is also longer when the machine has other work. Medians of {rounds} rounds in which
  the tools take turns, of one round for the peers; pact's is measured again beside them. Files are in the page cache.
- pact shows rows that break an expectation (three of each), and looks for them after it has counted; DuckDB's queries only count,
  and `pact --examples 0` does no more than they.
- DuckDB runs in Python with {threads} threads. Of several ways to ask, the one with the least CPU time is taken for each format.
  Parquet: one query for all that is told row by row, one for each key (fewer seconds than all in one); types from `DESCRIBE`. CSV: one query for
  everything, all columns read as text and `TRY_CAST`, so that a broken cell is counted and its row stays. Keys of 36 characters are counted by
  hashes of 64 bits, without a second look at those that are equal (pact's have 128 bits).

DuckDB's queries for Parquet:

```sql
{parquet}
```

and for CSV:

```sql
{csv}
```

## What can't be compared

- **Broken cells.** `datacontract test` ends at a cell of CSV that is no value of its type, so do the readers that Soda and Great Expectations are given;
  the peers are measured on the same rows without such cells.
- **datacontract** copies the file into a table of DuckDB in memory and asks one query for each check. It checks no types in Parquet (and
  says so) or CSV: {datacontract} of {expectations} expectations. It also checks that each column is there, which is not counted here.
- **Soda** is told of the file by a view in a database of DuckDB. It checks all {expectations}: types without precision, in one check; the bounds of dates
  and the comparison of columns are `failed_rows` with SQL. For CSV the view names the types, so those are what it says they are.
- **Great Expectations** gets a pandas DataFrame, its usual way for such files (it has no dialect of DuckDB), of a tenth of the rows: it holds them in
  memory more than once. Types are those of pandas: numbers with nulls, decimals too, are `float64` (decimals of pandas are Python objects, slower by far).
- A tool that takes longer than {limit:.0f} s is stopped.
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="write docs/benchmarks-data.md")
    arguments.add_argument("--rows", type=int, default=ROWS, help="how many rows of Parquet; CSV has half as many")
    arguments.add_argument("--no-peers", action="store_true", help="pact and DuckDB only")
    commands = arguments.add_subparsers(dest="command")
    commands.add_parser("install", help="install the others").add_argument("folder")
    given = arguments.parse_args()
    if given.command == "install":
        return install(given.folder)
    if given.write and (given.rows != ROWS or given.no_peers):
        sys.exit("the page needs all rows and all tools")
    if "PACT_BENCH_DATA" not in os.environ:
        sys.exit("PACT_BENCH_DATA has to name the folder of the rows")
    folder = Path(os.environ["PACT_BENCH_DATA"]).resolve()
    rounds, limit = int(os.environ.get("PACT_BENCH_ROUNDS", "3")), float(os.environ.get("PACT_BENCH_LIMIT", "300"))
    load, report, cases, queries = [os.getloadavg()[0]], [], [], {}
    with tempfile.TemporaryDirectory() as name:
        found = tools(Path(name))

        def rows(kind, count):
            return Rows(folder, found["duckdb"].program, kind, count)

        def show(title, lines):
            text = "\n".join([f"### {title}", "", *lines])
            print(f"{text}\n", flush=True)
            report.append(text)
            load.append(os.getloadavg()[0])

        asked = [found[name] for name in ("pact", BARE, "duckdb")]
        for kind, count in (("parquet", given.rows), ("csv", given.rows // 2)):
            file = rows(kind, count)
            samples = measure(asked, file, rounds)
            cases.append((file.title(), samples))
            values = same_counts(samples["pact"][-1].output, samples["duckdb"][-1].output)
            lines = table(asked, samples, limit)
            show(file.title(), [*lines, "", f"{rounds} rounds; {values:,} broken values, counted alike by pact and DuckDB."])
            queries[kind] = ";\n\n".join(by_hand(file)).replace(str(file.path), f"orders.{file.format}")
        peers = () if given.no_peers else ("datacontract", "soda", "gx")
        for kind, count in (("parquet", given.rows), ("typed", given.rows // 2)):
            for peer in peers:
                file = rows(kind, count // SMALLER.get(peer, 1))
                asked = [found["pact"], found[peer]]
                samples = measure(asked, file, 1, limit)
                cases.append((file.title(), samples))
                show(f"{NAMES[peer]}: {file.title()}", table(asked, samples, limit))
        started = measure([found["pact"]], rows("csv", 10), STARTS)["pact"]
        show("A CSV file of ten rows: start, check and end", start(started))
        show("Goals", goals(cases, started))
        version = subprocess.run([found["pact"].program, "--version"], capture_output=True, text=True, check=True).stdout
    versions = ", ".join([version.strip(), *(packages[0].replace("==", " ") for packages in PACKAGES.values())])
    machine = measured_on(versions, load)
    print(machine)
    if given.write:
        page = METHOD.format(
            machine=machine, tables="\n\n".join(report), expectations=EXPECTATIONS, rounds=rounds, threads=THREADS,
            limit=limit, datacontract=EXPECTATIONS - len(TYPES), **queries,
        )
        PAGE.write_text(page)
        print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
