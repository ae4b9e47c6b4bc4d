"""The forms of the personal part: what they take, what they refuse and why, and what they only tell about."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from profiles.forms.addresses import in_a_line
from profiles.forms.contact import telephone_in_words
from profiles.forms.own import OwnForm
from profiles.pages import Page, notes_of
from profiles.personal_sections import ABOUT_THE_PERSON, PARTNER_IDENTITY
from profiles.sections import BY_SLUG, SECTIONS
from tests.factories import AT
from tests.personas import AMARA, BEN, Answers
from tests.profiles.typed import typed

ON = AT.date()


def answers() -> Answers:
    return BEN.answers(ON)


def page(slug: str, told: Answers | None = None, **changes: Any) -> Page:
    """Return a section's page as Ben answers it, with some fields typed differently."""
    told = told or answers()
    data = QueryDict(mutable=True)
    data.update(typed(told, slug) | changes)
    return Page(BY_SLUG[slug], told, ON, None, data)


def errors(slug: str, told: Answers | None = None, **changes: Any) -> dict[str, str]:
    """Return the message at each field that is refused."""
    return {
        problem.target.removeprefix("id_"): problem.message
        for problem in page(slug, told, **changes).problems()
    }


def saved(slug: str, **changes: Any) -> Answers:
    """Return what a page tells."""
    judged = page(slug, **changes)
    assert judged.is_valid(), judged.problems()
    return judged.told()


def day(name: str, told: date | str) -> dict[str, Any]:
    """Return the three parts of a day as somebody types them."""
    found = date.fromisoformat(told) if isinstance(told, str) else told
    return {f"{name}_{part}": str(getattr(found, part)) for part in ("day", "month", "year")}


# Personal details.


def test_somebody_may_have_up_to_three_citizenships() -> None:
    told = saved("personal", citizenship="GB", second_citizenship="NG", third_citizenship="FR")
    assert told["identity.citizenships"] == ["GB", "NG", "FR"]


def test_a_citizenship_is_not_named_twice() -> None:
    found = errors("personal", citizenship="GB", second_citizenship="GB")
    assert found.keys() == {"second_citizenship"}
    assert "chosen above already" in found["second_citizenship"]


def test_a_citizen_of_canada_is_told_that_no_profile_is_needed() -> None:
    told = answers()
    told["identity"]["citizenships"] = ["CA"]
    assert "needs no permanent residence" in notes_of(BY_SLUG["personal"], told, ON)[0]


def test_somebody_not_born_yet_is_refused() -> None:
    found = errors("personal", **day("birth_date", "2027-01-01"))
    assert "is still to come" in found["birth_date"]


@pytest.mark.parametrize("born", ["2015-05-05", "1915-05-05"])
def test_an_unlikely_age_is_told_about_and_not_refused(born: str) -> None:
    assert not errors("personal", **day("birth_date", born))
    assert "Check the year." in notes_of(BY_SLUG["personal"], {**answers(), "birth_date": born}, ON)[0]


def test_a_likely_age_is_not_spoken_of() -> None:
    assert notes_of(BY_SLUG["personal"], answers(), ON) == []


# Passport.


@pytest.mark.parametrize("number", ["ab 123-456", "AB123456", "ａｂ１２３４５６", " AB‑123456 "])
def test_a_passport_number_is_the_same_however_it_is_typed(number: str) -> None:
    assert saved("passport", number=number)["identity.passport.number"] == "AB123456"


@pytest.mark.parametrize("number", ["A12", "A" * 21, "AB!23456", "12345٣", "<b>12345"])
def test_a_passport_number_is_letters_and_digits(number: str) -> None:
    assert "like ZZ1234567" in errors("passport", number=number)["number"]


def test_a_passport_that_expires_before_it_is_issued_is_refused() -> None:
    found = errors("passport", **day("issued_on", "2024-03-09"), **day("expires_on", "2023-03-08"))
    assert found.keys() == {"expires_on"}
    assert "is not after the day of issue, 9 March 2024" in found["expires_on"]


def test_a_passport_issued_before_its_owner_was_born_is_refused_with_both_days() -> None:
    found = errors("passport", {**answers(), "birth_date": "1992-04-01"}, **day("issued_on", "1992-03-31"))
    assert found["issued_on"].startswith("31 March 1992 is before you were born, on 1 April 1992.")


def test_a_passport_may_be_issued_on_the_day_of_birth() -> None:
    told = {**answers(), "birth_date": "1992-04-01"}
    assert not errors("passport", told, **day("issued_on", "1992-04-01"))


