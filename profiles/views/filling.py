"""The task list and the pages behind it. Each page is saved on its own, also when it is not whole yet."""

from dataclasses import replace

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import account_id
from accounts.models import User
from eligibility.fields import Text
from eligibility.noc_finder import answer_to, words_of_before
from lifecycle.middleware import PortalRequest
from lifecycle.tables import DraftState
from profiles.asking import Section
from profiles.errors import DraftChangedElsewhere, TooManyEntries
from profiles.filling import forget_typed, keep_typed, remove_entry, save_page
from profiles.forms.occupations import WORDS
from profiles.levels import levels_on
from profiles.models import Draft
from profiles.pages import ADD, Page, as_typed, notes_of, page_at, typed_on
from profiles.personal_sections import CONTACT_DETAILS
from profiles.progress import page_title, page_url, progress_of
from profiles.readout import in_lines, saved_rows, summary_of
from profiles.services import discard_draft
from profiles.views.access import draft_context, section_of, whole, with_draft
from profiles.work_picture import WORK


@with_draft
@require_safe
def tasks(request: PortalRequest, draft: Draft) -> HttpResponse:
    """List the sections with their status."""
    progress = progress_of(draft, request.today)
    return render(request, "profiles/tasks.html", draft_context(request, draft, progress=progress))


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: PortalRequest, draft: Draft, slug: str) -> HttpResponse:
    """Ask a section's questions, and list its entries."""
    return _page(request, draft, section_of(draft, slug), None)


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PortalRequest, draft: Draft, slug: str) -> HttpResponse:
    """Ask for a new entry."""
    found = section_of(draft, slug, listing=True)
    if found.entries and found.entries.single and found.entries.of(found.part(draft.answers)):
        return redirect("profiles:entry", slug, 1)
    return _page(request, draft, found, 0)


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: PortalRequest, draft: Draft, slug: str, index: int) -> HttpResponse:
    """Show an entry to be changed."""
    found = section_of(draft, slug, listing=True)
    page = Page(found, draft.answers, request.today, index)
    if page.saved() is not None:
        return _page(request, draft, found, index)
    if request.method != "POST":
        raise Http404
    return _moved_to_new(request, draft, page)


