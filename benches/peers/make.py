"""Makes news articles out of nothing but numbers: make.py FOLDER [N [SENTENCES]]"""

import random
import sys
from pathlib import Path

WORDS = (
    "the mayor denied that contracts were given to friends of council a report says harbour money was paid twice and "
    "nobody asked why with from this which had been their said would they about there when"
).split()


def main(folder, n_articles=10_000, n_sentences=30):
    dice = random.Random(7)
    folder = Path(folder)
    folder.mkdir(parents=True)
    for n in range(int(n_articles)):
        out = [f"Harbour contracts, part {n}\n\n"]
        for idx in range(int(n_sentences)):
            words = [dice.choice(WORDS) for _ in range(dice.randint(9, 18))]
            out.append(f"No {idx} {' '.join(words)}." + ("\n\n" if idx % 4 == 3 else " "))
        (folder / f"{n:05}.txt").write_text("".join(out).rstrip() + "\n", encoding="utf-8")


main(*sys.argv[1:])
