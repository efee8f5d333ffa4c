"""The JSON schema of a result, for which the structs say what there is and schema.json what each field holds.

`python -m grader.report.schema` brings schema.json in step after a change of the structs and keeps its descriptions; a
new field's is empty there, and to be written.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.result import Result

SCHEMA = Path(__file__).with_name("schema.json")


def schema_bytes() -> bytes:
    """schema.json as it should be, JSON Schema 2020-12 of what `to_json` writes: every field is always there."""
    made = msgspec.json.schema(Result)
    described = msgspec.json.decode(SCHEMA.read_bytes())["$defs"]
    for name, definition in made["$defs"].items():
        earlier = described.get(name, {}).get("properties", {})
        for field, content in definition["properties"].items():
            # Beside $ref a description is allowed since draft 2019-09.
            content["description"] = earlier.get(field, {}).get("description", "")
        definition["required"] = list(definition["properties"])
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Result of `grade`", **made}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


if __name__ == "__main__":
    SCHEMA.write_bytes(schema_bytes())