def test_a_passport_from_the_future_is_refused() -> None:
    assert "is still to come" in errors("passport", **day("issued_on", "2026-09-25"))["issued_on"]


@pytest.mark.parametrize(
    ("expires", "word"),
    [("2026-09-23", "expired on"), ("2026-09-24", "within six months"), ("2027-03-25", "within six months")],
)
def test_a_passport_that_is_over_or_soon_will_be_is_told_about_and_not_refused(
    expires: str, word: str
) -> None:
    assert not errors("passport", **day("expires_on", expires))
    told = answers()
    told["identity"]["passport"]["expires_on"] = expires
    assert word in notes_of(BY_SLUG["passport"], told, ON)[0]


def test_a_passport_with_more_than_half_a_year_left_is_not_spoken_of() -> None:
    told = answers()
    told["identity"]["passport"]["expires_on"] = "2027-03-26"
    assert notes_of(BY_SLUG["passport"], told, ON) == []


def test_a_passport_for_a_whole_life_is_asked_about() -> None:
    told = answers()
    told["identity"]["passport"]["expires_on"] = "2076-01-01"
    assert "rarely valid for more than 15 years" in notes_of(BY_SLUG["passport"], told, ON)[0]


# Residence and earlier applications.


def test_a_citizen_lives_in_a_country_of_their_citizenships() -> None:
    assert "add the citizenship there" in errors("residence", country="FR", status="citizen")["status"]


def test_somebody_is_no_visitor_in_a_country_of_their_own() -> None:
    assert "your status is Citizen" in errors("residence", country="GB", status="visitor")["status"]


def test_while_no_citizenship_is_told_any_status_is_taken() -> None:
    told = answers()
    del told["identity"]["citizenships"]
    assert not errors("residence", told, country="FR", status="citizen")


@pytest.mark.parametrize(
    ("number", "kept"),
    [("12345678", "1234-5678"), ("12-3456-7890", "12-3456-7890"), ("1234 567890", "12-3456-7890"), ("", "")],
)
def test_a_client_number_is_kept_with_its_hyphens(number: str, kept: str) -> None:
    assert saved("residence", applied_before="yes", uci=number)["identity.uci"] == kept


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234-567A", "٣" * 8])
def test_a_client_number_has_eight_or_ten_digits(number: str) -> None:
    assert "8 or 10 digits" in errors("residence", applied_before="yes", uci=number)["uci"]


def test_nobody_has_a_client_number_without_an_application() -> None:
    assert "answer yes above" in errors("residence", applied_before="no", uci="12345678")["uci"]


# Contact details.


def test_a_telephone_is_kept_as_digits() -> None:
    told = saved("contact", phone_country_code="+234", phone_number="(0)803 555-0147", phone_extension="204")
    phone = told["contact.telephones"][0]
    assert phone == {"kind": "mobile", "country_code": "234", "number": "08035550147", "extension": "204"}
    assert telephone_in_words(phone) == "+234 08035550147, extension 204 (Mobile)"


@pytest.mark.parametrize("number", ["555 0147", "1613 555 0147"])
def test_a_number_of_north_america_has_ten_digits(number: str) -> None:
    assert "10 digits" in errors("contact", phone_country_code="1", phone_number=number)["phone_number"]


@pytest.mark.parametrize("number", ["123", "call me", "9" * 15, "٣" * 8])
def test_a_telephone_number_that_is_none_is_refused_with_an_example(number: str) -> None:
    assert "like 613 555 0147" in errors("contact", phone_number=number)["phone_number"]


def test_a_second_telephone_is_told_whole_or_not_at_all() -> None:
    found = errors("contact", second_phone_number="8035550148")
    assert found.keys() == {"second_phone_kind", "second_phone_country_code"}
    whole: dict[str, Any] = {
        "second_phone_kind": "work",
        "second_phone_country_code": "44",
        "second_phone_number": "20 7946 0000",
    }
    assert len(saved("contact", **whole)["contact.telephones"]) == 2


def test_an_address_without_an_at_sign_is_no_email() -> None:
    assert "like amara@example.org" in errors("contact", email="amara.example.org")["email"]


# Addresses.


CANADIAN: dict[str, Any] = {"country": "CA", "province": "ontario", "postal_code": "k1a0b1", "city": "Ottawa"}


