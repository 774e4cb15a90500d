"""What a researcher would write instead, one task a call: peers.py TASK ARGUMENT...

articles FOLDER OUT.csv    every article of a folder, split by one regular expression, into a table
load FILE.json             a project from JSON (`allegata show --json`)
table FILE.json OUT.csv    the same, its sentences by `csv.writer`
pandas IN OUT              a table read and written again, by its ending: .csv, .jsonl, .parquet
insert ROWS.csv OUT.db     a table of answers (article, sentence, labels) into SQLite
label FILE.json            one answer: the project loaded, changed, written to FILE.json.new
"""

import csv
import json
import re
import sqlite3
import sys
from pathlib import Path

ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def articles(folder, out):
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["article", "idx", "text"])
        for path in sorted(Path(folder).iterdir()):
            for idx, sentence in enumerate(ENDS.split(path.read_text(encoding="utf-8"))):
                table.writerow([path.name, idx, sentence])


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def table(path, out):
    with open(out, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        for article in load(path)["articles"]:
            rows.writerows(
                (article["id"], sentence["id"], sentence["start"], sentence["end"], sentence["text"], article["title"])
                for sentence in article["sentences"]
            )


def pandas(source, out):
    import pandas as pd

    match Path(source).suffix:
        case ".csv":
            pd.read_csv(source, dtype=str, keep_default_na=False).to_csv(out, index=False)
        case ".jsonl":
            pd.read_json(source, lines=True, dtype=False, convert_dates=False).to_json(
                out, orient="records", lines=True, force_ascii=False
            )
        case ".parquet":
            pd.read_parquet(source).to_parquet(out, compression="zstd")


def insert(source, out):
    Path(out).unlink(missing_ok=True)
    base = sqlite3.connect(out)
    base.execute("CREATE TABLE labels (article TEXT, sentence TEXT, labels TEXT, PRIMARY KEY (article, sentence))")
    with open(source, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        base.executemany("INSERT INTO labels VALUES (?, ?, ?)", rows)
    base.commit()


def label(path):
    project = load(path)
    project["articles"][7]["title"] = "changed"
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(project, file, ensure_ascii=False)


globals()[sys.argv[1]](*sys.argv[2:])
