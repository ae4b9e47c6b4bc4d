"""How forms are drawn: hint before input, error between them, the same words in the summary, linked."""

import re
from typing import ClassVar

from django import forms
from django.template import Context, Template

from eligibility.fields import DatePartsField, Explanation, NumberField, PortalForm, YesNoField


class Work(PortalForm):
    hours = NumberField(label="Hours per week", help_text="Paid hours.")
    start = DatePartsField(label="Start date")
    paid = YesNoField(label="Were you paid?")
    note = forms.CharField(label="Note", required=False)
    end = forms.CharField(label="End", required=False)
    agreed = forms.BooleanField(label="I agree", required=False)

    explanations: ClassVar = {"hours": [Explanation("My hours varied?", ["Divide."])]}
    choice_hints: ClassVar = {"paid": {"yes": "In money or in kind"}}
    asked_only_sometimes = frozenset({"end"})


WRONG = {"hours": "many", "start_day": "31", "start_month": "6", "start_year": "2026"}


def draw(source: str, **context: object) -> str:
    drawn = Template("{% load portal components %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", drawn)


def test_label_hint_error_and_input_follow_each_other() -> None:
    drawn = draw("{{ form.hours.as_field_group }}", form=Work(WRONG))
    places = [drawn.index(part) for part in ("<label", 'class="hint"', 'class="error"', "<input", "<details")]
    assert places == sorted(places)


def test_an_input_is_described_by_its_hint_and_its_error() -> None:
    drawn = draw("{{ form.hours }}", form=Work(WRONG))
    assert 'aria-describedby="id_hours_helptext id_hours_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_only_what_may_be_left_out_is_marked() -> None:
    drawn = draw("{{ form }}", form=Work())
    assert drawn.count("(optional)") == 1
    assert re.search(r'Note <span class="optional">\(optional\)', drawn)


def test_radios_stand_in_a_fieldset_with_a_legend_and_hints() -> None:
    drawn = draw("{{ form.paid.as_field_group }}", form=Work())
    assert "<legend > Were you paid? </legend>" in drawn
    assert 'aria-describedby="id_paid_0_hint"' in drawn


def test_the_summary_links_each_field_with_the_same_words() -> None:
    form = Work(WRONG)
    drawn = draw("{% error_summary form %}", form=form)
    assert "3 things to fix on this page" in drawn
    assert re.findall(r'href="#(\w+)"', drawn) == ["id_hours", "id_start_day", "id_paid_0"]
    assert all(str(message) in drawn for messages in form.errors.values() for message in messages)


def test_the_summary_is_empty_when_nothing_is_wrong() -> None:
    assert draw("{% error_summary form %}", form=Work()).strip() == ""


def test_one_question_has_its_label_as_the_heading_of_the_page() -> None:
    drawn = draw('{% include "forms/field.html" with field=form.start heading=True %}', form=Work())
    assert '<legend class="legend--page"> <h1>Start date</h1> </legend>' in drawn


def test_what_is_typed_is_escaped() -> None:
    drawn = draw("{{ form }}{% error_summary form %}", form=Work(WRONG | {"hours": "<script>"}))
    assert "<script>" not in drawn
