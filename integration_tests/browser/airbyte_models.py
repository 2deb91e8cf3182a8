"""Holds bodies of requests and answers against the models of Airbyte's API, as its own client from PyPI has them.

Input: a JSON list of {"model": name, "body": object}. Exit code 1 and one line a fault, when there is one.
"""

import json
import sys

from airbyte_api import models

DEV_NULL = {"destinationType": "dev-null", "test_destination": {"test_destination_type": "SILENT"}}

faults = []
for request in json.load(sys.stdin):
    model = getattr(models, request["model"])
    body = request["body"]
    known = {field.alias or name for name, field in model.model_fields.items()}
    faults += [f"{request['model']} has no {key}" for key in body if key not in known]
    for one in [body, *body.get("data", [])]:
        if "configuration" not in one:
            continue
        # The client lists the configurations of Airbyte's own connectors only; the API takes any object.
        if not isinstance(one["configuration"], dict):
            faults.append("configuration is no object")
        one["configuration"] = DEV_NULL if "destinationId" in one else {"sourceType": "faker"}
    try:
        model.model_validate(body)
    except Exception as error:  # pylint: disable=broad-except
        faults.append(f"{request['model']}: {error}")
print("\n".join(faults))
sys.exit(1 if faults else 0)
