"""What a page of the draft costs beside the same fields drawn plainly by Django, and how quick a candidate's pages are.

Both sides run in the same minute, in turns, through the whole portal: middleware, session, queries. The plain side
(``plain_pages``) finds the same draft, builds the same forms and lets Django's own templates draw them in a bare page.
What is measured is made in a transaction that is rolled back; the pool is the one that the portal has.
"""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from lifecycle import clock
from profiles.facts import answers_of
from profiles.models import Draft, PoolEntry, Profile, Submission
from profiles.sections import shown
from profiles.services import open_draft
from simulation.finishing import finish_account

TURNS = 15
PLAIN = "bench.plain_pages"
MOST_TIMES, MOST_MILLISECONDS = 1.5, 200.0
LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True)
class Job:
    """One measurement in milliseconds: ours, the reference, and their ratio, or ours alone, against the goal."""

    job: str
    ours: float
    reference: float | None
    ratio: float | None
    goal: float

    @property
    def found(self) -> float:
        """What the goal is about."""
        return self.ours if self.ratio is None else self.ratio


def measure() -> tuple[int, list[Job]]:
    """Return the size of the pool, and the measurements. The portal's database must hold a demo."""
    at = clock.now()
    with override_settings(ROOT_URLCONF=PLAIN, ALLOWED_HOSTS=["*"]), transaction.atomic():
        draft = _draft(at)
        jobs = [*_forms(draft), *_pages(draft.account)]
        transaction.set_rollback(True)
    return PoolEntry.objects.count(), jobs


def as_json_lines(jobs: Sequence[Job]) -> str:
    """One object a line: job, ours, reference, ratio, goal."""
    return "\n".join(json.dumps(asdict(job)) for job in jobs)


def as_table(pool: int, jobs: Sequence[Job]) -> str:
    """The jobs for reading, with whether each goal was met."""
    lines = [f"{pool:,} in the pool"]
    for job in jobs:
        beside = "" if job.ratio is None else f" against {job.reference:.1f} ms: {job.ratio:.2f} times"
        verdict = "met" if job.found <= job.goal else "MISSED"
        lines.append(f"{job.job}: {job.ours:.1f} ms{beside} (at most {job.goal:g}: {verdict})")
    return "\n".join(lines)


def _draft(at: datetime) -> Draft:
    """Begin a draft with the answers of somebody who told much, in an account of its own."""
    recent = list(Submission.objects.order_by("-pk")[:LOOKED_THROUGH])
    if not recent:
        raise SystemExit("There is no pool to measure on. Run ./run manage make_demo first.")
    fullest = max(recent, key=lambda sent: len(sent.facts["work"]) + len(sent.facts["education"]))
    account = finish_account(User.objects.create_user("bench", email="bench@demo.invalid"))
    return open_draft(account_id=account.pk, at=at, answers=answers_of(fullest.facts, fullest.personal))


def _forms(draft: Draft) -> Iterator[Job]:
    """Yield each page of the draft that has a form, beside its fields drawn plainly, and all of them together."""
    client = signed_in(draft.account)
    ours, plain = [], []
    for slug, index in _places(draft):
        arguments = [slug] if index is None else [slug, index]
        pair = (
            reverse("profiles:entry" if index else "profiles:section", args=arguments),
            reverse("plain_entry" if index else "plain", args=arguments),
        )
        one, other = _in_turns(client, pair)
        ours.append(one)
        plain.append(other)
        yield Job(f"page {slug}{f'/{index}' if index else ''}", one, other, one / other, MOST_TIMES)
    yield Job("all pages of the draft", sum(ours), sum(plain), sum(ours) / sum(plain), MOST_TIMES)


def _places(draft: Draft) -> Iterator[tuple[str, int | None]]:
    for section in shown(draft.answers):
        if section.questions:
            yield section.slug, None
        if section.entries and section.entries.of(section.part(draft.answers)):
            yield section.slug, 1


def _pages(account: User) -> Iterator[Job]:
    """Yield the 95th percentile of a candidate's pages over the pool as it is."""
    profile = Profile.objects.filter(entry__state="in_pool").order_by("-pk").first()
    if profile is None:
        return
    Profile.objects.filter(pk=profile.pk).update(account=account)
    client = signed_in(account)
    names = ("profiles:profile", "draws:score", "draws:changes", "profiles:history")
    addresses = [reverse(name, args=[profile.number]) for name in names]
    for address in (reverse("account_home"), reverse("profiles:tasks"), *addresses, reverse("draws:what_if")):
        times = sorted(milliseconds(client, address) for _turn in range(2 * TURNS))
        yield Job(f"p95 of {address}", times[int(len(times) * 0.95)], None, None, MOST_MILLISECONDS)


def signed_in(account: User) -> Client:
    """A client that holds the account's session."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _in_turns(client: Client, addresses: Sequence[str]) -> list[float]:
    """Return the median time of each address; every turn asks for all, so that they share the machine's moments."""
    times: list[list[float]] = [[] for _address in addresses]
    for _turn in range(TURNS):
        for place, address in enumerate(addresses):
            times[place].append(milliseconds(client, address))
    return [statistics.median(those) for those in times]


def milliseconds(client: Client, address: str) -> float:
    """How long a page takes, through the whole portal."""
    begun = time.perf_counter()
    answer = client.get(address)
    taken = 1000 * (time.perf_counter() - begun)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}, so there is nothing to measure.")
    return taken
