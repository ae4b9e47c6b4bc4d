"""How forms become HTML: by the project's own templates."""

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Forms and fields as templates/forms draws them."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
