"""`python -m bench`: the whole table, or by name `score` or `pages`, measurements on their own."""

import argparse
import logging
import os
import sys

import django

SIZE, QUICK = 1_000_000, 100_000


def table(arguments: argparse.Namespace) -> int:
    """Measure every job beside its floor or peer, on pools made for it; 1 when a goal is missed."""
    from bench import rows
    from bench import table as whole
    from bench.progress import say
    from bench.sizes import Sizes

    if unknown := sorted(set(arguments.only) - set(whole.NAMES)):
        raise SystemExit(f"There is no job {', '.join(unknown)}. There are: {', '.join(whole.NAMES)}.")
    found = []
    for row in whole.run(Sizes(QUICK if arguments.quick else arguments.size), arguments.only):
        found.append(row)
        if arguments.json:
            print(rows.as_json(row), flush=True)
        else:
            say("  " + rows.in_words(row))
    if not arguments.json:
        print(rows.as_table(found))
    return int(any(row.met is False for row in found))


def score(arguments: argparse.Namespace) -> int:
    """Points from factors and from facts, beside OpenFisca."""
    from bench import score as scoring

    jobs = scoring.measure(arguments.size, arguments.facts)
    print(scoring.as_json_lines(jobs) if arguments.json else scoring.as_table(jobs))
    return 0


def pages(arguments: argparse.Namespace) -> int:
    """Pages of the draft beside Django's plain drawing, and a candidate's pages over the pool as it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")
    django.setup()
    from bench import pages as drawing

    pool, jobs = drawing.measure()
    print(drawing.as_json_lines(jobs) if arguments.json else drawing.as_table(pool, jobs))
    return 0


def main() -> int:
    """Read the arguments and run the measurement they name."""
    parser = argparse.ArgumentParser(prog="bench", description=table.__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    parser.add_argument(
        "--size", type=int, default=SIZE, help=f"candidates in the large pool (default: {SIZE:,})"
    )
    parser.add_argument(
        "--quick", action="store_true", help=f"a look in some minutes, on {QUICK:,} candidates"
    )
    parser.add_argument(
        "--only", action="append", default=[], metavar="JOB", help="this job; may be repeated"
    )
    parser.set_defaults(measurement=table)
    measurements = parser.add_subparsers(dest="measurement_name", metavar="score|pages")
    for measurement in (score, pages):
        one = measurements.add_parser(measurement.__name__, help=measurement.__doc__)
        one.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
        one.set_defaults(measurement=measurement)
        if measurement is score:
            one.add_argument("--size", type=int, default=500_000, help="rows of factors (default: 500,000)")
            one.add_argument("--facts", type=int, default=5_000, help="raw facts (default: 5,000)")
    arguments = parser.parse_args()
    return int(arguments.measurement(arguments))


if __name__ == "__main__":
    # Each request of the pages would be told on standard error, between the lines that tell how far all has come.
    logging.disable(logging.WARNING)
    sys.exit(main())
