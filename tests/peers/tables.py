#!/usr/bin/env python3
"""The real programs judge what `allegata export` writes: `datasets`, `pandas`, `pyarrow`, `openpyxl`, `mlcroissant`.

Run by hand: `pip install datasets pandas pyarrow openpyxl mlcroissant`, then
`python3 tests/peers/tables.py target/debug/allegata`. It makes a project of articles with emoji, CJK, Arabic and CRLF, answers
some of it, writes it in every form that these read, and holds what they read against `allegata show --json`.
"""

import importlib.metadata
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ARTICLES = {
    "emoji.txt": "Cold store fire 🔥👍🏽\n\nAn inspector said the owner hid a leak 👨‍👩‍👧. “We hid nothing,” she replied. _x000D_ is no line.\n",
    "cjk.txt": "東京の雨\n\n東京で雨が降った。市長は否定した。「何もなかった」と彼は言った。\n",
    "arabic.txt": "حريق في المرفأ\n\nقال المفتش إن المالك أخفى تسربا. نفى المالك ذلك. اندلع الحريق عند الفجر.\n",
    "crlf.txt": "=SUM(1) rose\r\n\r\nPrices, “all of it”, rose\r\non Monday. -1 was said. The council\tmet.\r\n",
}
LABELS = ["allegation", "denial", "fact", "none"]


def main(program):
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PEERS)
    print(f"Python {sys.version.split()[0]}, {versions}")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        env = {"ALLEGATA_CONFIG_DIR": str(folder / "config"), "ALLEGATA_STATE_DIR": str(folder / "state")}

        def run(*args, codes=(0,)):
            done = subprocess.run([program, *args], cwd=folder, env=env, capture_output=True)
            assert done.returncode in codes, (args, done.returncode, done.stderr.decode())
            return done.stdout.decode()

        for name, text in ARTICLES.items():
            (folder / name).write_bytes(text.encode())
        run("new", "p.allegata.ron", "--coder", "Mira Okafor")
        run("add", "p.allegata.ron", *ARTICLES)
        rows = sentences(run("show", "p.allegata.ron", "--json"))
        table = ["article,sentence,labels,note"]
        for idx, row in enumerate(rows[:-1]):
            table.append(f'{row["article"]},{row["id"]},{LABELS[idx % 4]},"note ""{idx}"" 🗞"')
        (folder / "answers.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
        run("label", "p.allegata.ron", "--from", "answers.csv", codes=(0, 1))
        for idx, article in enumerate(dict.fromkeys(row["article"] for row in rows)):
            run("set", "p.allegata.ron", "--article", article, "--split", ["train", "test"][idx % 2])
        rows = sentences(run("show", "p.allegata.ron", "--json"))
        for out, to in [("o.csv", "csv"), ("o.jsonl", "jsonl"), ("o.xlsx", "xlsx"), ("o.parquet", "parquet"), ("hf", "hf")]:
            keep = ["--unanswered", "keep", "--none", "label", "--unsure", "column"] if to == "hf" else []
            run("export", "p.allegata.ron", "--to", to, "-o", out, *keep)
        for name, judge in PEERS.items():
            judge(folder, rows)
            print(f"{name}: passed")


def sentences(shown):
    """Every sentence with its article's text, as the program shows it."""
    return [
        {**row, "article": article["id"], "whole": article["text"]}
        for article in json.loads(shown)["articles"]
        for row in article["sentences"]
    ]


def same(found, rows):
    """Whether these rows are the project's, each at its place, in any order."""
    want = {(row["article"], row["start"], row["end"]): row for row in rows}
    assert len(found) == len(rows), (len(found), len(rows))
    for row in found:
        its = want.pop((row["article_id"], int(row["start"]), int(row["end"])))
        assert row["text"] == its["text"] == its["whole"][its["start"] : its["end"]], row
    assert not want


def answers(found):
    labels = [row["label"] for row in found]
    assert labels.count(None) == 1 and set(labels) == {*LABELS, None}, labels


def pandas(folder, rows):
    import pandas as pd

    table = pd.read_csv(folder / "o.csv", keep_default_na=False)
    same(table.to_dict("records"), rows)
    lines = pd.read_json(folder / "o.jsonl", lines=True, dtype=False, convert_dates=False)
    same(lines.to_dict("records"), rows)
    parquet = pd.read_parquet(folder / "o.parquet")
    same(parquet.to_dict("records"), rows)
    assert parquet["start"].dtype == "int64" and parquet["unsure"].dtype == "bool"
    excel = pd.read_excel(folder / "o.xlsx", sheet_name=None, keep_default_na=False)
    assert {"sentences", "articles", "codebook"} <= set(excel)
    assert len(excel["sentences"]) == len(rows) and len(excel["articles"]) == len(ARTICLES)


def pyarrow(folder, rows):
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "o.parquet")
    same(table.to_pylist(), rows)
    features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    names = features["label"]["names"]
    assert names == LABELS, names
    answers([{"label": None if n is None else names[n]} for n in table["label"].to_pylist()])
    notes = [note for note in table["note"].to_pylist() if note]
    assert notes[0] == 'note "0" 🗞', notes[0]


def openpyxl(folder, rows):
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    book = load_workbook(folder / "o.xlsx")
    sheet = book["sentences"]
    head, *cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    found = [dict(zip(head, row)) for row in cells]
    for row in found:
        # It leaves the escapes of control characters as they are.
        row["text"] = unescape(row["text"])
    same(found, rows)
    answers(found)
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:"), sheet.freeze_panes
    labelled = next(row for row in sheet.iter_rows(min_row=2) if row[head.index("label")].value == "fact")
    assert labelled[head.index("label")].fill.fgColor.rgb.startswith("FF")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), "a formula"
    articles = book["articles"]
    texts = [unescape(row[-1]) for row in articles.iter_rows(min_row=2, values_only=True)]
    assert sorted(texts) == sorted({row["whole"] for row in rows})
    assert "mira" not in json.dumps([row["coder"] for row in found]).lower(), "a real name"


def datasets(folder, rows):
    from datasets import load_dataset

    loaded = load_dataset(str(folder / "hf"), cache_dir=str(folder / "cache"))
    assert set(loaded) == {"train", "test"}, loaded
    label = loaded["train"].features["label"]
    assert label.names == LABELS, label
    found = [row for split in loaded.values() for row in split]
    same(found, rows)
    answers([{"label": None if row["label"] is None else label.int2str(row["label"])} for row in found])
    # No article is in two splits.
    assert not {row["article_id"] for row in loaded["train"]} & {row["article_id"] for row in loaded["test"]}


def mlcroissant(folder, rows):
    import mlcroissant as mlc

    dataset = mlc.Dataset(jsonld=str(folder / "hf" / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors, dataset.metadata.ctx.issues.errors
    found = []
    for split in ["train", "test"]:
        for record in dataset.records(split):
            row = {key.split("/")[-1]: value for key, value in record.items()}
            found.append({**row, **{key: row[key].decode() for key in ("article_id", "text") if isinstance(row[key], bytes)}})
    same(found, rows)


PEERS = {
    "pandas": pandas,
    "pyarrow": pyarrow,
    "openpyxl": openpyxl,
    "datasets": datasets,
    "mlcroissant": mlcroissant,
}

if __name__ == "__main__":
    main(str(Path(sys.argv[1] if len(sys.argv) > 1 else "target/debug/allegata").resolve()))
