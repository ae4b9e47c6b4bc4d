"""The census of the pages: for every address that the resolver knows, which test looks at it in a browser.

A new address is in none of the lists, and the census test fails until it is: name it under a test that looks at it
in a browser (its own, or ``WALKED``, which needs no more than the name), or say that it shows no page. A test that
is named here and does not look at all that it is named for fails (tests/journeys/conftest.py).

Without a browser each page is looked at whenever any test asks for it (tests/traps/markup.py), and in French, with
nothing typed and with rubbish, by test_every_page.py.
"""

LOOKED_AT: dict[str, str] = {
    "test_profile_pages_accessible.py::test_signing_in_and_up": "account_login account_signup",
    "test_profile_pages_accessible.py::test_an_empty_account_and_its_checklist": """
        account_home account_logout accounts:messages profiles:start
    """,
    "test_profile_pages_accessible.py::test_the_pages_of_a_draft": """
        profiles:tasks profiles:section profiles:entry profiles:add profiles:delete profiles:check profiles:result
        profiles:sign profiles:discard
    """,
    "test_profile_pages_accessible.py::test_entries_that_are_asked_about_and_the_picture_of_the_work": """
        profiles:work_counts
    """,
    "test_profile_pages_accessible.py::test_a_profile_in_the_pool_its_confirmation_and_its_withdrawal": """
        accounts:message profiles:profile profiles:submitted profiles:withdraw
    """,
    "test_keeping_accessible.py::test_the_history_its_versions_and_the_copies": """
        profiles:history profiles:version
    """,
    "test_nomination_accessible.py::test_a_claim_on_its_page_the_status_page_the_home_and_the_desk": """
        profiles:province
    """,
    "test_nomination_accessible.py::test_a_confirmed_nomination_its_answers_and_what_became_of_it": """
        profiles:nomination profiles:nomination_answer
    """,
    "test_outlook_accessible.py::test_what_changes_when_for_who_is_in_the_pool_invited_or_in_no_program": """
        draws:changes
    """,
    "test_outlook_accessible.py::test_what_changes_when_for_a_draft": "draws:draft_changes",
    "test_what_if_accessible.py::test_axe_finds_nothing_and_no_page_scrolls_sideways": """
        draws:what_if draws:scenario_add draws:scenario draws:scenario_name draws:scenario_delete
        draws:scenario_part draws:scenario_entry_add draws:scenario_entry draws:scenario_entry_remove
        draws:past_rounds
    """,
    "test_rounds_accessible.py::test_the_public_pages_of_rounds": """
        draws:rounds draws:round draws:instruction draws:published_round
    """,
    "test_rounds_accessible.py::test_the_pages_of_the_e_mail_updates": """
        accounts:updates accounts:updates_asked accounts:updates_confirm accounts:updates_stop
    """,
    "test_rounds_accessible.py::test_a_score_in_the_pool_and_one_that_is_not": "draws:score",
    "test_rounds_accessible.py::test_an_invitation_before_and_after_it_is_declined": """
        draws:invitation draws:decline
    """,
    "test_rounds_accessible.py::test_the_desk_and_its_lists": """
        admin:index admin:draws_round_changelist admin:profiles_poolentry_changelist
        admin:profiles_submission_changelist admin:profiles_submission_change admin:profiles_assessment_changelist
        admin:draws_invitation_changelist admin:lifecycle_transition_changelist
    """,
    "test_rounds_accessible.py::test_the_pool_and_the_way_of_a_round": """
        admin:draws_pool admin:draws_round_add admin:draws_round_change admin:draws_round_cancel
    """,
    "test_rounds_accessible.py::test_the_pages_of_roles_allowances_and_the_log": """
        admin:accounts_user_changelist admin:accounts_user_add admin:accounts_user_change
        admin:accounts_allowance_changelist admin:accounts_allowance_add admin:accounts_allowance_end
        admin:accounts_officeraction_changelist accounts:second_proof
    """,
    "test_recurring_accessible.py::test_a_plan_that_runs_and_one_that_rests": """
        admin:draws_round_calendar admin:draws_recurringplan_changelist admin:draws_recurringplan_add
        admin:draws_recurringplan_change admin:draws_recurringplan_pause admin:draws_recurringplan_days
        admin:draws_recurringplan_step admin:draws_recurringplan_step_remove admin:draws_recurringplan_resume
        admin:draws_recurringplan_end
    """,
    "test_corrections_accessible.py::test_the_pages_of_a_correction": """
        admin:draws_round_correct admin:draws_correction
    """,
    "test_jobs_accessible.py::test_the_jobs_under_way_asked_for_broken_off_and_overdue": """
        admin:lifecycle_jobstate_changelist admin:lifecycle_jobstate_history
    """,
    "test_tools_accessible.py::test_the_list_the_funds_and_the_language_converter": """
        tools:index tools:funds tools:language
    """,
    "test_tools_accessible.py::test_the_score_calculator_and_the_checklist": "tools:score tools:documents",
    "test_questionnaire.py::test_no_screen_has_a_barrier_or_scrolls_sideways": """
        eligibility:start eligibility:answers eligibility:result eligibility:print eligibility:question
        eligibility:remove eligibility:entry eligibility:step
    """,
    "test_ended_sessions.py::test_the_pages_of_sessions_fit_and_axe_finds_nothing": """
        accounts:sessions accounts:stay accounts:history
    """,
    "test_leaving_and_coming_back.py::test_the_pages_of_the_ways_back": """
        accounts:ways_back accounts:forgotten_username accounts:username_sent accounts:username_shown
        accounts:not_me accounts:not_me_done account_closed
    """,
    "test_leaving_and_coming_back.py::test_a_walk_on_two_of_them": "accounts:way_back",
    "test_leaving_and_coming_back.py::test_the_accounts_details": """
        accounts:settings accounts:settings_change accounts:prove account_export account_close accounts:new_email
        accounts:new_email_code
    """,
    "test_signing_up.py::test_with_an_authenticator_app_and_a_recovery_code": """
        accounts:key_terms accounts:username accounts:password accounts:first_question
        accounts:key_ready accounts:portal_terms accounts:first_details accounts:first_email accounts:second_factor
        accounts:recovery_codes
        accounts:sign_in_way accounts:sign_in_question
    """,
    "test_signing_up.py::test_the_pages_on_which_credentials_are_changed": """
        accounts:add_app accounts:add_passkey accounts:remove_factor accounts:new_recovery_codes
        accounts:name_factor accounts:password_change accounts:questions accounts:question_change
    """,
    "test_signing_up.py::test_with_codes_by_e_mail": "accounts:add_email_codes",
    "test_sign_in_partner.py::test_axe_finds_nothing_on_the_way": """
        accounts:partner_choose accounts:partner_return
    """,
    "test_sign_in_partner.py::test_axe_finds_nothing_on_the_accounts_own_pages": """
        accounts:partners accounts:partner_link accounts:partner_unlink
    """,
    "test_every_page_accessible.py::test_the_pages_of_the_guide": """
        guide:index guide:pages guide:topic_list guide:topics guide:help_centre guide:help guide:glossary guide:tour
        guide:classroom guide:exercises
    """,
}

