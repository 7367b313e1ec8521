"""Prints, as JSON, what SQLite says about a database file:  python database_facts.py DB"""

import hashlib
import json
import os
import sqlite3
import sys

path = sys.argv[1]
with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10) as db:
    schema = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    facts = {
        "integrity": db.execute("PRAGMA integrity_check").fetchone()[0],
        "schema_hash": hashlib.sha256(repr(schema).encode()).hexdigest(),
        "schema_version": db.execute("PRAGMA user_version").fetchone()[0],
        "calls": db.execute("SELECT count(*) FROM requests").fetchone()[0],
    }
found = os.stat(path)
print(json.dumps({**facts, "inode": found.st_ino, "mode": found.st_mode}))
