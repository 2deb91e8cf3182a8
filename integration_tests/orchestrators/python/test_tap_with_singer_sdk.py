"""The singer-sdk's own tests for taps, on a tap that is no Python program.

TAP_PROGRAM and TAP_CONFIG name the executable and its configuration.
"""
import json
import os
import subprocess
import tempfile

from singer_sdk import Stream, Tap
from singer_sdk import typing as th
from singer_sdk.testing import get_tap_test_class

COMMAND = [os.environ["TAP_PROGRAM"], "--config", os.environ["TAP_CONFIG"]]


def run(*args):
    return subprocess.run([*COMMAND, *args], check=True, stdout=subprocess.PIPE, text=True).stdout


class ExternalStream(Stream):
    def __init__(self, tap, entry):
        super().__init__(tap, schema=entry["schema"], name=entry["tap_stream_id"])
        self.primary_keys = entry["key_properties"]
        self.replication_key = entry["replication_key"]
        self.entry = entry

    def get_records(self, context):
        # Without a catalog the tap reads campaign_daily alone.
        root = {"breadcrumb": [], "metadata": {"selected": True}}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as catalog:
            json.dump({"streams": [{**self.entry, "metadata": [root]}]}, catalog)
            catalog.flush()
            lines = run("--catalog", catalog.name).splitlines()
        for line in lines:
            message = json.loads(line)
            if message["type"] == "RECORD" and message["stream"] == self.name:
                yield message["record"]


class ExternalTap(Tap):
    name = "tap-tiktok-ads"
    config_jsonschema = th.PropertiesList().to_dict()

    def discover_streams(self):
        return [ExternalStream(self, entry) for entry in json.loads(run("--discover"))["streams"]]


TestTap = get_tap_test_class(ExternalTap, config={})
