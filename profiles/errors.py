from django.utils.translation import gettext_lazy as _

from lifecycle.errors import DomainError


class DraftLapsed(DomainError):
    message = _(
        "This draft has lapsed: 60 days have passed since you began it. Begin a new profile; nothing was submitted."
    )


class DraftChangedElsewhere(DomainError):
    message = _(
        "This part of your profile was changed in another window or on another device since you opened this page. "
        "Both versions are shown. Keep the one that is right and save again."
    )


class AlreadyHasProfile(DomainError):
    message = _(
        "You have a profile already, and only one at a time is allowed. Update it, or withdraw it to begin a new one."
    )


class DraftIncomplete(DomainError):
    message = _("Some answers are still missing. Complete the sections that are marked, then submit.")


class SignatureDiffers(DomainError):
    message = _(
        "The name that you signed with is not the one in your personal details. "
        "Type your given names and family name as they are written there."
    )


class ProfileLocked(DomainError):
    message = _(
        "An invitation locks your profile. To change or withdraw it, decline the invitation first; "
        "you then return to the pool with your old place among equal scores."
    )


class ProfileOver(DomainError):
    message = _("This profile is no longer active. You can begin a new one from its answers.")


class TooManyEntries(DomainError):
    message = _("A list holds at most 40 entries here. Remove one that counts for little to add another.")


class DraftAlreadyOpen(DomainError):
    message = _(
        "You have a profile in progress already, so the code was not used. "
        "Continue it, or discard it first to begin another one."
    )


class NothingEarlier(DomainError):
    message = _("There are no earlier answers in this account. Begin with a code, or without one.")


class TooManyScenarios(DomainError):
    message = _(
        "An account holds at most 12 scenarios, and you have 12. Delete one that you no longer need first."
    )


class ScenarioChangedElsewhere(DomainError):
    message = _(
        "This scenario was changed in another window or on another device since you opened this page, "
        "so nothing was saved. Below is what you typed. Save again to put it into the scenario as it is now."
    )


class ScenarioGone(DomainError):
    message = _("This scenario was deleted in the meantime, so nothing was saved. Your profile is as it was.")


class NotAProfile(DomainError):
    message = _("The file holds no profile that can be read. Choose a file that this portal exported.")


class AnotherLiveProfile(DomainError):
    message = _(
        "A person has one profile at a time, and another account has a live profile with this passport. "
        "Withdraw that profile first, or correct the passport in your personal details."
    )


class NominationUnknown(DomainError):
    message = _(
        "No claim that waits for your province fits this profile number and validation code. Check both with the "
        "candidate, who finds them in their account; they must also have ticked your province and said that it "
        "nominated them."
    )


class CertificateImpossible(DomainError):
    message = _(
        "A nomination must be issued by today and valid after today. Enter the days as they stand on the certificate."
    )


class CertificateOver(DomainError):
    message = _(
        "The certificate of this nomination is no longer valid, so it would earn no points. "
        "Ask the province for a new one."
    )


class NominationLapsed(DomainError):
    message = _(
        "The 30 days to accept this nomination are over, so it has lapsed. Your profile is as it was. "
        "Ask the province whether it nominates you again."
    )


class NominationNotOpen(DomainError):
    message = _("There is no nomination that waits for your answer. Nothing was changed.")
