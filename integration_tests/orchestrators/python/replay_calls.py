"""Sends requests once more, by Airbyte's own client, and prints what this read in each answer.

Input: {"server": base URL, "token": text, "calls": [{"method", "path", "body"}, ...]}, paths below the base URL.
Output: a JSON list with {"status", "answer"} for each call; no "answer" after a refusal.
"""

import json
import re
import sys
from urllib.parse import parse_qs, urlsplit

from airbyte_api import AirbyteAPI, errors, models
from airbyte_api.types import BaseModel

DEFINITIONS = r"/workspaces/(?P<workspaceId>[^/]+)/definitions/sources"

# Method, path, the client's operation, and where in its request the body goes: absent, it is the request.
OPERATIONS = [
    ("GET", r"/workspaces", "workspaces.list_workspaces", None),
    ("GET", r"/destinations", "destinations.list_destinations", None),
    ("GET", DEFINITIONS, "source_definitions.list_source_definitions", None),
    ("POST", DEFINITIONS, "source_definitions.create_source_definition", "create_definition_request"),
    ("GET", r"/sources", "sources.list_sources", None),
    ("POST", r"/sources", "sources.create_source", None),
    ("PUT", r"/sources/(?P<sourceId>[^/]+)", "sources.put_source", "source_put_request"),
    ("GET", r"/connections", "connections.list_connections", None),
    ("POST", r"/connections", "connections.create_connection", None),
    ("PATCH", r"/connections/(?P<connectionId>[^/]+)", "connections.patch_connection", "connection_patch_request"),
    ("GET", r"/jobs", "jobs.list_jobs", None),
    ("POST", r"/jobs", "jobs.create_job", None),
    ("GET", r"/jobs/(?P<jobId>[^/]+)", "jobs.get_job", None),
    ("DELETE", r"/jobs/(?P<jobId>[^/]+)", "jobs.cancel_job", None),
]


def replay(client, method, path, body=None):
    url = urlsplit(path)
    [(match, operation, place)] = [
        (match, operation, place)
        for known, pattern, operation, place in OPERATIONS
        if known == method and (match := re.fullmatch(pattern, url.path))
    ]
    # The client lists the configurations of Airbyte's own connectors only; the API takes what the connector's spec takes.
    if body and "configuration" in body:
        body = {**body, "configuration": {"sourceType": "faker"}}
    query = {key: all if key.endswith("Ids") else all[0] for key, all in parse_qs(url.query).items()}
    request = {**match.groupdict(), **query, **({place: body} if place else body or {})}
    group, name = operation.split(".")
    try:
        said = getattr(getattr(client, group), name)(request=request)
    except errors.SDKError as error:
        return {"status": error.raw_response.status_code}
    [answer] = [value for value in vars(said).values() if isinstance(value, BaseModel)]
    return {"status": said.status_code, "answer": answer.model_dump(mode="json", by_alias=True, exclude_unset=True)}


given = json.load(sys.stdin)
client = AirbyteAPI(server_url=given["server"], security=models.Security(bearer_auth=given["token"]))
print(json.dumps([replay(client, **call) for call in given["calls"]]))
