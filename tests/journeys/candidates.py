"""Three people who build a profile, as they would tell it; see ``tests.journeys.telling`` for how."""

from dataclasses import replace

from tests.journeys.telling import (
    AT_HOME,
    BACHELORS,
    FIRST_LANGUAGE,
    NOBODY,
    NOT_NOMINATED,
    NOTHING,
    PARTNER_FIRST_LANGUAGE,
    PARTNER_TWO_YEARS,
    PRIMARY,
    TWO_YEARS,
    Candidate,
    Mistake,
    Search,
    Told,
    Trial,
    about,
    address,
    contact,
    family,
    passport,
    plans,
    residence,
    scores,
)
from tests.personas import AMARA, BEN, DIVYA

AMARAS = Candidate(
    persona=AMARA,
    told={
        "personal": about(("Amara", "Okafor"), "Female", "14 6 1997", "Enugu", "Nigeria"),
        "passport": passport("ZZ1234567", "Nigeria", "9 3 2022", "8 3 2032"),
        "residence": residence("Nigeria", "Citizen"),
        "family": family("Never married", "1"),
        "contact": contact("English", "amara@example.org", "234", "8035550147"),
        "mailing-address": address("17 Invented Road", "Lagos", "101233", "Nigeria", "Lagos State"),
        "home-address": AT_HOME,
        "representative": NOBODY,
        "study": Told(
            {TWO_YEARS: "No"},
            (
                {
                    "Which credential?": BACHELORS,
                    "Field of study": "Computer science",
                    "School, college or university": "University of Lagos",
                    "Country where it was studied for": "Nigeria",
                    "First day of studies": "15 9 2014",
                    "Day of completion": "29 6 2018",
                    "Do you have an educational credential assessment (ECA) of it?": "No",
                },
                {
                    "Which credential?": "Master’s degree",
                    "Field of study": "Software engineering",
                    "Country where it was studied for": "Nigeria",
                    "First day of studies": "17 9 2018",
                    "Day of completion": "30 5 2020",
                    "Do you have an educational credential assessment (ECA) of it?": "Yes",
                    "Who made the assessment?": "World Education Services",
                    "When was the report issued?": "3 2 2026",
                    "Reference number of the report": "1234567IMM",
                    "Which Canadian level does the report state?": "Master’s degree",
                },
            ),
        ),
        "languages": Told(
            {FIRST_LANGUAGE: "English"},
            (scores("IELTS General Training", "18 4 2026", "8 7 7 7"),),
        ),
        "work": Told(
            {PRIMARY: "21232"},
            (
                {
                    "Occupation code (NOC 2021)": Search(
                        "software developer", "développeur de logiciels", "21232"
                    ),
                    "Job title": "Software developer",
                    "Employer": "Lagoon Software Ltd",
                    "City or town": "Lagos",
                    "Country of the job": "Nigeria",
                    "First day": "1 6 2020",
                    "Last day": "31 5 2022",
                    "Hours per week": "40",
                },
                {
                    "Occupation code (NOC 2021)": "21232",
                    "Job title": "Senior software developer",
                    "Employer": "Harbour Systems Ltd",
                    "Country of the job": "Nigeria",
                    "First day": "3 10 2022",
                    "This job goes on": True,
                    "Hours per week": "37.5",
                },
            ),
        ),
        "certificate": NOTHING,
        "plans": plans(["Ontario", "Nova Scotia"], "25,000"),
        "job-offer": NOTHING,
        "nomination": NOT_NOMINATED,
        "relatives": NOTHING,
    },
    programs=frozenset({"FSW"}),
    categories=frozenset(),
    points=(369, 0, 100, 0),
    mistake=Mistake("languages", "Listening", "7.8"),
    interrupted="passport",
    trial=Trial(
        "languages/add/",
        {
            "test": "tcf_canada",
            "date_taken_day": "1",
            "date_taken_month": "9",
            "date_taken_year": "2026",
            "listening": "460",
            "reading": "460",
            "writing": "10",
            "speaking": "10",
        },
        gain=62,
    ),
    update={"plans": {"How much money can you bring to Canada?": "31,000"}},
    updated=469,
)
"""A single graduate abroad: 110 for age, 135 for the degree, four times 31 for CLB 9; 50 for the degree and 50 for
more than three years of work, each with CLB 9. French at NCLC 7 would add four times 3, and 50."""

