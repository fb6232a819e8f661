"""`reportedly serve-model`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reportedly.errors import UsageError

PORT = 8799


def serve_model(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = PORT,
) -> None:
    """Serve the rule engine as a chat model, to try or test the model path without a key.

    It answers this package's own prompts at a chat-completions address, and nothing else.

    \b
    reportedly serve-model
    reportedly summarise --model openai:reportedly-rules --base-url http://127.0.0.1:8799/v1 article.txt
    """
    from reportedly.evaluation.serving import model_server
    from reportedly.evaluation.standing_in import MODEL

    try:
        server = model_server(host, port)
    except OSError as error:
        raise UsageError(f"can't listen on {host}:{port}: {error.strerror}", hint="choose another --port") from None
    with server:
        sys.stdout.write(f"--model openai:{MODEL} --base-url http://{host}:{server.server_port}/v1\n")
        sys.stdout.flush()
        server.serve_forever()
