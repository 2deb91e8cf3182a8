"""Loads TikTok's daily campaign performance into a DuckDB file; run it again for what is new.

    python load.py config.json campaign_daily.duckdb

The first run reads everything from start_date on. Later runs read the new days and the lookback, and update the rows
they know by date and campaign_id: PyAirbyte keeps the connector's state in the same file.
"""
import json
import sys

import airbyte as ab
from airbyte.caches import DuckDBCache


def main(config_file: str, database_file: str) -> None:
    with open(config_file, encoding="utf-8") as file:
        config = json.load(file)
    source = ab.get_source(
        "source-tiktok-ads",
        config=config,
        streams=["campaign_daily"],
        # The program from the PATH; with docker_image="source-tiktok-ads:0.1.0" instead, the image.
        local_executable="source-tiktok-ads",
    )
    source.check()
    cache = DuckDBCache(db_path=database_file, schema_name="tiktok")
    result = source.read(cache=cache)
    print(f"{result.processed_records} records read")
    totals = cache.run_sql_query(
        "select count(*) as n, min(date) as first, max(date) as last, sum(spend) as spend from tiktok.campaign_daily"
    )[0]
    print(f"the table has {totals['n']} rows from {totals['first']} to {totals['last']}, spend {totals['spend']}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
