"""The model's conversation: one request where all is well, two re-asks at most, and nothing surer than its source."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import pytest

from reportedly.errors import BudgetExceeded, ContentFiltered, ModelError, ProviderFault, QuotaExhausted
from reportedly.llm.interface import ChatReply, Finish, Tokens
from reportedly.llm.scripted import Answer, Scripted
from reportedly.pipeline import Asked, OnUnsure, Wanted, adrive, report_by_model
from reportedly.schema import UNSURE, Article, Origin, Outcome, Report, Severity, Status
from tests.unit.pipeline.replies import ENGLISH, GERMAN, good, shown, written

BOTH = pytest.mark.parametrize("article", [GERMAN, ENGLISH], ids=["de", "en"])


def talk(article: Article, *answers: Answer, **asked: Any) -> tuple[Report, Scripted]:
    model = Scripted(answers)
    report = asyncio.run(adrive(report_by_model(article, Wanted(), Asked(model="scripted", **asked)), model))
    return report, model


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def errors(report: Report) -> list[str]:
    return [finding.code for finding in report.findings if finding.severity is Severity.ERROR]


@BOTH
def test_a_good_reply_takes_one_request_and_is_kept_as_it_is(article: Article) -> None:
    reply = good(article)
    report, model = talk(article, written(reply))
    assert len(model.requests) == 1
    assert report.outcome is Outcome.CLEAN, report.findings
    assert report.summary is not None
    assert [s.text for s in report.summary.sentences] == [s["text"] for s in reply["summary"]]
    assert {s.origin for s in report.summary.sentences} == {Origin.WRITTEN}
    assert {claim.status for claim in report.claims} >= {Status.RUMOUR, Status.STATED, Status.DENIED}
    assert report.provenance.usage.calls == 1
    assert report.provenance.prompt == "summarise/v1"


@BOTH
def test_a_model_that_inflates_everything_gets_nothing_inflated_out(article: Article) -> None:
    reply = good(article)
    flat = {
        "de": {"text": "Der Eigentümer streicht 60 Stellen.", "sentences": [2]},
        "en": {"text": "The company is selling a majority stake.", "sentences": [2]},
    }[article.id]
    reply["summary"] = [flat]
    for claim in reply["claims"]:
        claim.update(kind="article", source=None, carried_from=None, firmness="asserted", cue=None)
    report, model = talk(article, *[written(reply)] * 3)
    assert len(model.requests) == 3
    assert report.summary is not None
    assert Origin.WRITTEN not in {s.origin for s in report.summary.sentences}
    assert {s.status for s in report.summary.sentences} <= UNSURE
    assert "P506" in codes(report)
    assert "C107" in codes(report)
    assert not errors(report)
    explicit = {claim.sentence: claim.status for claim in report.claims}
    assert explicit[2] is Status.RUMOUR
    assert explicit[4] is Status.DENIED


@BOTH
def test_a_repair_that_mends_is_taken(article: Article) -> None:
    bad = good(article)
    bad["summary"][0]["sentences"] = [99]
    report, model = talk(article, written(bad), written(good(article)))
    assert len(model.requests) == 2
    assert not errors(report)
    assert report.provenance.usage.calls == 2


def test_re_asks_are_of_constant_size() -> None:
    bad = good(GERMAN)
    bad["summary"] = [{"text": "Der Eigentümer streicht 90 Stellen.", "sentences": [2]}]
    _, model = talk(GERMAN, *[written(bad)] * 3)
    first, second, third = model.requests
    assert len(first.turns) == 1
    assert len(second.turns) == len(third.turns) == 3
    assert second.turns[0] == third.turns[0] == first.turns[0]
    assert first.system == second.system == third.system


def test_extract_asks_once_and_keep_keeps() -> None:
    bad = good(GERMAN)
    bad["summary"] = [{"text": "Der Eigentümer streicht 60 Stellen.", "sentences": [2]}]
    report, model = talk(GERMAN, written(bad), on_unsure=OnUnsure.EXTRACT)
    assert len(model.requests) == 1
    assert report.summary is not None
    assert report.summary.sentences[0].origin is Origin.REPLACED
    report, model = talk(GERMAN, written(bad), on_unsure=OnUnsure.KEEP)
    assert len(model.requests) == 1
    assert report.summary is not None
    assert report.summary.sentences[0].text == "Der Eigentümer streicht 60 Stellen."
    assert "C101" in errors(report)


def test_a_claim_keeps_its_findings_where_words_are_made_up() -> None:
    reply = good(GERMAN)
    reply["claims"][1].update(cue="angeblich", source="Wochenblatts")
    report, _ = talk(GERMAN, written(reply))
    assert {"G302", "G303"} <= set(codes(report))
    assert report.claims[1].cue is None
    assert report.claims[1].attribution.span is None
    assert report.outcome is Outcome.FLAGGED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sentence": 77}, "G301"),
        ({"sentence": 0}, "G301"),
        ({"carried_from": 77}, "G301"),
        ({"kind": "oracle"}, "P504"),
        ({"firmness": "sure"}, "P504"),
        ({"kind": "media", "firmness": "confirmed"}, "P504"),
        ({"kind": "article", "source": "Kreisblatts"}, "P504"),
    ],
)
def test_what_a_claim_gets_wrong_is_named(change: dict[str, Any], code: str) -> None:
    reply = good(GERMAN)
    reply["claims"][1].update(change)
    report, _ = talk(GERMAN, *[written(reply)] * 3)
    assert code in codes(report)
    assert {claim.sentence for claim in report.claims} >= {1, 2, 3, 4}
    assert report.outcome is Outcome.FLAGGED


def test_sentences_that_the_model_passed_over_are_read_by_the_rules() -> None:
    reply = good(GERMAN)
    reply["claims"] = []
    report, _ = talk(GERMAN, written(reply))
    assert "P509" in codes(report)
    assert {claim.sentence for claim in report.claims} >= {1, 2, 3, 4}
    assert all(claim.rule for claim in report.claims)


def test_a_repair_that_deletes_claims_is_told() -> None:
    bad = good(GERMAN)
    bad["summary"][0]["sentences"] = [99]
    fewer = good(GERMAN)
    fewer["claims"] = fewer["claims"][:1]
    report, _ = talk(GERMAN, written(bad), written(fewer))
    assert "P507" in codes(report)


def test_names_of_the_examples_do_not_come_out() -> None:
    reply = good(ENGLISH)
    reply["summary"].append(
        {"text": "Vessamine hid three engine failures, the Flimmerblatt reported.", "sentences": [2]}
    )
    report, model = talk(ENGLISH, *[written(reply)] * 3)
    assert "belongs to an example" in model.requests[1].turns[-1].text
    assert report.summary is not None
    assert "Vessamine" not in report.summary.text


@pytest.mark.parametrize(
    ("finish", "code"),
    [(Finish.REFUSED, "P501"), (Finish.FILTERED, "P503"), (Finish.OTHER, "P504")],
)
def test_a_reply_that_did_not_end_well_says_nothing_about_the_article(finish: Finish, code: str) -> None:
    report, model = talk(GERMAN, ChatReply(text=written(good(GERMAN)), finish=finish, model="m"))
    assert len(model.requests) == 1
    assert report.outcome is Outcome.UNDETERMINED
    assert report.reason is not None
    assert report.reason.startswith(code)
    assert report.claims == ()
    assert report.summary is None


def test_a_cut_reply_is_asked_for_once_more_with_a_higher_cap() -> None:
    cut = ChatReply(text=written(good(GERMAN))[:-30], finish=Finish.LENGTH, model="m")
    report, model = talk(GERMAN, cut, written(good(GERMAN)))
    assert model.requests[1].max_output_tokens > model.requests[0].max_output_tokens
    assert report.outcome is Outcome.CLEAN
    report, model = talk(GERMAN, cut, cut)
    assert len(model.requests) == 2
    assert report.reason is not None
    assert report.reason.startswith("P502")


def test_reasoning_that_uses_up_the_cap_is_named() -> None:
    spent = ChatReply(text="", finish=Finish.LENGTH, model="m", tokens=Tokens(output=9, reasoning=9))
    report, _ = talk(GERMAN, spent, spent)
    assert report.reason is not None
    assert "reasoning" in report.reason


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ContentFiltered("no"), "P503"),
        (ProviderFault("down"), "P508"),
    ],
)
def test_an_error_of_the_provider_ends_in_the_report(error: ModelError, code: str) -> None:
    report, _ = talk(GERMAN, error)
    assert report.outcome is Outcome.UNDETERMINED
    assert codes(report) == [code]
    assert report.provenance.usage.calls == 1


def test_an_error_that_stops_the_run_comes_out() -> None:
    with pytest.raises(QuotaExhausted):
        talk(GERMAN, QuotaExhausted("no credit"))


def test_a_budget_that_ends_in_the_middle_keeps_the_best_version() -> None:
    bad = good(GERMAN)
    bad["summary"][0]["sentences"] = [99]
    calls = iter([written(bad)])

    class Short(Scripted):
        async def complete(self, request: Any) -> ChatReply:
            try:
                self._script = lambda _: next(calls)
                return await super().complete(request)
            except (StopIteration, RuntimeError):
                raise BudgetExceeded("all spent") from None

    report = asyncio.run(adrive(report_by_model(GERMAN, Wanted(), Asked(model="s")), Short(())))
    assert report.outcome is Outcome.FLAGGED
    assert report.claims


def test_a_repaired_schema_fault_costs_one_more_request() -> None:
    report, model = talk(GERMAN, "I can't.", written(good(GERMAN)))
    assert len(model.requests) == 2
    assert report.outcome is Outcome.CLEAN
    report, model = talk(GERMAN, *["I can't."] * 3)
    assert len(model.requests) == 3
    assert report.reason is not None
    assert report.reason.startswith("P504")


def test_long_articles_are_read_in_windows_and_summed_up_from_claims() -> None:
    sentences = [f"Die Gemeinde Nummer {n} meldet {n + 100} Anträge auf neue Radwege." for n in range(2, 90)]
    article = Article(id="long", language="de", text=" ".join(sentences))

    def answer(request: Any) -> str:
        numbers = shown(request)
        told = [{"text": sentences[numbers[0] - 1], "sentences": [numbers[0]]}]
        if "CLAIMS" in request.turns[0].text:
            return written({"summary": told})
        claim = {"claim": None, "kind": "article", "source": None, "origin": None, "carried_from": None}
        rest = {"firmness": "asserted", "cue": None}
        return written({"claims": [{"sentence": n, **claim, **rest} for n in numbers], "summary": told})

    model = Scripted(answer)
    asked = Asked(model="s", window_tokens=500)
    report = asyncio.run(adrive(report_by_model(article, Wanted(), asked), model))
    assert len(model.requests) > 3
    assert [claim.sentence for claim in report.claims] == list(range(1, len(sentences) + 1))
    assert [claim.id for claim in report.claims] == list(range(1, len(sentences) + 1))
    assert report.outcome is Outcome.CLEAN, report.findings
    covered = report.provenance.covered
    assert len(covered) == len(model.requests) - 1
    assert covered[0].start == 0
    assert covered[-1].end == len(article.text)


def test_a_window_that_fails_leaves_the_report_undetermined_with_what_was_read() -> None:
    text = " ".join(f"Die Gemeinde Nummer {n} meldet {n} Anträge." for n in range(2, 90))
    article = Article(id="long", language="de", text=text)
    good_reply = {"claims": [], "summary": [{"text": "Die Gemeinde Nummer 2 meldet 2 Anträge.", "sentences": [1]}]}
    model = Scripted([written(good_reply), ProviderFault("down")])
    report = asyncio.run(adrive(report_by_model(article, Wanted(), Asked(model="s", window_tokens=500)), model))
    assert report.outcome is Outcome.UNDETERMINED
    assert report.claims
    assert len(report.provenance.covered) == 1


def test_replies_are_not_changed_by_judging() -> None:
    reply = good(GERMAN)
    before = copy.deepcopy(reply)
    talk(GERMAN, written(reply))
    assert reply == before
