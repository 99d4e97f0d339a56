"""How a form looks, in one place: every `{{ form }}` and `{{ form.name.as_field_group }}` of the house."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    # Several choices are drawn by their own template; the class of one would fall on the list.
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
)


class HouseField(forms.BoundField):
    """A field with the class of its kind of control."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        look = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "form-control")
        attrs = super().build_widget_attrs(attrs, widget)
        if look and "class" not in widget.attrs:
            attrs["class"] = look
        return attrs

    @property
    def is_tick(self) -> bool:
        """Whether the label stands behind the control."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        """Whether the field is several controls under one legend."""
        return bool(self.field.widget.use_fieldset)


class HouseRenderer(TemplatesSetting):
    """Forms drawn by the house's own templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = HouseField
