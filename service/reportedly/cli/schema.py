"""`reportedly schema`."""

from __future__ import annotations

import json

import typer

from reportedly.schema import Report


def schema() -> None:
    """Print the JSON Schema of a report.

    \b
    reportedly schema > report.schema.json
    """
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Report.model_json_schema()}
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
