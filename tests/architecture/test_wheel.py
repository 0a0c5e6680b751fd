"""What is installed is complete: data files, the model, the letters it learned from, and no tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT / "models" / "corpus"


def test_the_wheel_holds_every_data_file_and_nothing_of_the_workshop(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    data = {
        str(file.relative_to(source))
        for file in (source / "graceperiod").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    model = {f"graceperiod/models/jobmail-v1/{f.name}" for f in (ROOT / "models/jobmail-v1").iterdir()}
    # `model train --mine` compares with the shipped model on these (docs/decisions/0007).
    letters = {f"graceperiod/models/{f.relative_to(ROOT / 'models')}" for f in CORPUS.rglob("*.jsonl")}
    assert letters
    assert data | model | letters <= names
    assert "graceperiod/models/jobmail-v1/weights.npz" in names
    assert not [n for n in names if n.startswith("tests")]
