"""Writes a llama model of half a megabyte with random weights and a vocabulary of bytes: `python tiny_model.py PATH`.

It knows nothing, which is the point: what a grammar makes it say is well-formed rubbish. Needs gguf and numpy, which
come with the environment of `make test-ondevice`, so this file imports nothing of ours.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

WIDTH: Final = 64
LAYERS: Final = 2
HEADS: Final = 4
FEED: Final = 128
CONTEXT: Final = 65_536
SEED: Final = 20
TEMPLATE: Final = "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}assistant: "


def write(path: Path) -> None:
    """Write the model file; the same bytes every time."""
    import gguf
    import numpy

    kind = gguf.TokenType
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    types = [kind.UNKNOWN, kind.CONTROL, kind.CONTROL, *[kind.BYTE] * 256]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(one) for one in types])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(TEMPLATE)
    random = numpy.random.default_rng(SEED)
    for name, shape in _tensors(len(tokens)).items():
        weights: Any = numpy.ones(shape) if "norm" in name else random.normal(0, 0.4, shape)
        writer.add_tensor(name, weights.astype(numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _tensors(vocabulary: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (vocabulary, WIDTH),
        "output_norm.weight": (WIDTH,),
        "output.weight": (vocabulary, WIDTH),
    }
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        shapes |= {f"{block}.{name}.weight": (WIDTH, WIDTH) for name in ("attn_q", "attn_k", "attn_v", "attn_output")}
        shapes |= {f"{block}.{name}.weight": (WIDTH,) for name in ("attn_norm", "ffn_norm")}
        shapes |= {f"{block}.{name}.weight": (FEED, WIDTH) for name in ("ffn_gate", "ffn_up")}
        shapes[f"{block}.ffn_down.weight"] = (WIDTH, FEED)
    return shapes


if __name__ == "__main__":
    write(Path(sys.argv[1]))
