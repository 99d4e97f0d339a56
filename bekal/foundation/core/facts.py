"""Values that belong together on their way from a form or a file to an operation."""

from dataclasses import asdict, fields
from typing import Self

from django.db import models


class Facts:
    """Values with the names of a row's fields."""

    @classmethod
    def names(cls) -> list[str]:
        return [field.name for field in fields(cls)]  # type: ignore[arg-type]

    @classmethod
    def of(cls, row: models.Model) -> Self:
        """The facts as the row holds them now."""
        return cls(**{name: getattr(row, name) for name in cls.names()})

    def differences(self, row: models.Model) -> list[str]:
        """The fields in which the row says something else."""
        return [name for name, value in asdict(self).items() if getattr(row, name) != value]  # type: ignore[call-overload]

    def put_on(self, row: models.Model) -> None:
        """Write the facts on the row, in memory."""
        for name in self.names():
            setattr(row, name, getattr(self, name))
