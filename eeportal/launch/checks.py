"""`./run check`: everything about the code that can be judged without running a test."""

import os
import re
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from eeportal.launch.places import CHECKOUT

# Each pattern brackets one letter, so that this file does not match itself.
FORBIDDEN = {
    "the address of a package registry": r"[p]ypi\.(org|python)|[p]ythonhosted|[r]egistry\.npm|[i]ndex-url[= ]\S+://",
    "a path of one machine": r"(?<![\w}>])[/](work/|root/|home/[a-z]+/|tmp/team|Users/[a-z])",
}
BINARY = {".woff2", ".png", ".ico", ".mo", ".gz", ".jpg"}


@dataclass
class Check:
    """One command, what it is for, and the environment it needs besides ours."""

    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)


def production() -> dict[str, str]:
    """The settings of a careful production, to be judged by Django's own deployment check."""
    return {
        "EEPORTAL_ENV": "production",
        "EEPORTAL_DEMO": "0",
        "EEPORTAL_DEBUG": "0",
        "EEPORTAL_SECRET_KEY": secrets.token_urlsafe(60),
        "EEPORTAL_HOSTS": "portal.example",
        "EEPORTAL_BASE_URL": "https://portal.example",
        "EEPORTAL_EMAIL_HOST": "mail.example",
    }


def checks() -> list[Check]:
    """All commands, the slow ones first."""
    python = sys.executable
    manage = [python, "manage.py"]
    return [
        Check("types", [python, "-m", "mypy", "."]),
        Check("template lint", [python, "-m", "djlint", "templates", "partner", "--lint"]),
        Check("template format", [python, "-m", "djlint", "templates", "partner", "--check"]),
        Check(
            "imports",
            [python, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        ),
        Check("missing migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("production settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production()),
        Check("translations", [*manage, "check_messages"]),
        Check("lint", [python, "-m", "ruff", "check", "."]),
        Check("format", [python, "-m", "ruff", "format", "--check", "."]),
    ]


def run_all() -> int:
    """Run two checks at a time, print each one's verdict, and the words of those that found something."""
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run_one, checks()))
    results.append(("words", foreign_words()))
    failed = [name for name, output in results if output is not None]
    if failed:
        print(f"\n{len(failed)} of {len(results)} checks found something: {', '.join(failed)}.")
        return 1
    print(f"\nAll {len(results)} checks are clean.")
    return 0


def run_one(check: Check) -> tuple[str, str | None]:
    """The check's name and, if it found something, its words."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=CHECKOUT,
        env={**os.environ, **check.variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else "FOUND SOMETHING"
    told = f"{check.name:<20} {verdict} ({time.monotonic() - began:.1f} s)"
    print(told if done.returncode == 0 else f"{told}\n{done.stdout.rstrip()}\n", flush=True)
    return check.name, done.stdout if done.returncode else None


def foreign_words() -> str | None:
    """The committed lines that name a registry or one machine's paths, or None."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, stdout=subprocess.PIPE, check=True,
    ).stdout.decode()  # fmt: skip
    found = []
    for name in filter(None, listed.split("\0")):
        path = CHECKOUT / name
        if path.suffix in BINARY or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            found += [f"{name}:{number}: {what}" for what, word in FORBIDDEN.items() if re.search(word, line)]
    told = "\n".join(found)
    print(f"{'words':<20} {'ok' if not found else f'FOUND SOMETHING{chr(10)}{told}'}", flush=True)
    return told or None
