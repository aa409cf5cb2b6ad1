from __future__ import annotations

import tomllib

from crmdesk.domain.interactions import NOT_REACHED, is_contact, is_successful_call, is_visit
from crmdesk.system.paths import resources


def results() -> list[dict[str, object]]:
    with (resources() / "content" / "lists.toml").open("rb") as file:
        return tomllib.load(file)["contact_result"]


def test_that_the_results_that_reach_nobody_are_those_of_the_list() -> None:
    assert {result["key"] for result in results() if not result["reached"]} == NOT_REACHED


def test_that_a_call_counts_as_successful_exactly_when_the_person_was_reached() -> None:
    calls = [result for result in results() if result["kind"] == "call"]
    assert calls
    for result in calls:
        assert is_successful_call("call", "none", str(result["key"])) == result["reached"]
    assert not is_successful_call("call", "none", "")
    assert is_successful_call("call", "minimum", "")
    assert not is_successful_call("visit", "maximum", "visit_order")


def test_that_a_visit_without_a_result_took_place_but_not_one_that_met_nobody() -> None:
    assert is_visit("visit", "none", "")
    assert not is_visit("visit", "none", "visit_no_one")
    assert is_contact("letter", "none", "letter_question")
    assert not is_contact("letter", "none", "letter_sent")
    assert not is_contact("mailing", "none", "")
