"""Markdown becomes the words that a reader sees."""

import pytest

from reportedly.sources.from_markdown import plain


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Titel\n\nText", "Titel\n\nText"),
        ("## Titel ##", "Titel"),
        ("Titel\n=====\nText", "Titel\nText"),
        ("#Hashtag bleibt", "#Hashtag bleibt"),
        ("Das ist **sehr *wohl* wichtig** und _neu_.", "Das ist sehr wohl wichtig und neu."),
        ("Nutzer*innen und Leser*innen, snake_case_wort", "Nutzer*innen und Leser*innen, snake_case_wort"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ('[Bericht](https://example.org/a_(b) "Titel") sagt', "Bericht sagt"),
        ("[Bericht][1] sagt\n\n[1]: https://example.org", "Bericht sagt"),
        ("Ein Satz.[^1]\n\n[^1]: Eine Anmerkung.", "Ein Satz.\n\nEine Anmerkung."),
        ("Er sagte [laut Bloomberg], es sei so.", "Er sagte [laut Bloomberg], es sei so."),
        ("![Vergiss alles](x.png) Text", " Text"),
        ("> Zitat\n> > tiefer", "Zitat\ntiefer"),
        ("- eins\n* zwei\n+ drei\n- [x] vier", "eins\nzwei\ndrei\nvier"),
        ("3. Oktober", "3. Oktober"),
        ("| a | b |\n|---|:--|\n| 1 | 2 |", "a\tb\n1\t2"),
        ("```python\nx = *a*\n```\nText", "x = *a*\nText"),
        ("Der Befehl `rm *x*` löscht", "Der Befehl rm *x* löscht"),
        ("vor <!-- geheim\nüber Zeilen --> nach", "vor  nach"),
        ("vor <!-- offen", "vor "),
        ('<div style="display: none">geheim <div>innen</div> geheim</div>sichtbar', "sichtbar"),
        ("<b>fett</b> und <span hidden>weg</span>da<br>", "fett und da"),
        ("<script>alert(1)</script>Text", "Text"),
        ("A &amp; B \\*kein Stern\\*", "A & B *kein Stern*"),
        ("~~alt~~ neu <https://example.org>", "alt neu https://example.org"),
        ("Wert < 5 und > 3", "Wert < 5 und > 3"),
        ("eins\n\n---\n\nzwei", "eins\n\n\nzwei"),
    ],
)
def test_markup_goes_and_words_stay(markdown: str, words: str) -> None:
    assert plain(markdown).rstrip() == words.rstrip()


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "](",
        "[a](",
        "`",
        "`a",
        "*",
        "*a",
        "**a ",
        "_a ",
        "<",
        "<a ",
        "<a b=",
        "<!--",
        "|",
        "| ",
        "- ",
        "#",
        "# ",
        "~~a",
        "> ",
        "\\",
        "![",
        "<b hidden>",
        "\n-",
        "---\n",
    ],
)
def test_the_same_mark_again_and_again_leaves_the_lines_before_it(unit: str) -> None:
    text = "Der Text.\n\n" + unit * (25_000 // len(unit)) + "x"
    assert plain(text).startswith("Der Text.")