def test_an_address_in_canada_is_kept_with_the_provinces_letters_and_a_tidy_postal_code() -> None:
    told = saved("mailing-address", **CANADIAN)["contact.mailing"]
    assert (told["province"], told["postal_code"]) == ("ON", "K1A 0B1")
    assert in_a_line(told) == "17 Invented Road, unit 4, Ottawa, Ontario, K1A 0B1, Canada"


@pytest.mark.parametrize("province", ["Québec", "quebec", "QC", "qc"])
def test_a_province_is_known_by_its_name_and_letters(province: str) -> None:
    assert (
        saved("mailing-address", **CANADIAN | {"province": province})["contact.mailing"]["province"] == "QC"
    )


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("province", ["New Brunswick", "nouveau brunswick", "Nouveau-Brunswick"])
def test_a_provinces_name_is_known_in_both_languages(province: str, language: str) -> None:
    with translation.override(language):
        told = saved("mailing-address", **CANADIAN | {"province": province})["contact.mailing"]
    assert told["province"] == "NB"


def test_an_address_in_canada_needs_a_province_and_a_postal_code_of_canada() -> None:
    found = errors("mailing-address", country="CA", province="Bavaria", postal_code="12345")
    assert found.keys() == {"province", "postal_code"}
    assert "like ON" in found["province"]
    assert "like K1A 0B1" in found["postal_code"]


def test_a_mailing_address_needs_a_street_or_a_box() -> None:
    assert errors("mailing-address", street="").keys() == {"street"}
    assert not errors("mailing-address", street="", po_box="4417")


def test_who_lives_at_the_mailing_address_tells_no_other() -> None:
    assert saved("home-address", same="yes") == {"contact.residential": None}


def test_what_was_typed_below_a_yes_is_not_kept() -> None:
    assert saved("home-address", same="yes", street="Old Road") == {"contact.residential": None}


def test_who_lives_somewhere_else_tells_where() -> None:
    assert errors("home-address", same="no").keys() == {"street", "city", "country"}
    told = saved("home-address", same="no", street="Hill Road", city="Lagos", country="NG")
    assert told["contact.residential"]["street"] == "Hill Road"


# Representative.


def test_nobody_is_needed_to_act_for_a_candidate() -> None:
    assert saved("representative", kind="none") == {"representative": {"kind": "none"}}


def test_an_unpaid_representative_has_a_name_and_a_relation() -> None:
    assert errors("representative", kind="unpaid").keys() == {"family_name", "relation"}
    told = saved("representative", kind="unpaid", family_name="Obi", relation="a friend")["representative"]
    assert told == {"kind": "unpaid", "family_name": "Obi", "given_names": "", "relation": "a friend"}


def test_a_paid_representative_has_a_profession_and_a_membership() -> None:
    found = errors("representative", kind="paid", family_name="Obi")
    assert found.keys() == {"profession", "membership_id"}


def test_what_another_kind_of_representative_asks_is_not_kept() -> None:
    told = saved("representative", kind="none", family_name="Obi", membership_id="R000000")
    assert told == {"representative": {"kind": "none"}}


# The partner.


def test_the_partners_details_lie_beside_the_partners_facts() -> None:
    section, judged = BY_SLUG["partner-personal"], page("partner-personal", given_names="Chloé")
    assert judged.is_valid()
    merged = section.merged(answers(), judged.told())
    assert merged["spouse"]["details"]["given_names"] == "Chloé"
    assert merged["spouse"]["accompanying"] is True


# All of them.


def personal_forms() -> list[type[OwnForm]]:
    """Return the forms about a person, the partner's with them."""
    questions = [question for section in ABOUT_THE_PERSON for question in section.questions]
    asked = [question.form for question in (*questions, PARTNER_IDENTITY)]
    return [form for form in asked if issubclass(form, OwnForm)]


@pytest.mark.parametrize("form", personal_forms(), ids=lambda form: form.__name__)
def test_every_field_has_a_hint_or_an_explanation(form: type[OwnForm]) -> None:
    bare = [name for name, field in form.base_fields.items() if not field.help_text]
    assert [name for name in bare if name not in form.explanations] == []


@pytest.mark.parametrize("form", personal_forms(), ids=lambda form: form.__name__)
def test_a_form_speaks_of_fields_that_it_has(form: type[OwnForm]) -> None:
    named = {*form.explanations, *form.headings, *form.asked_only_sometimes}
    assert named <= form.base_fields.keys()


def test_no_page_asks_for_more_than_thirty_things() -> None:
    told = {**AMARA.answers(ON), **answers()}
    for section in SECTIONS:
        assert len(list(Page(section, told, ON))) <= 30, section.slug
