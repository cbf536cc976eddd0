"""Makes the examples of small talk that messages are compared with by meaning.

    python tests/background/make_talk_examples.py

writes `retrieval/answers/by_meaning/talk_examples.npz` from `talk_examples.toml` beside this
script. It takes some seconds, and gives the same file each time.
"""

import tomllib
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILE = ROOT / "retrieval" / "answers" / "by_meaning" / "talk_examples.npz"


def labelled_examples() -> list[tuple[str, str]]:
    """Each example behind what it is an example of."""
    read = tomllib.loads((HERE / "talk_examples.toml").read_text(encoding="utf-8"))
    return [(label, example) for label, examples in read.items() for example in examples]


def main() -> None:
    """Encode all of them and write the file."""
    from make_background import opened_encoder

    encoder = opened_encoder(__doc__)
    from retrieval.index.vectors.quantization import quantized

    examples = labelled_examples()
    coded = quantized(encoder.questions([example for _, example in examples]))
    np.savez_compressed(
        FILE,
        encoder=np.array(encoder.name),
        labels=np.array([label for label, _ in examples]),
        codes=coded.codes,
        scales=coded.scales,
    )
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size:,} bytes, {len(examples)} examples")


if __name__ == "__main__":
    main()
