"""`python -m bench score|pages [--json]`: run one measurement."""

import argparse
import os

import django


def score(arguments: argparse.Namespace) -> str:
    """Points from factors and from facts, beside OpenFisca."""
    from bench import score as scoring

    jobs = scoring.measure(arguments.size, arguments.facts)
    return scoring.as_json_lines(jobs) if arguments.json else scoring.as_table(jobs)


def pages(arguments: argparse.Namespace) -> str:
    """Pages of the draft beside Django's plain drawing, and a candidate's pages over the pool as it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")
    django.setup()
    from bench import pages as drawing

    pool, jobs = drawing.measure()
    return drawing.as_json_lines(jobs) if arguments.json else drawing.as_table(pool, jobs)


def main() -> None:
    """Read the arguments and run the measurement they name."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    measurements = parser.add_subparsers(dest="measurement", required=True)
    for measurement in (score, pages):
        one = measurements.add_parser(measurement.__name__, help=measurement.__doc__)
        one.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
        one.set_defaults(measurement=measurement)
        if measurement is score:
            one.add_argument("--size", type=int, default=500_000, help="rows of factors (default: 500,000)")
            one.add_argument("--facts", type=int, default=5_000, help="raw facts (default: 5,000)")
    arguments = parser.parse_args()
    print(arguments.measurement(arguments))


if __name__ == "__main__":
    main()
