"""The door to language models. Importing it loads no SDK; the adapters load theirs when they are built."""

from reportedly.llm.interface import (
    ChatModel,
    ChatReply,
    ChatRequest,
    Finish,
    ModelIdentity,
    ReplySchema,
    Structured,
    Tokens,
    Turn,
    close,
)

__all__ = [
    "ChatModel",
    "ChatReply",
    "ChatRequest",
    "Finish",
    "ModelIdentity",
    "ReplySchema",
    "Structured",
    "Tokens",
    "Turn",
    "close",
]
