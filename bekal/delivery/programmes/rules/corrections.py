"""A correction after the window: asked by one, decided by another, while the batch runs."""

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken


def check_may_request(*, is_window_open: bool, is_running: bool, reason: str) -> None:
    """Within the window nobody needs to ask; after the closing nothing of it changes any more.

    Raises:
        RuleBroken: with the way that is open instead.
    """
    check_batch_runs(is_running=is_running)
    if is_window_open:
        raise RuleBroken(_("This session can still be changed on its own page. Nothing needs to be asked for."))
    if not reason.strip():
        raise RuleBroken(_("Say why the entry is wrong, and what shows it."), field="reason")


def check_batch_runs(*, is_running: bool) -> None:
    """Certificates say what was counted when the batch closed: a later correction would make them untrue.

    Raises:
        RuleBroken: naming the page where a certificate is reissued.
    """
    if not is_running:
        raise RuleBroken(
            _(
                "The batch is closed, and its certificates say what was counted then. Attendance stays as it is; if a "
                "certificate is wrong, ask for its reissue on the page of the certificate."
            )
        )


def check_second_person(*, requested_by: int, decider: int) -> None:
    """Nobody decides about what they asked for.

    Raises:
        RuleBroken: with who should be asked.
    """
    if requested_by == decider:
        raise RuleBroken(_("Whoever asked cannot decide about it. Ask somebody else who may decide corrections."))


def check_refusal_has_reason(*, is_accepted: bool, reason: str) -> None:
    """A refusal says why.

    Raises:
        RuleBroken: there is no reason.
    """
    if not is_accepted and not reason.strip():
        raise RuleBroken(_("Say why the correction is refused."), field="reason")
