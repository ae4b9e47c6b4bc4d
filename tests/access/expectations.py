"""What every address answers to everybody: the one table of who may do what.

A line for each address that the resolver knows: its name with its arguments, what it answers to GET, to POST, and
remarks. A cell for each actor, in this order (``world.ACTORS``); spaces only part the groups:

    N  nobody                    F  officer              X  the owner, whose session has ended
    O  the owner                 S  senior officer       M  an owner without a second factor
    B  another candidate         U  auditor
                                 E  content editor
                                 A  administrator

What a cell says:

    +  the page                                 4  not found, just as if there were no such thing
    >  leads on to another page                 x  forbidden
    s  leads to the sign-in                     m  wrong method
    o  leads to the first unmet step            c  too late, or in conflict with how things are
    p  leads to the proof of who it is          ?  a request that cannot be read

HEAD answers as GET does. Every other method is a wrong one; a page that turns somebody away may do so first.
Every POST without its CSRF token is forbidden, but for those remarked as ``by machines``. ``OPTIONS too`` is remarked
where Django's class of views names its methods, ``no HEAD`` where a look would use something up.

To add an address: add its line here, beside its neighbours. An argument is a thing of ``world.py`` by its name
there, or the text itself. Think before copying what the page answers now: a cell is what it must answer.
"""

