"""The routes for articles: shapes, offsets, problems."""

from __future__ import annotations

from reportedly.schema import Report
from tests.web.conftest import GERMAN, Server


def test_flags_slice_the_text(server: Server) -> None:
    answer = server.post("/v1/flags", {"text": GERMAN, "id": "werft", "lang": "de"})
    assert answer.status == 200
    assert answer.json["id"] == "werft"
    claims = answer.json["claims"]
    assert [GERMAN[claim["start"] : claim["end"]] for claim in claims] == [claim["text"] for claim in claims]
    assert {"attributed", "speculation"} <= {claim["status"] for claim in claims}


def test_a_summary_is_a_whole_report(server: Server) -> None:
    answer = server.post("/v1/summaries", {"text": GERMAN, "words": 20, "publisher": "Hafenpost"})
    assert answer.status == 200
    report = Report.model_validate_json(answer.body)
    assert report.summary is not None
    assert report.article.publisher == "Hafenpost"


def test_a_check_finds_the_changed_number_and_the_lost_source(server: Server) -> None:
    body = {"text": GERMAN, "summary": "Die Küstenwerft wird für 50 Millionen Euro verkauft."}
    found = {finding["code"] for finding in server.post("/v1/checks", body).json["findings"]}
    assert "F201" in found
    assert any(code.startswith("C") for code in found)
    only = server.post("/v1/checks", body | {"select": ["F"]}).json["findings"]
    assert {finding["code"][0] for finding in only} == {"F"}


def test_a_page_is_taken_for_its_article(server: Server) -> None:
    page = (
        f"<html><head><title>Werft</title></head><body><nav>Start</nav><article><p>{GERMAN}</p></article></body></html>"
    )
    report = server.post("/v1/summaries", {"html": page}).json
    assert "nach Angaben der Hafenpost" in report["article"]["text"]
    assert "Start" not in report["article"]["text"]


def test_problems_have_the_command_lines_reasons(server: Server) -> None:
    cases = {
        "empty_article": {"text": "  "},
        "headline_only": {"text": "Werft vor dem Verkauf"},
        "unknown_engine": {"text": GERMAN, "engine": "openai:nothing"},
        "fetch_not_allowed": {"fetch": "http://example.org/"},
        "invalid_request": {"text": GERMAN, "html": "x"},
    }
    for reason, body in cases.items():
        answer = server.post("/v1/flags", body)
        assert (answer.status, answer.json["reason"]) == (422, reason)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json["hint"]
        assert answer.json["request_id"] == answer.headers["x-request-id"]


def test_a_finding_code_that_there_is_not(server: Server) -> None:
    answer = server.post("/v1/checks", {"text": GERMAN, "summary": "Es kam anders.", "select": ["Z9"]})
    assert (answer.status, answer.json["reason"]) == (422, "usage")


def test_the_callers_request_id_is_kept(server: Server) -> None:
    answer = server.post("/v1/flags", {"text": GERMAN}, **{"X-Request-ID": "desk-17"})
    assert answer.headers["x-request-id"] == "desk-17"
    assert server.post("/v1/flags", {"text": GERMAN}, **{"X-Request-ID": "a b\tc"}).headers["x-request-id"] != "a b\tc"


def test_metrics_count(server: Server) -> None:
    server.post("/v1/flags", {"text": GERMAN})
    page = server.ask("GET", "/metrics").body.decode()
    assert 'reportedly_requests_total{method="POST",route="/v1/flags",status="200"}' in page
    assert "reportedly_request_seconds_bucket" in page


def test_documentation_shows_every_route_and_loads_nothing_from_elsewhere(server: Server) -> None:
    page = server.ask("GET", "/docs").body.decode()
    for path in server.ask("GET", "/openapi.json").json["paths"]:
        assert path in page
    assert "Küstenwerft" in page
    assert "//" not in "".join(part.split('"')[0] for part in page.split('src="')[1:])
