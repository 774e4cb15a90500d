#!/usr/bin/env python3
"""Do pandas and Python's own `csv` read our tables to the letter? Run by hand: `pip install pandas`."""

import csv
import json

import pandas as pd
import texts


def main():
    print(f"pandas {pd.__version__}")
    with texts.folder() as folder:
        project = texts.project(folder)
        texts_of = {}
        twin = texts.export(project, "jsonl", "whole.jsonl", "--rows", "articles")
        lines = pd.read_json(twin, lines=True)
        for article in lines.iloc[1:].itertuples():
            texts_of[article.id] = article.text
            assert article.text == texts.whole(article.id), article.id
        # Written again by pandas, with its empty cells, it is still the same project.
        again = twin.with_name("again.jsonl")
        lines.to_json(again, orient="records", lines=True, force_ascii=False)
        texts.run("import", again, twin.with_name("again.allegata.ron"))
        same = twin.with_name("again.allegata.ron").read_bytes() == project.read_bytes()
        assert same, "the project made of what pandas wrote is another"
        for to, options, read in [
            ("csv", [], lambda path: pd.read_csv(path, keep_default_na=False)),
            ("csv", ["--for-excel"], lambda path: pd.read_csv(path, keep_default_na=False)),
            ("tsv", [], lambda path: pd.read_csv(path, sep="\t", keep_default_na=False)),
            ("jsonl", [], lambda path: pd.read_json(path, lines=True)),
        ]:
            name = f"out{''.join(options)}.{to}"
            frame = read(texts.export(project, to, name, *options))
            got = []
            for row in frame.itertuples():
                words = row.text[1:] if "--for-excel" in options and row.text.startswith("'=") else row.text
                assert texts_of[row.article_id][row.start : row.end] == words, row
                # An empty cell of CSV is an empty text here, `null` of JSON is NaN, which pandas takes for true.
                if pd.notna(row.label) and row.label:
                    got.append((row.article_id, words, row.label))
            texts.check(f"{to} {' '.join(options)}", got, texts.answered(with_none=True))
        with open(texts.export(project, "csv", "plain.csv"), encoding="utf-8", newline="") as table:
            got = [(row["article_id"], row["text"], row["label"]) for row in csv.DictReader(table) if row["label"]]
        texts.check("csv, as Python reads it", got, texts.answered(with_none=True))
        with open(texts.export(project, "jsonl", "plain.jsonl"), encoding="utf-8", newline="\n") as table:
            rows = [json.loads(line) for line in table]
        got = [(row["article_id"], row["text"], row["label"]) for row in rows if row["answered"]]
        texts.check("jsonl, as Python reads it", got, texts.answered(with_none=True))


if __name__ == "__main__":
    main()
