"""Finds, validates, renders and digests the files of prompts/; no code runs in a template."""

from reportedly.prompting.files import Example, Prompt, load_prompt
from reportedly.prompting.reading import ReplyFault, read_as
from reportedly.prompting.render import fill, nonce_for, numbered

__all__ = ["Example", "Prompt", "ReplyFault", "fill", "load_prompt", "nonce_for", "numbered", "read_as"]