BENS = Candidate(
    persona=BEN,
    told={
        "personal": about(("Ben", "Carter"), "Male", "3 3 1993", "Leeds", "United Kingdom"),
        "passport": passport("ZZ7654321", "United Kingdom", "11 1 2021", "10 1 2031"),
        "residence": residence("United Kingdom", "Citizen"),
        "family": family("Married", "4"),
        "contact": contact("English", "ben@example.org", "44", "7700900123"),
        "mailing-address": address("8 Invented Street", "Leeds", "LS1 4DY", "United Kingdom"),
        "home-address": AT_HOME,
        "representative": NOBODY,
        "study": Told(
            {TWO_YEARS: "No"},
            (
                {
                    "Which credential?": "Two-year diploma or certificate",
                    "Field of study": "Electrical installation",
                    "Country where it was studied for": "United Kingdom",
                    "First day of studies": "3 9 2012",
                    "Day of completion": "27 6 2014",
                    "Do you have an educational credential assessment (ECA) of it?": "Yes",
                    "Who made the assessment?": "International Qualifications Assessment Service",
                    "When was the report issued?": "12 1 2026",
                    "Which Canadian level does the report state?": "Two-year diploma or certificate",
                },
            ),
        ),
        "languages": Told({FIRST_LANGUAGE: "English"}, (scores("CELPIP-General", "20 3 2026", "9 9 8 9"),)),
        "work": Told(
            {PRIMARY: "72200"},
            (
                {
                    "Occupation code (NOC 2021)": Search("electrician", "electricien", "72200"),
                    "Job title": "Electrician",
                    "Country of the job": "United Kingdom",
                    "First day": "5 2 2018",
                    "This job goes on": True,
                    "Hours per week": "40",
                },
            ),
        ),
        "certificate": Told(
            entries=(
                {
                    "Occupation code (NOC 2021)": "72200",
                    "Who issued it?": "Alberta",
                    "Number of the certificate": "AB-4417",
                    "When was it issued?": "4 5 2026",
                },
            )
        ),
        "plans": plans(["Alberta"], "40000"),
        "job-offer": NOTHING,
        "nomination": NOT_NOMINATED,
        "relatives": NOTHING,
        "partner": Told(
            {
                "Will your spouse or partner come with you to Canada?": "Yes",
                "Is your spouse or partner a citizen or a permanent resident of Canada?": "No",
            }
        ),
        "partner-personal": Told(
            {
                "Family name of your spouse or partner": "Moreau",
                "Given names of your spouse or partner": "Chloé Marie",
                "Sex or gender": "Female",
                "When was your spouse or partner born?": "3 11 1994",
                "Country or territory of birth": "France",
                "Country of citizenship": "France",
            }
        ),
        "partner-study": Told(
            {PARTNER_TWO_YEARS: "No"},
            (
                {
                    "Which credential?": BACHELORS,
                    "Country where it was studied for": "France",
                    "First day of studies": "2 9 2013",
                    "Day of completion": "30 6 2016",
                    "Do you have an educational credential assessment (ECA) of it?": "Yes",
                    "Who made the assessment?": "World Education Services",
                    "When was the report issued?": "12 1 2026",
                    "Which Canadian level does the report state?": BACHELORS,
                },
            ),
        ),
        "partner-languages": Told(
            {PARTNER_FIRST_LANGUAGE: "French"}, (scores("TEF Canada", "6 2 2026", "560 560 500 500"),)
        ),
        "partner-work": NOTHING,
    },
    programs=frozenset({"FSW", "FST"}),
    categories=frozenset({"trades"}),
    points=(280, 24, 88, 0),
    mistake=Mistake("contact", "E-mail address", "ben at example.org"),
    interrupted="mailing-address",
    trial=Trial("nomination/", {"nominated": "yes", "province": "AB"}, gain=600),
    update={"partner": {"Will your spouse or partner come with you to Canada?": "No"}},
    updated=390,
)
"""A tradesperson and his partner: 80 for age, 91 for the diploma, 29 + 29 + 22 + 29 for the test; 8 and 16 for hers;
13 for the diploma and 25 for the work with CLB 7, 50 for the certificate. Alone: 88, 98 and 116 instead, nothing for
the partner."""