TABLE = """
set_language                                      | > >> >>>>> >> | > >> >>>>> >>
home                                              | + ++ +++++ +o | m mm mmmmm mo
account_home                                      | s ++ +++++ so | s mm mmmmm so
account_export                                    | s pp ppppp so | s pp ppppp so
account_close                                     | s pp ppppp so | s pp ppppp so
account_closed                                    | + ++ +++++ +o | m mm mmmmm mo
admin:index                                       | s xx +++++ so | s xx mmmmm so
admin:draws_round_changelist                      | s xx +++x+ so | s xx mmmxm so
admin:draws_pool                                  | s xx +++x+ so | s xx mmmxm so
admin:draws_round_calendar                        | s xx +++x+ so | s xx mmmxm so
admin:draws_recurringplan_changelist              | s xx +++x+ so | s xx mmmxm so
admin:draws_recurringplan_add                     | s xx ++xxx so | s xx ++xxx so
admin:draws_recurringplan_change pk=recurring     | s xx +++x+ so | s xx mmmxm so
admin:draws_recurringplan_days pk=recurring       | s xx ++xxx so | s xx ++xxx so
admin:draws_recurringplan_step_add pk=recurring   | s xx ++xxx so | s xx ++xxx so
admin:draws_recurringplan_step pk=recurring position=1 | s xx ++xxx so | s xx ++xxx so
admin:draws_recurringplan_step_remove pk=recurring position=1 | s xx ++xxx so | s xx >>xxx so
admin:draws_recurringplan_start pk=recurring      | s xx ++xxx so | s xx ++xxx so
admin:draws_recurringplan_pause pk=recurring      | s xx ++xxx so | s xx ppxxx so
admin:draws_recurringplan_resume pk=recurring     | s xx ++xxx so | s xx ++xxx so
admin:draws_recurringplan_end pk=recurring        | s xx ++xxx so | s xx ppxxx so
admin:draws_round_add                             | s xx ++xxx so | s xx ++xxx so
admin:draws_round_change pk=planned               | s xx +++x+ so | s xx mmmxm so
admin:draws_round_run pk=planned                  | s xx x>xxx so | s xx xpxxx so
admin:draws_round_cancel pk=planned               | s xx x+xxx so | s xx xpxxx so
admin:draws_round_publish pk=planned              | s xx x>xxx so | s xx xcxxx so
admin:draws_round_correct pk=published_pk         | s xx ++xxx so | s xx ++xxx so
admin:draws_correction pk=correction              | s xx +++x+ so | s xx mmmxm so
admin:draws_correction_confirm pk=correction      | s xx x>xxx so | s xx xpxxx so
admin:draws_correction_drop pk=correction         | s xx ++xxx so | s xx ++xxx so
admin:draws_round_export pk=planned               | s xx x>>xx so | s xx xppxx so
admin:profiles_poolentry_changelist               | s xx +++x+ so | s xx mmmxm so
admin:profiles_poolentry_change pk=profile_pk     | s xx +++x+ so | s xx mmmxm so
admin:profiles_submission_changelist              | s xx +++x+ so | s xx mmmxm so
admin:profiles_submission_change pk=submission    | s xx +++x+ so | s xx mmmxm so
admin:profiles_assessment_changelist              | s xx +++x+ so | s xx mmmxm so
admin:profiles_assessment_change pk=assessment    | s xx +++x+ so | s xx mmmxm so
admin:draws_invitation_changelist                 | s xx +++x+ so | s xx mmmxm so
admin:draws_invitation_change pk=invitation       | s xx +++x+ so | s xx mmmxm so
admin:lifecycle_transition_changelist             | s xx +++x+ so | s xx mmmxm so
admin:lifecycle_transition_change pk=transition   | s xx +++x+ so | s xx mmmxm so
admin:lifecycle_jobstate_changelist               | s xx +++x+ so | s xx mmmxm so
admin:lifecycle_jobstate_history                  | s xx +++x+ so | s xx mmmxm so
admin:lifecycle_jobstate_run slug=lapse_drafts    | s xx x>xx> so | s xx x>xx> so
admin:accounts_user_changelist                    | s xx xx+x+ so | s xx xxmxm so
admin:accounts_user_add                           | s xx xxxx+ so | s xx xxxxp so
admin:accounts_user_change pk=officer_pk          | s xx xxxx+ so | s xx xxxxp so
admin:accounts_allowance_changelist               | s xx xx+x+ so | s xx xxmxm so
admin:accounts_allowance_add                      | s xx xxxx+ so | s xx xxxxp so
admin:accounts_allowance_end pk=allowance         | s xx xxxx+ so | s xx xxxxp so
admin:accounts_officeraction_changelist           | s xx xx+x+ so | s xx xxmxm so
admin:accounts_officeraction_export               | s xx xx>x> so | s xx xxpxp so
account_login                                     | + >> >>>>> +o | + >> >>>>> +o | OPTIONS too
account_logout                                    | > ++ +++++ >+ | > >> >>>>> >> | OPTIONS too
account_signup                                    | + >> >>>>> +o | m mm mmmmm mo
account_inactive                                  | + ++ +++++ +o | m mm mmmmm mo | OPTIONS too
accounts:key_terms                                | + >> >>>>> +o | > >> >>>>> >o
accounts:username                                 | > >> >>>>> >o | > >> >>>>> >o
accounts:password                                 | > >> >>>>> >o | > >> >>>>> >o
accounts:first_question                           | s ++ +++++ so | s ++ +++++ so
accounts:key_ready                                | s >> >>>>> so | s mm mmmmm so
accounts:portal_terms                             | s >> >>>>> so | s >> >>>>> so
accounts:first_details                            | s >> >>>>> so | s >> >>>>> so
accounts:first_email                              | s >> >>>>> so | s >> >>>>> so
accounts:sign_in_second                           | s >> >>>>> so | s >> >>>>> so
accounts:sign_in_way way=email                    | s >> >>>>> so | s >> >>>>> so
accounts:sign_in_question                         | s >> >>>>> so | s >> >>>>> so
accounts:second_factor                            | s ++ +++++ s+ | s mm mmmmm sm
accounts:add_app                                  | s pp ppppp s+ | s pp ppppp s+
accounts:add_passkey                              | s pp ppppp s+ | s pp ppppp s+
accounts:add_email_codes                          | s pp ppppp s+ | s pp ppppp so
accounts:recovery_codes                           | s >> >>>>> so | s >> >>>>> so
accounts:recovery_codes_file                      | s 44 44444 so | s mm mmmmm so
accounts:new_recovery_codes                       | s pp ppppp so | s pp ppppp so
accounts:remove_factor way=email                  | s pp ppppp so | s pp ppppp so
accounts:remove_factor way=email pk=message       | s pp ppppp so | s pp ppppp so
accounts:name_factor pk=message                   | s pp ppppp so | s pp ppppp so
accounts:password_change                          | s pp ppppp so | s pp ppppp so
accounts:questions                                | s ++ +++++ so | s mm mmmmm so
accounts:question_change number=1                 | s pp ppppp so | s pp ppppp so
accounts:second_proof                             | s ++ +++++ so | s ++ +++++ so
accounts:messages                                 | s ++ +++++ so | s mm mmmmm so
accounts:settings                                 | s ++ +++++ so | s mm mmmmm so
accounts:settings_change                          | s ++ +++++ so | s ++ +++++ so
accounts:new_email                                | s pp ppppp so | s pp ppppp so
accounts:new_email_code                           | s pp ppppp so | s pp ppppp so
accounts:refuse_way_back pk=way_back              | s mm mmmmm so | s >4 44444 so
accounts:ways_back                                | + ++ +++++ +o | m mm mmmmm mo
accounts:forgotten_username                       | + ++ +++++ +o | + ++ +++++ +o
accounts:username_sent                            | + ++ +++++ +o | m mm mmmmm mo
accounts:username_shown token=made-up             | 4 44 44444 4o | 4 44 44444 4o
accounts:way_back slug=plans                      | 4 44 44444 4o | 4 44 44444 4o
accounts:prove                                    | s ++ +++++ so | s ++ +++++ so
accounts:not_me_done                              | + ++ +++++ ++ | m mm mmmmm mm
accounts:not_me token=notice                      | + ++ +++++ ++ | > >> >>>>> >>
accounts:message pk=message                       | s +4 44444 so | s mm mmmmm so
accounts:sessions                                 | s ++ +++++ so | s mm mmmmm so
accounts:end_other_sessions                       | s mm mmmmm so | s >> >>>>> so
accounts:end_session number=session               | s mm mmmmm so | s >4 44444 so
accounts:stay                                     | s ++ +++++ s+ | s >> >>>>> s>
accounts:throw_away                               | s mm mmmmm so | s 44 44444 so
accounts:history                                  | s ++ +++++ so | s mm mmmmm so
accounts:partners                                 | s ++ +++++ so | s mm mmmmm so
accounts:partner_choose                           | 4 44 44444 4o | 4 44 44444 4o
accounts:partner_link                             | s pp ppppp so | s pp ppppp so
accounts:partner_unlink pk=message                | s pp ppppp so | s pp ppppp so
accounts:partner_return institution=made-up       | 4 44 44444 4o | m mm mmmmm mo | no HEAD
accounts:updates                                  | + ++ +++++ +o | + ++ +++++ +o
accounts:updates_asked                            | + ++ +++++ +o | m mm mmmmm mo
accounts:updates_confirm token=confirmation       | + ++ +++++ +o | > >> >>>>> >o
accounts:updates_stop token=leaving               | + ++ +++++ +o | + ++ +++++ +o | by machines
eligibility:start                                 | + ++ +++++ +o | > >> >>>>> >o
eligibility:answers                               | > +> >>>>> >o | > >> >>>>> >o
eligibility:result                                | > >> >>>>> >o | m mm mmmmm mo
eligibility:print                                 | > >> >>>>> >o | m mm mmmmm mo
eligibility:question slug=marital-status          | > +> >>>>> >o | > +> >>>>> >o
eligibility:remove slug=work number=1             | > +> >>>>> >o | > >> >>>>> >o
eligibility:entry slug=work number=1 step=details | > +> >>>>> >o | > +> >>>>> >o
eligibility:step slug=spouse step=details         | > 4> >>>>> >o | > 4> >>>>> >o
profiles:start                                    | s >+ +++++ so | s >> >>>>> so
profiles:import                                   | s ++ +++++ so | s ++ +++++ so
profiles:draft_export                             | s +> >>>>> so | s m> >>>>> so
profiles:tasks                                    | s +> >>>>> so | s m> >>>>> so
profiles:check                                    | s +> >>>>> so | s m> >>>>> so
profiles:result                                   | s +> >>>>> so | s m> >>>>> so
profiles:sign                                     | s +> >>>>> so | s 44 44444 so
profiles:discard                                  | s +> >>>>> so | s >> >>>>> so
profiles:section slug=plans                       | s +> >>>>> so | s +> >>>>> so
profiles:add slug=work                            | s +> >>>>> so | s +> >>>>> so
profiles:entry slug=work index=1                  | s +> >>>>> so | s +> >>>>> so
profiles:work_counts slug=work                    | s +> >>>>> so | s m> >>>>> so
profiles:delete slug=work index=1                 | s +> >>>>> so | s >> >>>>> so
profiles:profile number=profile                   | s +4 +++4+ so | s mm mmmmm so
profiles:nomination number=profile                | s +4 44444 so | s mm mmmmm so
profiles:nomination_answer number=profile way=accept | s >4 44444 so | s >4 44444 so
profiles:province                                 | s xx xxxxx so | s xx xxxxx so
profiles:submitted number=profile                 | s +4 44444 so | s mm mmmmm so
profiles:export number=profile                    | s +4 44444 so | s mm mmmmm so
profiles:history number=profile                   | s +4 +++4+ so | s mm mmmmm so
profiles:version number=profile sequence=1        | s +4 +++4+ so | s mm mmmmm so
profiles:update number=profile                    | s >4 44444 so | s >4 44444 so
profiles:withdraw number=profile                  | s +4 44444 so | s >4 44444 so
tools:index                                       | + ++ +++++ +o | m mm mmmmm mo
tools:score                                       | + ++ +++++ +o | m mm mmmmm mo
tools:language                                    | + ++ +++++ +o | m mm mmmmm mo
tools:documents                                   | + ++ +++++ +o | m mm mmmmm mo
tools:funds                                       | + ++ +++++ +o | m mm mmmmm mo
tools:noc                                         | + ++ +++++ +o | m mm mmmmm mo
tools:occupation code=31301                       | + ++ +++++ +o | m mm mmmmm mo
feed:ircc_en                                      | + ++ +++++ ++ | m mm mmmmm mm
feed:ircc_fr                                      | + ++ +++++ ++ | m mm mmmmm mm
feed:simulated_en                                 | + ++ +++++ ++ | m mm mmmmm mm
feed:simulated_fr                                 | + ++ +++++ ++ | m mm mmmmm mm
feed:csv                                          | + ++ +++++ ++ | m mm mmmmm mm
feed:atom_en                                      | + ++ +++++ ++ | m mm mmmmm mm
feed:atom_fr                                      | + ++ +++++ ++ | m mm mmmmm mm
draws:rounds                                      | + ++ +++++ +o | m mm mmmmm so
draws:round number=published                      | + ++ +++++ +o | m mm mmmmm so
draws:instruction number=published                | + ++ +++++ +o | m mm mmmmm so
draws:published_round number=100                  | + ++ +++++ +o | m mm mmmmm so
draws:score number=profile                        | s +4 +++4+ so | s mm mmmmm so
draws:past_rounds number=profile                  | s +4 +++4+ so | s mm mmmmm so
draws:changes number=profile                      | s +4 +++4+ so | s mm mmmmm so
draws:changes_ics number=profile                  | s +4 44444 so | s mm mmmmm so
draws:draft_changes                               | s +> >>>>> so | s m> >>>>> so
draws:what_if                                     | s ++ +++++ so | s mm mmmmm so
draws:scenario_add                                | s +> >>>>> so | s +> >>>>> so
draws:scenario pk=scenario                        | s +4 44444 so | s mm mmmmm so
draws:scenario_name pk=scenario                   | s +4 44444 so | s +4 44444 so
draws:scenario_delete pk=scenario                 | s +4 44444 so | s >> >>>>> so
draws:scenario_part pk=scenario slug=funds        | s +4 44444 so | s +4 44444 so
draws:scenario_entry_add pk=scenario slug=work    | s +4 44444 so | s +4 44444 so
draws:scenario_entry pk=scenario slug=work index=1 | s +4 44444 so | s +4 44444 so
draws:scenario_entry_remove pk=scenario slug=work index=1 | s +4 44444 so | s +4 44444 so
draws:invitation pk=invitation                    | s +4 +++4+ so | s mm mmmmm so
draws:decline pk=invitation                       | s >4 44444 so | s >4 44444 so
simulation:mailbox                                | + ++ +++++ ++ | m mm mmmmm mm
simulation:accounts                               | + ++ +++++ +o | m mm mmmmm mo
guide:pages slug=who-can-apply                    | + ++ +++++ +o | m mm mmmmm mo
guide:topic_list                                  | + ++ +++++ +o | m mm mmmmm mo
guide:topics slug=language-tests                  | + ++ +++++ +o | m mm mmmmm mo
guide:help_centre                                 | + ++ +++++ +o | m mm mmmmm mo
guide:help slug=start                             | + ++ +++++ +o | m mm mmmmm mo
guide:glossary                                    | + ++ +++++ +o | m mm mmmmm mo
guide:exercises slug=what-if                      | + ++ +++++ +o | m mm mmmmm mo
guide:index                                       | + ++ +++++ +o | m mm mmmmm mo
guide:tour                                        | + ++ +++++ +o | m mm mmmmm mo
guide:classroom                                   | + ++ +++++ +o | m mm mmmmm mo
"""
