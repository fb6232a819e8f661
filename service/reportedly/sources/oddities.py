"""What is to be said about the way a text came in: its encoding, its characters."""

from __future__ import annotations

from reportedly.schema import Finding, Severity, Span
from reportedly.text.decoding import Decoded
from reportedly.text.shown import Places, Shown


def of_encoding(decoded: Decoded) -> tuple[Finding, ...]:
    """X404, as a note, where the encoding had to be guessed or was declared wrongly."""
    if decoded.guessed:
        message = f"nothing tells the encoding; it was read as {decoded.encoding}"
    elif decoded.contradicted:
        message = f"declared as {decoded.contradicted}, but it is {decoded.encoding}"
    else:
        return ()
    return (Finding.of("X404", message, hint="save the text as UTF-8", severity=Severity.NOTE),)


def of_characters(shown: Shown) -> tuple[Finding, ...]:
    """X404 for characters that were lost or misread, X402 for hidden ones, with the first places of each."""
    findings = []
    if shown.damaged:
        message = f"{_count(shown.damaged, 'character')} can't be shown; U+FFFD stands in for each"
        findings.append(
            Finding.of("X404", message, hint="get the text from its origin again", source=_spans(shown.damaged))
        )
    if shown.misread:
        message = f"{_count(shown.misread, 'character')} may be UTF-8 that was read in another encoding"
        findings.append(Finding.of("X404", message, hint="read the origin as UTF-8", source=_spans(shown.misread)))
    if shown.hidden:
        findings.append(hidden(shown.hidden, source=_spans(shown.hidden)))
    return tuple(findings)


def hidden(places: Places, *, source: tuple[Span, ...] = ()) -> Finding:
    """X402: characters without width where no writer needs them."""
    message = f"{_count(places, 'hidden character')} in the text; reading skips what takes no room on the page"
    return Finding.of("X402", message, hint="see whether they split words or carry a message", source=source)


def _count(places: Places, noun: str) -> str:
    return f"1 {noun}" if places.count == 1 else f"{places.count:,} {noun}s"


def _spans(places: Places) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end) for start, end in places.spans)