WALKED_NAMES = """
    home account_inactive simulation:mailbox simulation:accounts
    profiles:import tools:noc tools:occupation
    admin:profiles_poolentry_change admin:profiles_assessment_change admin:draws_invitation_change
    admin:lifecycle_transition_change admin:draws_recurringplan_step_add admin:draws_recurringplan_start
    admin:draws_correction_drop
"""
WALKED = frozenset(WALKED_NAMES.split())
"""Looked at by test_every_page_accessible.py::test_the_pages_at_which_no_other_test_looks, as somebody whom the
table of who may do what (tests/access/expectations.py) shows the page to."""

NAMES_WITHOUT_PAGE = """
    set_language accounts:sign_in_second accounts:refuse_way_back accounts:end_other_sessions accounts:end_session
    accounts:throw_away profiles:update
    admin:draws_round_run admin:draws_round_publish admin:draws_round_export admin:draws_correction_confirm
    admin:lifecycle_jobstate_run admin:accounts_officeraction_export
    feed:ircc_en feed:ircc_fr feed:simulated_en feed:simulated_fr feed:csv feed:atom_en feed:atom_fr
    accounts:recovery_codes_file profiles:draft_export profiles:export draws:changes_ics
"""
NO_PAGE = frozenset(NAMES_WITHOUT_PAGE.split())
"""Buttons that lead on to another page, and files."""


def looked_at() -> dict[str, frozenset[str]]:
    """Return the names at which each test looks."""
    return {test: frozenset(names.split()) for test, names in LOOKED_AT.items()}


def counted() -> list[str]:
    """Return every name that the census has, as often as it has it."""
    return [*WALKED, *NO_PAGE, *(name for names in looked_at().values() for name in names)]
