"""Answers questions about calls by plain SQL and Python's own time zones:  python plain_answers.py DB < questions.json

A question: {"zone": IANA name, "since": date or null, "until": date (taken in whole) or null, "bucket": hour, day, week or
month, "lists": {column: [values, null for null]}, "bounds": [[column, ">=" or "<=", number]], "flags": [SQL conditions]}.
An answer: {"totals", "projects": {slug: sums}, "models": {name: sums}, "series": {provider: {start: sums}}}, without what
has no call; a sum over unpriced calls only is null.
"""

import json
import sqlite3
import sys
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

SUMS = ("calls", "failed", "unpriced", "incomplete", "cost", "imputed", "input", "output", "thinking", "read", "write")
SELECT = """
  SELECT p.slug, r.model, r.provider, r.requested_at, 1, r.status <> 'success', r.cost_usd_minor_units IS NULL,
    r.tokens_complete = 0, r.cost_usd_minor_units,
    CASE WHEN r.billing_basis = 'subscription_imputed' THEN coalesce(r.cost_usd_minor_units, 0) ELSE 0 END,
    r.input_tokens, r.output_tokens, r.thinking_tokens, r.cache_read_tokens, r.cache_write_tokens
  FROM requests r JOIN projects p ON p.id = r.project_id
"""


def stored(instant):
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f")


def midnight(day, zone):
    return datetime.combine(day, time(), ZoneInfo(zone))


def start_of_bucket(text, bucket, zone):
    local = datetime.fromisoformat(text).replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone))
    if bucket == "hour":
        # The wall clock's hour, in the same one of two that look alike.
        return local.replace(minute=0, second=0, microsecond=0)
    day = local.date()
    if bucket == "week":
        day -= timedelta(days=day.weekday())
    if bucket == "month":
        day = day.replace(day=1)
    return midnight(day, zone)


def condition(question):
    parts, values = list(question["flags"]), []
    for column, wanted in question["lists"].items():
        named = [value for value in wanted if value is not None]
        either = [f"{column} IN ({','.join('?' * len(named))})"] if named else []
        if None in wanted:
            either.append(f"{column} IS NULL")
        parts.append(f"({' OR '.join(either)})")
        values += named
    for column, sign, bound in question["bounds"]:
        parts.append(f"{column} {sign} ?")
        values.append(bound)
    if question["since"]:
        parts.append("r.requested_at >= ?")
        values.append(stored(midnight(date.fromisoformat(question["since"]), question["zone"])))
    if question["until"]:
        after = date.fromisoformat(question["until"]) + timedelta(days=1)
        parts.append("r.requested_at < ?")
        values.append(stored(midnight(after, question["zone"])))
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


def add(sums, values):
    """A cost stays null until there is one to add."""
    for name, value in zip(SUMS, values):
        known = sums.get(name)
        sums[name] = known if value is None else value + (known or 0)


def answer(db, question):
    where, values = condition(question)
    totals, projects, models, series = {}, {}, {}, {}
    for slug, model, provider, at, *sums in db.execute(SELECT + where, values):
        start = stored(start_of_bucket(at, question["bucket"], question["zone"]))
        for group in (
            totals,
            projects.setdefault(slug, {}),
            models.setdefault(model, {}),
            series.setdefault(provider, {}).setdefault(start, {}),
        ):
            add(group, sums)
    return {"totals": totals, "projects": projects, "models": models, "series": series}


with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=10) as database:
    print(json.dumps([answer(database, question) for question in json.load(sys.stdin)]))
