"""What a profile said on an earlier day: facts dated later were not known yet.

A candidate whose facts went on after the first submission (a new job, a nomination) has sent an update since.
"""

from simulation.population.plans import Json


def known_on(profile: Json, day: str) -> Json:
    """Return the profile as it could be sent on an ISO day, with that day as ``as_of``."""
    nomination = profile["provincial_nomination"]
    spouse = profile["spouse"]
    return profile | {
        "as_of": day,
        "education": _education(profile["education"], day),
        "language_tests": _until(profile["language_tests"], "date_taken", day),
        "work": _work(profile["work"], day),
        "certificate_of_qualification": _dated(profile["certificate_of_qualification"], day),
        "provincial_nomination": _dated(nomination, day),
        "spouse": spouse and _spouse(spouse, day),
    }


def newest_fact(profile: Json) -> str:
    """Return the ISO day of the latest dated fact that a candidate would have to report."""
    people = [profile] + ([profile["spouse"]] if profile["spouse"] else [])
    days: list[str] = [job["start_date"] for person in people for job in person["work"]]
    days += [job["end_date"] for person in people for job in person["work"] if job["end_date"]]
    days += [test["date_taken"] for person in people for test in person["language_tests"]]
    days += [entry["completion_date"] for person in people for entry in person["education"]]
    days += [entry["eca"]["issued_on"] for person in people for entry in person["education"] if entry["eca"]]
    papers = (profile["provincial_nomination"], profile["certificate_of_qualification"])
    days += [paper["issued_on"] for paper in papers if paper]
    return max(days, default=str(profile["birth_date"]))


def _until(entries: list[Json], field: str, day: str) -> list[Json]:
    return [entry for entry in entries if entry[field] <= day]


def _dated(paper: Json | None, day: str) -> Json | None:
    return paper if paper and paper["issued_on"] <= day else None


def _work(jobs: list[Json], day: str) -> list[Json]:
    """Keep the jobs begun by then; one that has ended since was still going on."""
    begun = _until(jobs, "start_date", day)
    return [job | {"end_date": None} if job["end_date"] and job["end_date"] > day else job for job in begun]


def _education(entries: list[Json], day: str) -> list[Json]:
    done = _until(entries, "completion_date", day)
    return [entry | {"eca": _dated(entry["eca"], day)} for entry in done]


def _spouse(spouse: Json, day: str) -> Json:
    return spouse | {
        "education": _education(spouse["education"], day),
        "language_tests": _until(spouse["language_tests"], "date_taken", day),
        "work": _work(spouse["work"], day),
    }
