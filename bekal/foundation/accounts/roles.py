"""The one table of who may do what. Names are codes of `permissions.py` files above; a test proves that each exists."""

from bekal.foundation.accounts.choices import Role

# Who may know who takes part in rehabilitation: the care team, the board and the head (DESIGN.md, rulings).
CARE = frozenset({Role.HEAD, Role.PROGRAMME_MANAGER, Role.COUNSELLOR, Role.BOARD, Role.SYSTEM})

# Who may know who is kept apart from whom: security, and the head, who answers for both it and the care team.
SECURITY = frozenset({Role.HEAD, Role.SECURITY, Role.SYSTEM})

_STAFF = {"people.view_people", "programmes.view_batches", "ceremonies.view_ceremonies"}
_TEACHING = {
    "programmes.nominate",
    "programmes.take_attendance",
    "programmes.print_lists",
    "ceremonies.hand_over",
    "ceremonies.handle_photos",
}
# Not the board: an answer, and above all a no, must not be before it when it decides.
_ASKING = {"people.view_consents", "people.record_consent"}
_LEADING = {
    "papers.view_archive",
    "programmes.manage_batches",
    "programmes.record_exit",
    "programmes.draft_decree",
    "programmes.decide_corrections",
    "certificates.view_certificates",
    "ceremonies.plan_ceremony",
    "ceremonies.close_batches",
    "ceremonies.write_press",
}

ROLES: dict[str, frozenset[str]] = {
    Role.HEAD: frozenset(
        _STAFF
        | {
            "facilities.manage_facility",
            "keeping.view_health",
            "accounts.manage_postings",
            "accounts.reset_access",
            "audit.view_trail",
            "papers.view_archive",
            "people.export_people",
            "people.view_identity",
            "people.view_consents",
            "people.view_transfers",
            "people.view_apart",
            "people.override_apart",
            "programmes.manage_programmes",
            "programmes.print_lists",
            "programmes.draft_decree",
            "programmes.sign_decree",
            "programmes.decide_corrections",
            "certificates.view_certificates",
            "certificates.reissue",
            "certificates.revoke",
            "ceremonies.plan_ceremony",
            "ceremonies.close_batches",
            "ceremonies.hand_over",
            "ceremonies.handle_photos",
            "ceremonies.write_press",
            "ceremonies.approve_press",
        }
    ),
    Role.RECORDS: frozenset(
        _STAFF
        | _ASKING
        | {
            "people.admit",
            "people.correct",
            "people.end_stay",
            "people.import_roster",
            "people.export_people",
            "people.view_identity",
            "people.view_transfers",
            "people.transfer",
            "people.join",
            "programmes.nominate",
        }
    ),
    Role.PROGRAMME_MANAGER: frozenset(_STAFF | _TEACHING | _LEADING | _ASKING | {"programmes.manage_programmes"}),
    Role.COUNSELLOR: frozenset(_STAFF | _TEACHING | _ASKING),
    Role.SECTION_HEAD: frozenset(
        _STAFF | _TEACHING | _LEADING | _ASKING | {"programmes.manage_programmes", "people.export_people"}
    ),
    Role.TRAINER: frozenset(_STAFF | _TEACHING | {"people.view_consents"}),
    Role.BOARD: frozenset(_STAFF | {"papers.view_archive", "programmes.hold_hearing", "programmes.print_lists"}),
    Role.SECURITY: frozenset(_STAFF | {"people.view_apart", "people.keep_apart", "people.override_apart"}),
    Role.PARTNER: frozenset(),
    Role.PROBATION: frozenset(),
    Role.REGION: frozenset(),
    Role.NATION: frozenset(),
    Role.OPERATOR: frozenset(
        {
            "facilities.manage_facility",
            "accounts.manage_postings",
            "accounts.reset_access",
            "keeping.view_health",
            "windows.view_windows",
        }
    ),
}
ROLES[Role.SYSTEM] = frozenset().union(*ROLES.values())


def may(role: str, permission: str) -> bool:
    """Whether a role holds a permission."""
    return permission in ROLES.get(role, frozenset())
