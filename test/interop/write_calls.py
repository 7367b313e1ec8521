"""Writes calls through the published daemon's own storage, as its proxy does.

Run with the Python that halton-meter is installed in:  python write_calls.py DB < plan.json

The plan: {"calls": [{fields of the daemon's log record}], "archived": [project slugs]}. A call that says
"bundled": true gets the price that the daemon knows for its model, as its proxy would have given it.
"""

import asyncio
import json
import sqlite3
import sys

from halton_meter.models import LogRecord
from halton_meter.pricing import compute_cost_millicents
from halton_meter.storage import StorageManager

TOKEN_COUNTS = ("input_tokens", "output_tokens", "thinking_tokens", "cache_read_tokens", "cache_write_tokens")


def price(call):
    if call.pop("bundled"):
        call["cost_millicents"] = compute_cost_millicents(call["model"], *(call[name] for name in TOKEN_COUNTS))
    return call


async def write(path, calls):
    async with StorageManager(path) as storage:
        for call in calls:
            await storage.write_record(LogRecord(**price(call)))


def main():
    path = sys.argv[1]
    plan = json.load(sys.stdin)
    asyncio.run(write(path, plan["calls"]))
    # The daemon itself never archives; its cloud does.
    with sqlite3.connect(path, timeout=10) as db:
        db.executemany(
            "UPDATE projects SET archived_at = '2026-01-01 00:00:00.000000' WHERE slug = ?",
            [(slug,) for slug in plan["archived"]],
        )
        (written,) = db.execute("SELECT count(*) FROM requests").fetchone()
    # Its storage swallows what goes wrong.
    if written != len(plan["calls"]):
        sys.exit(f"{written} of {len(plan['calls'])} calls are in the database")


main()
