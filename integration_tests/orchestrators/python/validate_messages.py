"""Judges a connector's stdout by the strict models of the Airbyte protocol.

    source-… read … | python validate_messages.py read

Exit code 1 and the line's number at the first line that is no complete AirbyteMessage of that verb; else the count of
each type as JSON. The models let unknown keys and missing payloads pass, so both are looked at here.
"""
import json
import sys

from airbyte_protocol.models import AirbyteMessage
from pydantic import BaseModel, ValidationError

PAYLOAD_KEY = {
    "RECORD": "record",
    "STATE": "state",
    "LOG": "log",
    "SPEC": "spec",
    "CONNECTION_STATUS": "connectionStatus",
    "CATALOG": "catalog",
    "TRACE": "trace",
    "CONTROL": "control",
}
ANSWERS = {"spec": {"SPEC"}, "check": {"CONNECTION_STATUS"}, "discover": {"CATALOG"}, "read": {"RECORD", "STATE"}}
ALWAYS_ALLOWED = {"LOG", "TRACE", "CONTROL"}


def undeclared_keys(value, path=""):
    """Keys that the models do not know. A state's content is the connector's own."""
    if isinstance(value, BaseModel) and type(value).__name__ != "AirbyteStateBlob":
        for key in value.model_extra or {}:
            yield f"{path}.{key}"
        for key in type(value).model_fields:
            yield from undeclared_keys(getattr(value, key), f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from undeclared_keys(item, f"{path}[{index}]")


def complaint(line, verb):
    """What is wrong with a line (None: nothing), and its type."""
    if not line.endswith("\n"):
        return "cut off", None
    try:
        message = AirbyteMessage.model_validate_json(line, strict=True)
    except ValidationError as error:
        return str(error), None
    kind = message.type.value
    payloads = {key for key in PAYLOAD_KEY.values() if getattr(message, key) is not None}
    if payloads != {PAYLOAD_KEY[kind]}:
        return f"type {kind} with the payload {sorted(payloads)}", kind
    unknown = list(undeclared_keys(message))
    if unknown:
        return f"unknown keys {unknown}", kind
    if kind not in ANSWERS[verb] | ALWAYS_ALLOWED:
        return f"{kind} in an answer to {verb}", kind
    return None, kind


def main(verb):
    seen = {}
    for number, line in enumerate(sys.stdin, 1):
        wrong, kind = complaint(line, verb)
        if wrong:
            sys.exit(f"line {number}: {wrong}")
        seen[kind] = seen.get(kind, 0) + 1
    print(json.dumps(seen))


main(sys.argv[1])
