"""No officer of the demo house finds a link or a button that leads to a refusal, to nothing, or to an error."""

from tests.crawl.conftest import House


def test_no_link_leads_to_a_refusal_to_nothing_or_to_an_error(walked: House) -> None:
    wrong = [
        f"{username}: {answer.status} {answer.shape}"
        for username, found in walked.officers.items()
        for answer in found.answers
        if answer.status >= 400
    ]

    assert not wrong, "\n".join(sorted(set(wrong)))


def test_no_form_has_a_button_that_its_reader_may_not_press(walked: House) -> None:
    wrong = [f"{username}: {form}" for username, found in walked.officers.items() for form in found.forbidden_forms]

    assert wrong == []


def test_the_walk_comes_to_most_of_the_house(walked: House) -> None:
    shapes = {answer.shape for found in walked.officers.values() for answer in found.answers}

    # A walk that stops at the desk would find nothing wrong.
    assert len(shapes) > 90
    kinds = {answer.kind for found in walked.officers.values() for answer in found.answers}
    assert {"text/html", "application/pdf", "text/csv"} <= kinds
