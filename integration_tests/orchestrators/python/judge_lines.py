"""Says of each line of stdin whether the strict models of the Airbyte protocol take it: `true` or `false`, one a line."""
import sys

from airbyte_protocol.models import AirbyteMessage
from pydantic import ValidationError


def is_taken(line):
    try:
        AirbyteMessage.model_validate_json(line, strict=True)
    except ValidationError:
        return False
    return True


for line in sys.stdin:
    print("true" if is_taken(line) else "false")
