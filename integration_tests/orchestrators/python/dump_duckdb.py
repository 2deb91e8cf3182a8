"""Prints a table of a DuckDB file as JSON: the columns' types, and the rows with every value as text.

    python dump_duckdb.py FILE SCHEMA.TABLE [COLUMN...]
"""
import json
import sys

import duckdb

file, table, *columns = sys.argv[1:]
connection = duckdb.connect(file, read_only=True)
types = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
names = columns or list(types)
texts = ", ".join(f'cast("{name}" as varchar) as "{name}"' for name in names)
rows = connection.execute(f"select {texts} from {table}").fetchall()
print(json.dumps({"types": types, "rows": [dict(zip(names, row)) for row in rows]}))
