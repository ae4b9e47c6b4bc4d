"""The words of messages about nominations, withdrawn invitations, a new funds table, and of what is to come."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accounts.telling.letter import Letter

NOMINATIONS: Mapping[str, Letter] = {
    "nomination_confirmed": Letter(
        _("Your nomination waits for your answer: profile {number}"),
        (
            _("{province} has confirmed that it nominated you."),
            _(
                "You have until {deadline_at} to accept it, or not. From the moment you accept, it earns 600 points. "
                "Answer on the page ‘Provincial nomination’ of your profile."
            ),
            _("If you do not answer in time, the nomination lapses. Your profile stays as it is."),
        ),
    ),
    "nomination_accepted": Letter(
        _("You accepted your nomination: profile {number}"),
        (
            _(
                "The nomination by {province} counts from now on. Your score went from {old_score} to {score}."
            ),
            _("Your place among equal scores still follows the time you first submitted your profile."),
            _(
                "Rounds for nominees of provinces may invite you, as long as you meet one of the three programs "
                "as well."
            ),
        ),
    ),
    "nomination_refused": Letter(
        _("You did not accept the nomination: profile {number}"),
        (
            _(
                "You chose not to accept the nomination by {province}. Your profile and its points are as before."
            ),
            _("Should the province nominate you again, say so in an update of your profile."),
        ),
    ),
    "nomination_lapsed": Letter(
        _("Your nomination has lapsed: profile {number}"),
        (
            _("You did not answer the nomination by {province} by {deadline_at}, so it has lapsed."),
            _(
                "Your profile and its points are as before. Ask the province whether it nominates you again; if it "
                "does, say so in an update of your profile."
            ),
        ),
    ),
}

FUNDS: Mapping[str, Letter] = {
    "funds_below_table": Letter(
        _("Update your settlement funds by {last_on}: profile {number}"),
        (
            _(
                "A new table of settlement funds is in force since {day_on}. It asks for {needed} CAD for a family of "
                "your size, and your profile has {has} CAD."
            ),
            _(
                "You keep your eligibility until {last_on}, and that whole day. From the next day on, a program that "
                "asks for funds no longer counts you in with less than the table asks for."
            ),
            _("If you have the amount, update your profile by then. Your place among equal scores stays."),
        ),
    ),
}

_WITHDRAWN = _(
    "On {at_at} the officers withdrew the invitation that you had from round {round}. The reason: {reason}"
)
_NOTHING_DONE_WRONG = _(
    "You did nothing wrong, and it does not count against you in later rounds. The invitation can no longer be "
    "answered; what you prepared for an application is still yours."
)

CORRECTIONS: Mapping[str, Letter] = {
    "invitation_withdrawn": Letter(
        _("Your invitation of round {round} was withdrawn: profile {number}"),
        (
            _WITHDRAWN,
            _NOTHING_DONE_WRONG,
            _(
                "Your profile is back in the pool with {score} points, worked out as of {day_on}, and with the time of "
                "your first submission. There is nothing that you need to do."
            ),
            _("Later rounds may invite you until {expires_at}. Another invitation is not guaranteed."),
        ),
    ),
    "invitation_withdrawn_ineligible": Letter(
        _("Your invitation of round {round} was withdrawn: profile {number}"),
        (
            _WITHDRAWN,
            _NOTHING_DONE_WRONG,
            _(
                "Your profile was assessed as of {day_on}. It no longer meets the requirements of any program, so it "
                "is not in the pool. Your account shows which requirement, and why."
            ),
            _(
                "The way back: update your profile with what has changed, and send it again. Until {expires_at} you "
                "then return to the pool with the same place among equal scores."
            ),
        ),
    ),
    "invitation_withdrawn_expired": Letter(
        _("Your invitation of round {round} was withdrawn: profile {number}"),
        (
            _WITHDRAWN,
            _NOTHING_DONE_WRONG,
            _(
                "The 12 months of your profile ended on {expires_at}, while the invitation was open, so it does not "
                "return to the pool."
            ),
            _("To be considered again, begin a new profile. You can start from your old answers."),
        ),
    ),
}

_UPDATE = _(
    "You can update your profile at any time. Your place among equal scores stays with the time of your first "
    "submission."
)

REMINDERS: Mapping[str, Letter] = {
    "draft_lapses_soon": Letter(
        _("Send your profile by {deadline_on}"),
        (
            _("Your unfinished Express Entry profile lapses on {deadline_at}, 60 days after you began it."),
            _("What you have saved is in your account. Finish it and send it before then."),
        ),
    ),
    "profile_expires_soon": Letter(
        _("Your profile {number} expires on {expires_on}"),
        (
            _("Your profile leaves the pool on {expires_at}, 12 months after you first submitted it."),
            _(
                "There is no extension. From then on you can begin a new profile from its answers; it gets a new "
                "number and a new place among equal scores."
            ),
        ),
    ),
    "score_falls_soon": Letter(
        _("Your score will change on {day_on}: profile {number}"),
        (
            _("If your answers stay as they are, your score goes from {old_score} to {score} on {day_on}."),
            _UPDATE,
        ),
    ),
    "eligibility_ends_soon": Letter(
        _("You will leave the pool on {day_on}: profile {number}"),
        (
            _(
                "If your answers stay as they are, you no longer meet the requirements of any program from {day_on} "
                "on, and rounds then pass you by."
            ),
            _UPDATE,
        ),
    ),
    "nomination_ends_soon": Letter(
        _("Answer your nomination by {deadline_on}: profile {number}"),
        (
            _(
                "The nomination by {province} waits for your answer until {deadline_at}. After that it lapses, and its "
                "600 points with it."
            ),
        ),
    ),
    "invitation_ends_soon": Letter(
        _("Answer your invitation by {deadline_on}: profile {number}"),
        (
            _("Your invitation of round {round} lapses on {deadline_at}. There is no extension."),
            _(
                "If you do not answer in time, your profile is removed from the pool, and with it your place among "
                "equal scores."
            ),
        ),
    ),
}