FATOUS = Candidate(
    persona=replace(
        DIVYA,
        username="fatou",
        given_names="Fatou",
        family_name="Diallo",
        language="fr",
        country="SN",
        city="Dakar",
    ),
    told={
        "personal": about(("Fatou", "Diallo"), "Female", "20 11 1995", "Dakar", "Senegal"),
        "passport": passport("ZZ2468135", "Senegal", "2 5 2023", "1 5 2028"),
        "residence": residence("Canada", "Worker", uci="0000-1234"),
        "family": family("Never married", "1"),
        "contact": contact("French", "fatou@example.org", "1", "5065550147"),
        "mailing-address": address("250 Invented Street", "Moncton", "E1C 1B2", "Canada", "New Brunswick"),
        "home-address": AT_HOME,
        "representative": NOBODY,
        "study": Told(
            {TWO_YEARS: "Yes"},
            (
                {
                    "Which credential?": "Two-year diploma or certificate",
                    "Field of study": "Nursing care",
                    "Country where it was studied for": "Senegal",
                    "First day of studies": "5 10 2015",
                    "Day of completion": "30 6 2017",
                    "Do you have an educational credential assessment (ECA) of it?": "No",
                },
                {
                    "Which credential?": BACHELORS,
                    "Field of study": "Nursing",
                    "School, college or university": "Université de Moncton",
                    "Country where it was studied for": "Canada",
                    "First day of studies": "3 9 2019",
                    "Day of completion": "28 4 2023",
                    "How many months did you study full time?": "40",
                    "How many of these months were you in Canada?": "40",
                },
            ),
        ),
        "languages": Told(
            {FIRST_LANGUAGE: "French"},
            (
                scores("TCF Canada", "14 1 2026", "550 550 16 16"),
                scores("IELTS General Training", "21 2 2026", "6 6 6 6"),
            ),
        ),
        "work": Told(
            {PRIMARY: "31301"},
            (
                {
                    "Occupation code (NOC 2021)": Search("registered nurse", "infirmière autorisée", "31301"),
                    "Job title": "Infirmière",
                    "Employer": "Invented Hospital",
                    "City or town": "Moncton",
                    "Province or state": "New Brunswick",
                    "Country of the job": "Canada",
                    "First day": "5 6 2023",
                    "This job goes on": True,
                    "Hours per week": "37.5",
                    "If the job was in Canada: what allowed you to work there?": "An open work permit",
                },
                {
                    "Occupation code (NOC 2021)": "32101",
                    "Job title": "Infirmière auxiliaire",
                    "Country of the job": "Senegal",
                    "First day": "1 8 2017",
                    "Last day": "30 6 2019",
                    "Hours per week": "40",
                },
            ),
        ),
        "certificate": NOTHING,
        "plans": plans(["New Brunswick"], "4 000 $"),
        "job-offer": NOTHING,
        "nomination": NOT_NOMINATED,
        "relatives": NOTHING,
    },
    programs=frozenset({"CEC"}),
    categories=frozenset({"french", "healthcare"}),
    points=(437, 0, 100, 80),
    mistake=Mistake("passport", "When does it expire?", "1 5 2023"),
    interrupted="contact",
    trial=Trial("nomination/", {"nominated": "yes", "province": "NB"}, gain=520),
    update={"contact": {"Telephone number": "5065550148"}},
    updated=617,
)
"""A nurse in Canada: 105 for age, 120 for the degree, four times 34 for NCLC 10 and 3 for CLB 7, 64 for three years in
Canada; 50 by the degree and 50 by the year abroad; 50 for French, 30 for the study. Additional points end at 600."""
