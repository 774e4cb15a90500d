"""One project for all peers: emoji with skin and families, accents of their own, CJK, Arabic, CRLF, quotes, tabs, formulas.

`ALLEGATA` names the program; left out, it is `target/debug/allegata`. Needs nothing but Python.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLEGATA = os.environ.get("ALLEGATA", str(ROOT / "target/debug/allegata"))

ARTICLES = {
    "emoji": [
        ("👍🏽 The mayor took 5,000 euros, a witness said.", "allegation"),
        ("👨‍👩‍👧 “We hid nothing,” she replied. 🇩🇪", "denial"),
        ("It rained.", "fact"),
        ("Nobody knows 🗞 more.", "none"),
        ("Nobody was asked.", None),
    ],
    "cjk": [("市長は金を受け取った、と証人は言った。", "allegation"), ("彼は否定した。", "denial"), ("𠮷野家で雨が降った。", "fact")],
    "arabic": [("قال شاهد إن العمدة أخذ المال.", "allegation"), ("«لم يحدث شيء» قال.", "denial")],
    "crlf": [
        ("He signed\r\nthe letter\r\n\r\nof resignation.", "fact"),
        ("E\u0301l lo niega, \"todo\";\tdice, 'no'.", "denial"),
        ("=SUM(1) was paid.", "allegation"),
        ("क्\u200dष a\u2028b\u0085c, he said.", "fact"),
    ],
}
CODER = "ana"


def project(folder):
    """Makes the project, and gives its file."""
    rows = Path(folder) / "rows.jsonl"
    with open(rows, "w", encoding="utf-8", newline="") as out:
        for article, sentences in ARTICLES.items():
            start = 0
            for text, label in sentences:
                labels = None if label is None else [] if label == "none" else [label]
                row = {"article_id": article, "start": start, "end": start + len(text), "text": text}
                row |= {"labels": labels, "answered": label is not None, "coder": CODER if labels is not None else None}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                start += len(text) + 2
    path = Path(folder) / "peers.allegata.ron"
    run("import", rows, path)
    return path


def run(*arguments):
    done = subprocess.run([ALLEGATA, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise SystemExit(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def export(project, to, name, *options):
    path = Path(project).parent / name
    done = run("export", project, "--to", to, "-o", path, *options)
    assert "verified" in done.stderr, done.stderr
    return path


def whole(article):
    """The text of an article as the project has it: a paragraph a sentence."""
    return "\n\n".join(text for text, _ in ARTICLES[article])


def answered(with_none=False):
    """Article, words and label of every answer."""
    every = [(article, text, label) for article, rows in ARTICLES.items() for text, label in rows]
    return sorted(row for row in every if row[2] is not None and (with_none or row[2] != "none"))


def check(what, got, want):
    got, want = sorted(got), sorted(want)
    if got != want:
        raise SystemExit(f"{what}: {[row for row in got if row not in want]}\ninstead of {[row for row in want if row not in got]}")
    print(f"{what}: {len(got)} labels stand where they should")


def folder():
    return tempfile.TemporaryDirectory(prefix="allegata-peers-")
