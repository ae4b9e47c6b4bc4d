"""manage.py load_noc_titles: the titles that people use for their jobs, for the NOC finder to search."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from eligibility.models import NocTitle
from rules.occupations import noc2021

COLUMNS = ["code", "title"]
LONGEST_TITLE = 200
BATCH = 5000


class Command(BaseCommand):
    help = (
        "Load example titles of NOC 2021 from a CSV file with the columns code and title, as Statistics Canada "
        "publishes them. Titles of the same language that were loaded before are replaced: all, or none if a line "
        "is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A UTF-8 CSV file, named like titles_en.csv.")
        parser.add_argument(
            "--language",
            choices=("en", "fr"),
            help="The titles' language, unless the file's name ends in _en or _fr.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replace the titles of one language. Raises ``CommandError`` that names the file and the line."""
        path: Path = options["file"]
        language = options["language"] or _language_in(path)
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                titles = [NocTitle(code=c, title=t, language=language) for c, t in _titles(lines, path)]
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not a text in UTF-8. Save it as UTF-8 and try again.") from error
        with transaction.atomic():
            NocTitle.objects.filter(language=language).delete()
            NocTitle.objects.bulk_create(titles, batch_size=BATCH)
        self.stdout.write(
            f"{len(titles):,} titles in language {language} are searched by the NOC finder now."
        )


def _language_in(path: Path) -> str:
    found = re.search(r"_(en|fr)$", path.stem)
    if found is None:
        raise CommandError(
            f"The name of {path} does not tell its language. Add --language en or --language fr."
        )
    return found[1]


def _titles(lines: TextIO, path: Path) -> Iterator[tuple[str, str]]:
    rows = csv.reader(lines)
    if next(rows, None) != COLUMNS:
        raise CommandError(f"{path}, line 1: the columns must be code,title.")
    seen = set()
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        if len(row) != len(COLUMNS):
            raise CommandError(f"{where}: there must be two columns, code and title, not {len(row)}.")
        code, title = row[0].strip(), row[1].strip()
        if code not in noc2021:
            raise CommandError(f"{where}: {code!r} is not a code of NOC 2021.")
        if not title or len(title) > LONGEST_TITLE or not title.isprintable():
            raise CommandError(f"{where}: a title has 1 to {LONGEST_TITLE} characters that can be seen.")
        if (code, title) not in seen:
            seen.add((code, title))
            yield code, title
