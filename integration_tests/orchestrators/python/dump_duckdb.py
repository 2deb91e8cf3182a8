"""Prints a table of a DuckDB file as JSON: the columns' types and comments, and the rows with every value as text.

    python dump_duckdb.py FILE SCHEMA.TABLE [COLUMN...]
"""
import json
import sys

import duckdb

file, table, *columns = sys.argv[1:]
connection = duckdb.connect(file, read_only=True)
types = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
comments = dict(
    connection.execute(
        "select column_name, comment from duckdb_columns() where table_name = ?", [table.rpartition(".")[2]]
    ).fetchall()
)
names = columns or list(types)
texts = ", ".join(f'cast("{name}" as varchar) as "{name}"' for name in names)
rows = connection.execute(f"select {texts} from {table}").fetchall()
print(json.dumps({"types": types, "comments": comments, "rows": [dict(zip(names, row)) for row in rows]}))
