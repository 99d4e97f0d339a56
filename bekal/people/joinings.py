"""Reads about records that are one person: which belong together, which look as if they did."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bekal.foundation.accounts.models import User
from bekal.foundation.core.together import Kept, Rows, together
from bekal.people import queries
from bekal.people.models import Custody, Joining, Person

MOST = 200


def in_force() -> QuerySet[Joining]:
    """The joinings that nobody has undone."""
    return Joining.objects.filter(parting=None)


def joinings_for(user: User) -> QuerySet[Joining]:
    """The joinings in force whose kept record the user's facility holds, latest first."""
    here = user.facility_here
    rows = in_force().filter(kept__facility=here)
    return rows.select_related("kept", "merged", "joined_by", "facility").order_by("-joined_at", "-pk")


def with_records(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people with `kept_as`, the public id of the record that is kept instead, and `merged_ids`, what is joined into them."""
    return people.annotate(
        kept_as=Subquery(in_force().filter(merged=OuterRef("pk")).values("kept__public_id")[:1]),
        merged_ids=ArraySubquery(in_force().filter(kept=OuterRef("pk")).order_by("pk").values("merged")),
    )


def person_known_to(user: User, person_id: UUID) -> Person | None:
    """A person by public id, with their stays, with the record that is kept instead and those that are joined into this one."""
    people, stays = together(Kept(_known, user, person_id), Kept(_known_stays, user, person_id))
    for person in people:
        person.stays = stays
        for stay in stays:
            stay.person = person
    return people[0] if people else None


def _known(user: User, person_id: UUID) -> QuerySet[Person]:
    return with_records(queries.known_to(user).filter(public_id=person_id))


def _known_stays(user: User, person_id: UUID) -> QuerySet[Custody]:
    known = queries.known_to(user).filter(public_id=person_id)
    return queries.latest_first(Custody.objects.filter(person__in=known))


def records_of(person: Person) -> set[int]:
    """Keys of all records of one person, this one among them."""
    return records_of_all([person.pk])


def records_of_all(people: Iterable[int]) -> set[int]:
    """Keys of all records of these people, those given among them; one question where nothing is joined, else two."""
    keys = set(people)
    pairs = in_force().filter(Q(kept__in=keys) | Q(merged__in=keys)).values_list("kept", "merged")
    found = {key for pair in pairs for key in pair}
    if not found:
        return keys
    kept = in_force().filter(Q(kept__in=found)).values_list("kept", "merged")
    return keys | found | {key for pair in kept for key in pair}


def kept_instead(people: QuerySet[Person]) -> QuerySet[Person]:
    """The records with `kept`, the key of the record that is kept of the person: their own where nothing was joined."""
    into = in_force().filter(merged=OuterRef("pk")).values("kept")[:1]
    return people.annotate(kept=Coalesce(Subquery(into), F("pk"), output_field=BigIntegerField()))


@dataclass(frozen=True)
class Pair:
    """Two records that look like one person, and whether the NIK says so or name and day of birth."""

    first: Person
    second: Person
    same_nik: bool

    @property
    def records(self) -> tuple[Person, Person]:
        return self.first, self.second


def suspected_read(user: User) -> Rows:
    """The read of the suspected pairs, at most `MOST`: keys of two records, and whether they share a NIK."""
    # Not the joined ones, nor those told apart.
    return Rows(
        """
        with one_root as (
          select record.id, coalesce(kept.kept_id, record.id) as root
            from people_person record
            left join people_joining kept on kept.merged_id = record.id
             and not exists (select 1 from people_parting p where p.joining_id = kept.id)
           where record.facility_id = %s
        ), alike as (
          select one.id as first, two.id as second, true as same_nik
            from people_person one join people_person two on two.nik_index = one.nik_index and two.id > one.id
           where one.facility_id = %s and two.facility_id = %s
          union
          select one.id, two.id, false
            from people_person one
            join people_person two on two.search_name = one.search_name and two.birth_on = one.birth_on and two.id > one.id
           where one.facility_id = %s and two.facility_id = %s
             and (one.nik_index is null or two.nik_index is null or one.nik_index = two.nik_index)
        )
        select first, second, bool_or(same_nik) from alike
          join one_root a on a.id = first join one_root b on b.id = second
         where a.root <> b.root
           and not exists (select 1 from people_distinction d where d.first_id = first and d.second_id = second)
         group by first, second order by first, second limit %s
        """,
        [user.facility_here] * 5 + [MOST],
    )


def suspected_for(user: User) -> list[Pair]:
    """Pairs of records here that share a NIK, or a name and a day of birth while no NIK parts them; not yet decided."""
    [found] = together(suspected_read(user))
    keys = {key for first, second, _same in found for key in (first, second)}
    people = {person.pk: person for person in queries.with_stays(queries.people_for(user).filter(pk__in=keys))}
    return [Pair(people[first], people[second], same) for first, second, same in found]
