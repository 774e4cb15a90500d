#!/usr/bin/env python3
"""How long the Python packages take for agreement, beside `cargo bench --no-default-features --bench agreement`.

Run by hand: `pip install krippendorff scikit-learn numpy`, then `python3 tests/peers/agreement.py`.
The answers are those of the bench, number for number, so that the values can be held against each other too.
"""

import statistics
import time

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

N_UNITS, N_CODERS, N_LABELS, PER_ARTICLE = 1_000_000, 3, 4, 100


def numbers(of):
    """SplitMix64, as the bench has it."""
    z = of * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def answers():
    """A row a coder, a column a unit; -1 = missing."""
    unit = np.arange(N_UNITS, dtype=np.uint64)
    truth = numbers(unit * np.uint64(4) + np.uint64(3)) % np.uint64(N_LABELS)
    slips = np.uint64(5) + (unit // np.uint64(PER_ARTICLE)) % np.uint64(20)
    rows = []
    for coder in range(N_CODERS):
        chance = numbers(unit * np.uint64(4) + np.uint64(coder))
        is_wrong = (chance >> np.uint64(32)) % np.uint64(100) < slips
        wrong = (truth + np.uint64(1) + chance % np.uint64(N_LABELS - 1)) % np.uint64(N_LABELS)
        given = np.where(is_wrong, wrong, truth).astype(np.int64)
        given[(chance >> np.uint64(48)) % np.uint64(10) == 0] = -1
        rows.append(given)
    return np.array(rows)


def timed(name, work, times=5):
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        value = work()
        took.append(time.perf_counter() - begin)
    print(f"{name}: {1000 * statistics.median(took):.0f} ms, {value}")


def main():
    given = answers()
    reliability = np.where(given < 0, np.nan, given)
    timed(
        "krippendorff.alpha, reliability_data",
        lambda: krippendorff.alpha(reliability_data=reliability, level_of_measurement="nominal"),
    )

    def from_counts():
        counts = np.stack([(given == label).sum(axis=0) for label in range(N_LABELS)], axis=1)
        return krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")

    timed("krippendorff.alpha, value_counts", from_counts)

    def kappas():
        found = []
        for a in range(N_CODERS):
            for b in range(a + 1, N_CODERS):
                both = (given[a] >= 0) & (given[b] >= 0)
                found.append(float(cohen_kappa_score(given[a][both], given[b][both])))
        return found

    timed("sklearn.metrics.cohen_kappa_score, three pairs", kappas)
    # Neither leaves out articles: one figure as often as there are articles is what that would take.
    print(f"a jackknife by article is alpha {N_UNITS // PER_ARTICLE} times over")


main()
