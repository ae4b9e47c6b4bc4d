"""Making a pool on several cores leaves no process behind, whatever becomes of the one that asked."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

MAKER = """
from datetime import date
from simulation.population.pool import Recipe
from simulation.population.workers import generate

if __name__ == "__main__":
    for chunk in generate(Recipe(seed=1, as_of=date(2026, 9, 24), size=100_000), processes=2, chunk=20):
        print(len(chunk), flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_workers_end_with_their_parent(way: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "maker.py"
    script.write_text(MAKER, encoding="utf-8")
    checkout = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)],
        env={"PYTHONPATH": str(checkout)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as maker:
        assert maker.stdout is not None
        assert maker.stdout.readline() == b"20\n"
        workers = psutil.Process(maker.pid).children(recursive=True)
        assert len(workers) >= 2
        maker.send_signal(way)
        _gone, alive = psutil.wait_procs(workers, timeout=20)
        maker.stdout.close()
    assert alive == []
