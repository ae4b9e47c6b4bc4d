"""The kinds of rounds, the categories, and the classes under which a candidate is invited."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundType(models.TextChoices):
    GENERAL = "general", _("General")
    PROGRAM = "program", _("Program")
    NOMINATION = "pnp", _("Provincial nomination")
    CATEGORY = "category", _("Category")


class Category(models.TextChoices):
    FRENCH = "french", _("French-language proficiency")
    HEALTHCARE = "healthcare", _("Health care and social services occupations")
    STEM = "stem", _("Science, technology, engineering and mathematics occupations")
    TRADES = "trades", _("Trade occupations")
    TRANSPORT = "transport", _("Transport occupations")
    AGRICULTURE = "agriculture", _("Agriculture and agri-food occupations")
    EDUCATION = "education", _("Education occupations")
    PHYSICIANS = "physicians", _("Physicians with Canadian work experience")
    SENIOR_MANAGERS = "senior_managers", _("Senior managers with Canadian work experience")
    RESEARCHERS = "researchers", _("Researchers with Canadian work experience")
    SKILLED_MILITARY = "skilled_military", _("Skilled military recruits")


class InvitedAs(models.TextChoices):
    PNP = "PNP", _("Provincial Nominee Program")
    CEC = "CEC", _("Canadian Experience Class")
    FSW = "FSW", _("Federal Skilled Worker Program")
    FST = "FST", _("Federal Skilled Trades Program")
