-- The ledger. Append-only: triggers stop accidents, the chain of hashes shows the rest.

CREATE TABLE snapshot (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE contract_version (
  contract TEXT NOT NULL CHECK (contract <> ''),
  version TEXT NOT NULL CHECK (version <> ''),
  snapshot TEXT NOT NULL REFERENCES snapshot (sha256),
  PRIMARY KEY (contract, version, snapshot)
) STRICT;

-- AUTOINCREMENT remembers the highest number ever given, so that a missing last entry is noticed.
CREATE TABLE execution (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
  contract TEXT NOT NULL,
  version TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  commit_id TEXT,
  blob_id TEXT,
  environment TEXT,
  started TEXT NOT NULL,
  finished TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('omit', 'pass', 'warn', 'not_received', 'fail', 'error')),
  score REAL CHECK (score BETWEEN 0 AND 100),
  pact TEXT NOT NULL,
  previous TEXT NOT NULL CHECK (length(previous) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  FOREIGN KEY (contract, version, snapshot) REFERENCES contract_version (contract, version, snapshot)
) STRICT;

CREATE INDEX execution_by_contract ON execution (contract, started);

CREATE TABLE result (
  execution INTEGER NOT NULL REFERENCES execution (seq),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('omit', 'pass', 'warn', 'not_received', 'fail', 'error')),
  severity TEXT CHECK (severity IN ('info', 'warning', 'error', 'critical')),
  element TEXT NOT NULL,
  consumer TEXT,
  expected TEXT NOT NULL,
  actual TEXT NOT NULL,
  consumed REAL,
  affected TEXT NOT NULL CHECK (json_valid(affected)),
  PRIMARY KEY (execution, position)
) STRICT;

CREATE TABLE observation (
  execution INTEGER NOT NULL REFERENCES execution (seq),
  position INTEGER NOT NULL,
  ask TEXT NOT NULL,
  url TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  elapsed_ms INTEGER NOT NULL,
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  PRIMARY KEY (execution, position)
) STRICT;

CREATE TRIGGER snapshot_stays BEFORE UPDATE ON snapshot BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER snapshot_kept BEFORE DELETE ON snapshot BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER contract_version_stays BEFORE UPDATE ON contract_version BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER contract_version_kept BEFORE DELETE ON contract_version BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER execution_stays BEFORE UPDATE ON execution BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER execution_kept BEFORE DELETE ON execution BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER result_stays BEFORE UPDATE ON result BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER result_kept BEFORE DELETE ON result BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER observation_stays BEFORE UPDATE ON observation BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER observation_kept BEFORE DELETE ON observation BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
