"""``manage.py make_screens``: the pictures of the guided tour and of docs/screens, from the portal's own pages."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guide.screens.camera import NoChromium, NotShown, camera, chromium
from guide.screens.index import INDEX, index
from guide.screens.portal import scratch_portal
from guide.screens.shots import ALBUMS, PAGES, Album
from guide.screens.taking import pictures


class Command(BaseCommand):
    help = "Make the pictures of the guided tour and of docs/screens anew, from a demo portal of their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [album.name for album in ALBUMS]
        parser.add_argument("--only", choices=names, help="make only the pictures of this album")

    def handle(self, *_args: Any, only: str | None, **_options: Any) -> None:
        _refuse_what_cannot_work()
        albums = [album for album in ALBUMS if only in (None, album.name)]
        self.stdout.write("Making a portal to take pictures of. This takes a minute.")
        try:
            for album, paths in _made(albums):
                self.stdout.write(f"{album.name}: {_told(paths)}")
        except NotShown as error:
            raise CommandError(str(error)) from error


def _refuse_what_cannot_work() -> None:
    """Say so at once, not after a minute of making a portal."""
    if not settings.DEMO:
        raise CommandError("The pictures are of the demo: run this where EEPORTAL_DEMO is on.")
    if len(settings.DATABASES) > 1:
        raise CommandError("The pictures are taken of one database: unset DATABASE_REPLICA_URL.")
    try:
        chromium()
    except NoChromium as error:
        raise CommandError(str(error)) from error


def _made(albums: Sequence[Album]) -> Iterator[tuple[Album, list[Path]]]:
    """Write the pictures of each album; yield it with their paths."""
    with scratch_portal() as portal, camera(portal.base) as taking:
        for album in albums:
            paths = []
            for path, picture in pictures(album, taking, portal.cast):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(picture)
                paths.append(path)
            yield album, paths
    if PAGES in albums:
        INDEX.write_text(index(), encoding="utf-8")


def _told(paths: Sequence[Path]) -> str:
    sizes = [path.stat().st_size for path in paths]
    largest = max(zip(sizes, paths, strict=True))
    return (
        f"{len(sizes)} pictures of {sum(sizes) / 1e6:.1f} MB together; "
        f"the largest is {largest[1].name}, {largest[0] / 1e3:.0f} kB."
    )
