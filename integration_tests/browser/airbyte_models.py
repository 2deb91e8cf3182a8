"""Holds request bodies against the models of Airbyte's API, as its own client from PyPI has them.

Input: a JSON list of {"model": name, "body": object}. Exit code 1 and one line a fault, when there is one.
"""

import json
import sys

from airbyte_api import models

faults = []
for request in json.load(sys.stdin):
    model = getattr(models, request["model"])
    body = dict(request["body"])
    known = {field.alias or name for name, field in model.model_fields.items()}
    faults += [f"{request['model']} has no {key}" for key in body if key not in known]
    if "configuration" in body:
        # The client lists the configurations of Airbyte's own connectors only; the API takes any object.
        if not isinstance(body["configuration"], dict):
            faults.append("configuration is no object")
        body["configuration"] = {"sourceType": "faker"}
    try:
        model.model_validate(body)
    except Exception as error:  # pylint: disable=broad-except
        faults.append(f"{request['model']}: {error}")
print("\n".join(faults))
sys.exit(1 if faults else 0)
