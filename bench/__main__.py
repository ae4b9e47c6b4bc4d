"""`python -m bench score [--json] [--size N]`: run one measurement."""

import argparse

from bench import score


def main() -> None:
    """Read the arguments and run the measurement they name."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    measurements = parser.add_subparsers(dest="measurement", required=True)
    scoring = measurements.add_parser("score", help="points from factors and from facts, beside OpenFisca")
    scoring.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    scoring.add_argument("--size", type=int, default=500_000, help="rows of factors (default: 500,000)")
    scoring.add_argument("--facts", type=int, default=5_000, help="profiles of raw facts (default: 5,000)")
    arguments = parser.parse_args()
    jobs = score.measure(arguments.size, arguments.facts)
    print(score.as_json_lines(jobs) if arguments.json else score.as_table(jobs))


if __name__ == "__main__":
    main()
