"""The label follows from the two axes, and contradictory axes can't be built."""

from __future__ import annotations

import itertools

import pytest
from pydantic import ValidationError

from reportedly.schema import (
    Attribution,
    Claim,
    Firmness,
    SourceKind,
    Span,
    Status,
    contradiction,
    derive_status,
    least_sure,
)

TABLE = {
    # firmness: article, party, media, unnamed; None: the axes contradict each other
    "asserted": ("stated", "attributed", "rumour", "rumour"),
    "possible": ("speculation", "speculation", "rumour", "rumour"),
    "conditional": ("speculation", "speculation", "rumour", "rumour"),
    "planned": ("stated", "attributed", "rumour", "rumour"),
    "denied": (None, "denied", None, None),
    "confirmed": (None, "confirmed", None, None),
    "evaluated": ("opinion", "attributed", "rumour", "rumour"),
}


@pytest.mark.parametrize(("firmness", "kind"), list(itertools.product(Firmness, SourceKind)))
def test_every_pair_of_axes_has_its_label(firmness: Firmness, kind: SourceKind) -> None:
    due = TABLE[firmness.value][list(SourceKind).index(kind)]
    if due is None:
        assert contradiction(kind, firmness)
        with pytest.raises(ValueError, match="only a party"):
            derive_status(kind, firmness)
    else:
        assert derive_status(kind, firmness) is Status(due)


def claim(status: Status, kind: SourceKind, firmness: Firmness) -> Claim:
    return Claim(
        id=1,
        sentence=1,
        span=Span(start=0, end=2),
        text="So",
        status=status,
        attribution=Attribution(kind=kind),
        firmness=firmness,
    )


@pytest.mark.parametrize("status", list(Status))
def test_a_claim_takes_no_other_status_than_its_axes_give(status: Status) -> None:
    for kind, firmness in itertools.product(SourceKind, Firmness):
        fits = not contradiction(kind, firmness) and derive_status(kind, firmness) is status
        if fits:
            assert claim(status, kind, firmness).status is status
        else:
            with pytest.raises(ValidationError):
                claim(status, kind, firmness)


def test_the_writer_has_no_named_source() -> None:
    with pytest.raises(ValidationError, match="no named source"):
        Attribution(kind=SourceKind.ARTICLE, name="Bloomberg")


def test_a_chain_has_two_hops() -> None:
    with pytest.raises(ValidationError, match="two hops"):
        Attribution(kind=SourceKind.MEDIA, name="Bloomberg", chain=("Bloomberg",))


def test_records_are_frozen_and_closed() -> None:
    span = Span(start=1, end=3)
    with pytest.raises(ValidationError):
        setattr(span, "start", 2)  # noqa: B010
    with pytest.raises(ValidationError):
        Span.model_validate({"start": 0, "end": 1, "unit": "bytes"})
    with pytest.raises(ValidationError, match="before it starts"):
        Span(start=3, end=1)


def test_least_sure() -> None:
    assert least_sure([Status.STATED, Status.RUMOUR, Status.ATTRIBUTED]) is Status.RUMOUR
    assert least_sure([]) is Status.STATED
