"""What a run does to an article, and the digests that tell whether it was done already."""

from __future__ import annotations

from hashlib import blake2b

from reportedly._version import __version__
from reportedly.llm.interface import ModelIdentity, Structured, digest_of
from reportedly.pipeline import Asked, Conversation, OnUnsure, Wanted, report_by_model, report_by_rules
from reportedly.schema import SCHEMA_VERSION, Language, Record
from reportedly.sources import Loaded, Manuscript, Rejected
from reportedly.stages.draft import reply_schema_digest

DIGEST_BYTES = 16


class ModelPlan(Record):
    """Which model is asked, and how."""

    name: str
    """The model as the user named it."""
    identity: ModelIdentity
    """What of it changes the output."""
    language: Language | None = None
    on_unsure: OnUnsure = OnUnsure.REPAIR
    window_tokens: int
    structured: Structured | None = None

    def asked(self) -> Asked:
        """For the conversation."""
        return Asked(
            model=self.name,
            language=self.language,
            on_unsure=self.on_unsure,
            window_tokens=self.window_tokens,
            structured=self.structured,
        )


class Configuration(Record):
    """Everything beside the article that a report depends on; holds no secret."""

    model: ModelPlan | None = None
    """None for the rule engine."""
    summary: bool = True
    words: int | None = None
    read_as: Language | None = None
    """The language that all articles are read in, where it is told."""

    def converse(self, loaded: Loaded) -> Conversation:
        """The conversation about an article."""
        wanted = Wanted(summary=self.summary, words=self.words)
        if self.model is None:
            return report_by_rules(loaded.article, wanted, loaded.findings)
        return report_by_model(loaded.article, wanted, self.model.asked(), loaded.findings)

    def description(self) -> dict[str, object]:
        """All that the fingerprint covers, for people."""
        told = self.model_dump(mode="json") | {"schema_version": SCHEMA_VERSION, "version": release()}
        if self.model is not None:
            asked = self.model.asked()
            prompts = {prompt.label: prompt.digest for prompt in (asked.prompt, asked.repair, asked.merge)}
            told |= {"prompts": prompts, "reply_schema": reply_schema_digest()}
        return told

    def fingerprint(self) -> str:
        """SHA-256 (hex) of the description."""
        return digest_of(self.description())


def release() -> str:
    """The part of the version within which the same article gives the same report."""
    return ".".join(__version__.split(".")[:2])


def key_of(manuscript: Manuscript, fingerprint: str) -> bytes:
    """The key of the work that an article means under a configuration."""
    return _digest(manuscript.digest(), fingerprint.encode())


def slot_of(manuscript: Manuscript) -> bytes:
    """The slot of an input."""
    return _digest(b"article", manuscript.id.encode("utf-8", "surrogatepass"))


def slot_of_failure(rejected: Rejected) -> bytes:
    """The slot of an input that is no article: where it stands counts, since its id may be another one's."""
    failure = rejected.failure()
    return _digest(b"failure", *(str(part).encode() for part in (failure.id, failure.where, failure.reason)))


def _digest(*parts: bytes) -> bytes:
    digest = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.digest()
