"""Inputs for days and hours: the browser's own pickers, filled in the one form that they take."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, as a date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """An hour and its minutes, as a time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
