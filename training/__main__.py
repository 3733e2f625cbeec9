"""Retrains everything: `python -m training --data DIR --gold DIR`. See training/README.md."""

import argparse
import subprocess
import sys
from pathlib import Path

MODEL = Path(__file__).parent.parent / "src/truceline/annotate/model"


def main() -> None:
    """Builds the lemma table, trains, writes the model, learns who is meant and how negotiations are read."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True, help="folder of the unpacked training data")
    ap.add_argument("--gold", type=Path, required=True, help="folder of the coded training reports")
    ap.add_argument("--out", type=Path, default=Path("checkpoints"), help="folder for checkpoints (resumed if there)")
    ap.add_argument("--epochs", default="5")
    ap.add_argument("--weights", choices=("fp32", "fp16", "int8"), default="fp16")
    a = ap.parse_args()
    checkpoint, negotiation = str(a.out / "checkpoint.pt"), str(a.out / "negotiation.pt")
    export = ["training.export", "--checkpoint", checkpoint, "--out", str(MODEL), "--weights", a.weights]
    steps = [
        ["training.lemmas", str(a.data)],
        ["training.train", "--data", str(a.data), "--gold", str(a.gold), "--out", str(a.out), "--epochs", a.epochs],
        export,
        ["training.coref", "--data", str(a.data), "--gold", str(a.gold)],
        ["training.negotiation", "--gold", str(a.gold), "--checkpoint", checkpoint, "--out", negotiation],
        [*export, "--negotiation", negotiation],
    ]
    for step in steps:
        print("python -m", *step, flush=True)
        subprocess.run([sys.executable, "-m", *step], check=True)


if __name__ == "__main__":
    main()
