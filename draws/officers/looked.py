"""Which candidates' data an officer looked at, written to the officers' log: one row a page that was opened."""

import re

from django.db import models

from accounts.access import account_id
from accounts.desk.officer_log import Verb, about_list, about_record, note
from draws.models import PlannedCorrection, Round
from lifecycle.middleware import PortalRequest

PROFILE_NUMBER = re.compile(r"E\d{0,9}")


def opened(request: PortalRequest, record: models.Model) -> None:
    """Note that the page of one record was opened, with the number of the profile it belongs to."""
    profile = getattr(record, "profile", None)
    about = about_record(record, more=profile.number if profile else "")
    note(officer_id=account_id(request), verb=Verb.OPENED, about=about, at=request.at)


def listed(request: PortalRequest, model: type[models.Model], *, number: str, page: int) -> None:
    """Note that a page of records was listed; what was searched for only where it can be a profile number."""
    sought = number if PROFILE_NUMBER.fullmatch(number) else ""
    about = about_list(model, number=sought, page=str(page))
    note(officer_id=account_id(request), verb=Verb.LISTED, about=about, at=request.at)


def previewed(request: PortalRequest, planned: Round, page: int) -> None:
    """Note that a page of the candidates whom a round would invite was listed."""
    about = about_record(planned, planned.number, f"page={page}")
    note(officer_id=account_id(request), verb=Verb.LISTED, about=about, at=request.at)


def corrected(request: PortalRequest, planned: PlannedCorrection, page: int) -> None:
    """Note that a page of the candidates was listed whose invitations a correction withdraws."""
    about = about_record(planned, more=f"page={page}")
    note(officer_id=account_id(request), verb=Verb.LISTED, about=about, at=request.at)
