"""`reportedly serve`."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportedly.cli import options
from reportedly.errors import ConfigError, MissingExtraError, UsageError
from reportedly.settings import load_settings

if TYPE_CHECKING:
    from reportedly.web.keys import Keys

PORT: Final = 8080
_KEYS_VARIABLE: Final = "REPORTEDLY_KEYS"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")

Host = Annotated[str, typer.Option("--host", help="Address to listen on; any but loopback needs keys.")]
KeysFile = Annotated[
    Path | None, typer.Option("--keys", metavar="FILE", help="Lines name:sha256; or REPORTEDLY_KEYS, by commas.")
]
Models = Annotated[
    list[str] | None,
    typer.Option("--model", "-m", metavar="PROVIDER:NAME", help="Offer this model beside the rules; repeatable."),
]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="FOLDER", help="Where batches lie; ~/.local/state/reportedly.")
]


def serve(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")] = PORT,
    keys: KeysFile = None,
    new_key: Annotated[
        str | None, typer.Option("--new-key", metavar="NAME", help="Print a new key and its line for --keys.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help="Serve this host name; repeatable.")
    ] = None,
    model: Models = None,
    base_url: options.BaseUrl = None,
    max_cost: options.MaxCost = None,
    cache: options.Cache = None,
    data: Data = None,
    allow_fetch: Annotated[bool, typer.Option("--allow-fetch", help="Fetch public pages for callers.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that read by rules.")] = 2,
    per_minute: Annotated[int, typer.Option("--per-minute", min=1, help="Requests a minute of one key.")] = 1_200,
    at_once: Annotated[int, typer.Option("--at-once", min=1, help="Requests of one key at a time.")] = 64,
    max_body: Annotated[int, typer.Option("--max-body", min=1_000, help="Bytes of one request.")] = 1_000_000,
    body_seconds: Annotated[float, typer.Option("--body-seconds", min=0.1, help="Time for a body to arrive.")] = 20.0,
) -> None:
    """Serve summaries, flags and checks over HTTP, with a page to try them.

    \b
    reportedly serve
    reportedly serve --new-key newsroom
    reportedly serve --host 0.0.0.0 --keys keys.txt --model openai:gpt-5-mini
    """
    if missing := _missing():
        raise MissingExtraError(f"the service (its package {missing})", "serve")
    from reportedly.web.configuration import Limits, Serving, is_loopback
    from reportedly.web.keys import mint
    from reportedly.web.server import serve as run

    if new_key is not None:
        if not _NAME.fullmatch(new_key):
            raise UsageError("the name of a key has letters, digits and . _ - alone", hint="--new-key newsroom")
        key, line = mint(new_key)
        sys.stdout.write(f"key, shown this once: {key}\nline for --keys:       {line}\n")
        return
    known = _keys(keys)
    if not known and not is_loopback(host):
        raise UsageError(
            f"{host} can be reached by others, so callers need keys",
            hint="give --keys; see --new-key, or stay on loopback",
        )
    limits = Limits(
        body=max_body,
        per_minute=per_minute,
        at_once=at_once,
        in_all=max(256, at_once),
        body_seconds=body_seconds,
    )
    run(
        Serving(
            settings=load_settings(base_url=base_url, max_cost=max_cost, cache=cache),
            data=data or _state_folder(),
            host=host,
            port=port,
            hosts=tuple(allow_host or ()),
            keys=known,
            models=tuple(model or ()),
            allow_fetch=allow_fetch,
            workers=workers,
            limits=limits,
        )
    )


def _missing() -> str | None:
    from importlib.util import find_spec

    needed = ("fastapi", "uvicorn", "prometheus_client", "structlog", "python_multipart")
    return next((name for name in needed if find_spec(name) is None), None)


def _keys(path: Path | None) -> Keys:
    from reportedly.web.keys import Keys

    if path is None:
        return Keys.read(os.environ.get(_KEYS_VARIABLE, "").split(","), _KEYS_VARIABLE)
    try:
        return Keys.read(path.read_text(encoding="utf-8").splitlines(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{str(path)!r} can't be read as a file of keys", hint="check the path") from error


def _state_folder() -> Path:
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "reportedly"
