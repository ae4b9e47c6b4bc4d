from django.core.management.base import BaseCommand

from lifecycle.diagram import FLOW, with_made_part


class Command(BaseCommand):
    help = "Draw the tables of moves into docs/flow.md."
    requires_system_checks = []

    def handle(self, *_arguments: object, **_options: object) -> None:
        FLOW.write_text(with_made_part(FLOW.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"Drew {FLOW.name}.")