@with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: PortalRequest, draft: Draft, slug: str, index: int) -> HttpResponse:
    """Ask once, then take an entry out."""
    found = section_of(draft, slug, listing=True)
    page = Page(found, draft.answers, request.today, index)
    saved = page.saved()
    if saved is None or found.entries is None:
        raise Http404
    if request.method == "POST":
        return _remove(request, draft, found, index)
    summary = summary_of(found.entries, saved)
    context = {"page": page, "title": page_title(page), "summary": summary, "lines": in_lines(summary)}
    return render(request, "profiles/delete.html", draft_context(request, draft, **context, seen=page.seen()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: PortalRequest) -> HttpResponse:
    """Ask once, then throw away the draft that the page showed, and no later one. Discarding twice is once."""
    shown_draft = whole(request.POST.get("draft"))
    answer = _discard(request, shown_draft)
    # Asked afterwards, so that of two clicks at once both find it discarded, whichever did it.
    discarded = Draft.objects.visible_to(request.user).filter(pk=shown_draft, state=DraftState.DISCARDED)
    return redirect("account_home") if discarded.exists() else answer


@with_draft
def _discard(request: PortalRequest, draft: Draft, shown_draft: int) -> HttpResponse:
    if request.method != "POST":
        return render(request, "profiles/discard.html", draft_context(request, draft))
    if draft.pk != shown_draft:
        return redirect("profiles:discard")
    discard_draft(draft=draft, at=request.at)
    flash.success(request, _("The draft is discarded. Its answers can still begin a new one."))
    return redirect("account_home")


def _page(request: PortalRequest, draft: Draft, found: Section, index: int | None) -> HttpResponse:
    if request.method != "POST":
        page = Page(found, draft.answers, request.today, index)
        kept = draft.unfinished.get(page.place)
        page = page_at(found, draft.answers, request.today, index, kept, offered=_offered(request, found))
        return _show(request, draft, page, kept=kept)
    page = Page(found, draft.answers, request.today, index, request.POST)
    if "forget" in request.POST:
        forget_typed(draft=draft, place=page.place, at=request.at)
        return redirect(reverse("profiles:section", args=[found.slug]) if index == 0 else page_url(page))
    if "levels" in request.POST or "find" in request.POST:
        return _show_helped(request, draft, page)
    if page.is_valid():
        return _save(request, draft, page)
    keep_typed(draft=draft, place=page.place, typed=typed_on(page, request.POST), at=request.at)
    if "exit" in request.POST:
        flash.warning(
            request,
            _("What you typed is kept as it is. %(page)s still needs your attention.")
            % {"page": page_title(page)},
        )
        return redirect("account_home")
    return _show(request, draft, _with_occupations(page, request.POST), kept=True)


def _with_occupations(page: Page, posted: QueryDict) -> Page:
    """Offer the occupations that were searched for where no code is given: Enter in the search sends the page."""
    words = posted.get(WORDS, "")
    if not words or posted.get("noc"):
        return page
    return replace(page, found=answer_to(words).found)


def _show_helped(request: PortalRequest, draft: Draft, page: Page) -> HttpResponse:
    """Keep what was typed and show it again: with the levels of its scores, or with occupations to choose from."""
    typed = typed_on(page, request.POST)
    keep_typed(draft=draft, place=page.place, typed=typed, at=request.at)
    if "find" not in request.POST:
        again = page_at(page.section, draft.answers, page.today, page.index, typed)
        return _show(request, draft, again, kept=True)
    answer = answer_to(request.POST.get(WORDS, ""))
    advice = words_of_before(answer)
    again = replace(page, typed=as_typed(typed), judged=False, found=answer.found, advice=advice)
    if not again.found and not advice:
        again.refusals.append(
            _(
                "No occupation was found for ‘%(words)s’. Titles are general: try a simpler word, such as cook, "
                "clerk or engineer."
            )
            % {"words": answer.typed}
        )
    return _show(request, draft, again, kept=True)


def _offered(request: PortalRequest, found: Section) -> dict[str, str]:
    """Return what the account tells already, to stand in the fields of a page until they are answered."""
    if found.slug != CONTACT_DETAILS:
        return {}
    account = User.objects.get(pk=account_id(request))
    return {"email": account.email, "language": account.language}


def _save(request: PortalRequest, draft: Draft, page: Page) -> HttpResponse:
    try:
        save_page(draft=draft, page=page, seen=request.POST.get("seen", ""), at=request.at)
    except DraftChangedElsewhere as refusal:
        return _show_both(request, draft, page, refusal)
    except TooManyEntries as refusal:
        keep_typed(draft=draft, place=page.place, typed=typed_on(page, request.POST), at=request.at)
        page.refusals.append(str(refusal.message))
        return _show(request, draft, page, kept=True)
    if "exit" in request.POST:
        flash.success(request, _("Saved. You can go on whenever you like, until the days are over."))
        return redirect("account_home")
    return redirect(_after(request, page))


def _after(request: PortalRequest, page: Page) -> str:
    slug = page.section.slug
    if page.wants_to_add() or "another" in request.POST:
        return reverse("profiles:add", args=[slug])
    return reverse("profiles:tasks") if page.index is None else reverse("profiles:section", args=[slug])


def _show_both(
    request: PortalRequest, draft: Draft, page: Page, refusal: DraftChangedElsewhere
) -> HttpResponse:
    """Show what was typed here beside what was saved elsewhere; saving again keeps what was typed."""
    draft.refresh_from_db()
    keep_typed(draft=draft, place=page.place, typed=typed_on(page, request.POST), at=request.at)
    fresh = Page(page.section, draft.answers, page.today, page.index, request.POST)
    if fresh.index and fresh.saved() is None:
        return _moved_to_new(request, draft, fresh)
    fresh.is_valid()
    fresh.refusals.append(str(refusal.message))
    return _show(request, draft, fresh, kept=True, other=saved_rows(fresh))


def _moved_to_new(request: PortalRequest, draft: Draft, page: Page) -> HttpResponseRedirect:
    place = f"{page.section.slug}/{ADD}"
    typed = Page(page.section, draft.answers, page.today, page.index, request.POST)
    keep_typed(draft=draft, place=place, typed=typed_on(typed, request.POST), at=request.at)
    flash.warning(
        request,
        _(
            "This entry was removed in another window. What you typed here is kept below: "
            "save it to add it anew, or throw it away."
        ),
    )
    return redirect("profiles:add", page.section.slug)


def _remove(request: PortalRequest, draft: Draft, found: Section, index: int) -> HttpResponse:
    try:
        remove_entry(
            draft=draft, section=found, index=index, seen=request.POST.get("seen", ""), at=request.at
        )
    except DraftChangedElsewhere:
        flash.warning(
            request,
            _("The list was changed in another window, so nothing was removed. Here it is as it is now."),
        )
    return redirect("profiles:section", found.slug)


def _show(
    request: PortalRequest, draft: Draft, page: Page, *, kept: object = None, other: object = None
) -> HttpResponse:
    entries = page.section.entries
    listed = [summary_of(entries, told) for told in page.entries()] if entries and page.index is None else []
    notes = notes_of(page.section, draft.answers, request.today) if page.index is None else []
    context = {
        "form": page,
        "page": page,
        "title": page_title(page),
        "heading": _heading(page),
        "listed": [(number, words, in_lines(words)) for number, words in enumerate(listed, start=1)],
        "seen": page.seen(),
        "kept": bool(kept),
        "other": other or [],
        "notes": [*page.advice, *notes],
        "levels": levels_on(page),
        "counts": bool(listed) and page.section.listing.key == WORK,
        "adding": f"{page.section.slug}/{ADD}" in draft.unfinished,
    }
    return render(request, "profiles/page.html", draft_context(request, draft, **context))


def _heading(page: Page) -> Text:
    """Return what stands over a page: the section, the entry's own name, or what is to be added."""
    saved = page.saved()
    if page.index is None:
        return page.section.title
    return summary_of(page.section.listing, saved).title if saved else page.section.listing.add
