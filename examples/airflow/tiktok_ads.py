"""plan → read (one task a shard, on any worker) → verify: TikTok's figures in a table in PostgreSQL, every hour.

Rows and state are written by `source-tiktok-ads sync`, both in one transaction. A task that is tried again goes on from the
last commit, so retries, lost workers and runs that overlap lose no row and double none.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from datetime import timedelta

import psycopg2
from airflow.sdk import dag, task

COMMAND = shlex.split(os.environ.get("TIKTOK_ADS_COMMAND", "source-tiktok-ads"))
CONFIG = os.environ.get("TIKTOK_ADS_CONFIG", "/etc/tiktok-ads/config.json")
WAREHOUSE = os.environ.get("TIKTOK_ADS_WAREHOUSE", "postgresql://loader@warehouse/warehouse")
SCHEMA = os.environ.get("TIKTOK_ADS_SCHEMA", "tiktok")
SHARDS = int(os.environ.get("TIKTOK_ADS_SHARDS", "8"))
SCHEDULE = os.environ.get("TIKTOK_ADS_SCHEDULE", "20 * * * *") or None

# The read ends with its task, however the task ends.
BOUND_TO_THE_TASK = ["setpriv", "--pdeathsig", "TERM", "--"]


@dag(
    dag_id="tiktok_ads",
    schedule=SCHEDULE,
    catchup=False,
    max_active_runs=1,  # Two at once do no harm, but cost requests.
    default_args={"retries": 12, "retry_delay": timedelta(seconds=10)},
    tags=["tiktok"],
)
def tiktok_ads():
    @task
    def plan() -> list[dict]:
        """The shards that have advertisers. A wrong token or configuration fails here, once."""
        command = [*COMMAND, "plan", "--json", "--shards", str(SHARDS), "--config", CONFIG]
        planned = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        last_days = [advertiser["windows"][-1]["to"] for advertiser in planned["advertisers"]]
        print(f"{len(last_days)} advertisers; not to be had: {planned['unavailable'] or 'none'}")
        return [{**shard, "up_to": min(last_days)} for shard in planned["shards"] if shard["advertisers"] > 0]

    @task(map_index_template="{{ task.op_kwargs['shard']['shard'] }}")
    def read(shard: dict) -> str:
        where = ["--to", f"{WAREHOUSE}?schema={SCHEMA}", "--config", CONFIG, "--shard", shard["shard"]]
        subprocess.run([*BOUND_TO_THE_TASK, *COMMAND, "sync", *where], stderr=subprocess.STDOUT, check=True)
        return shard["shard"]

    @task
    def verify(shards: list[dict]) -> dict:
        """As many advertisers as were planned have been read up to the day that was planned."""
        state = f'select count(*) from "{SCHEMA}"._source_tiktok_ads_state where coverage::json ->> \'through\' >= %s'
        with psycopg2.connect(WAREHOUSE) as warehouse, warehouse.cursor() as cursor:
            cursor.execute(state, [min(shard["up_to"] for shard in shards)])
            read_up_to_now = cursor.fetchone()[0]
        planned = sum(shard["advertisers"] for shard in shards)
        if read_up_to_now < planned:
            raise ValueError(f"{planned} advertisers were planned, {read_up_to_now} have been read up to now")
        return {"advertisers": read_up_to_now, "shards": len(shards)}

    shards = plan()
    read.expand(shard=shards) >> verify(shards)


tiktok_ads()
