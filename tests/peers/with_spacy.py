#!/usr/bin/env python3
"""Do the lines of `export --help` make a DocBin that spaCy reads, and are spans of Prodigy spans of a Doc?

Run by hand: `pip install spacy`.
"""

import json
import os
import re
import textwrap

import spacy
import texts
from spacy.tokens import DocBin


def main():
    print(f"spaCy {spacy.__version__}")
    with texts.folder() as folder:
        project = texts.project(folder)
        texts.export(project, "spacy", "train.jsonl")
        help_of_export = texts.run("export", "--help").stdout
        lines = re.search(r"A DocBin of .*?, in Python:\n(.*)", help_of_export, re.DOTALL).group(1)
        lines = lines.split("\n\n")[0]
        os.chdir(folder)
        exec(textwrap.dedent(lines), {})  # noqa: S102: what the help says is what is tried
        docs = list(DocBin().from_disk("train.spacy").get_docs(spacy.blank("xx").vocab))
        got = [(doc.text, label) for doc in docs for label, is_it in doc.cats.items() if is_it]
        texts.check("spacy, as a DocBin", got, [row[1:] for row in texts.answered(with_none=True)])
        nlp, got = spacy.blank("xx"), []
        for line in texts.export(project, "prodigy-spans", "spans.jsonl").read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            task = json.loads(line)
            doc = nlp.make_doc(task["text"])
            for span in task["spans"]:
                found = doc.char_span(span["start"], span["end"], label=span["label"], alignment_mode="expand")
                assert found is not None, span
                got.append((task["meta"]["doc"], task["text"][span["start"] : span["end"]], span["label"]))
        texts.check("prodigy-spans, as spans of a Doc", got, texts.answered())
        rows = texts.export(project, "prodigy", "prodigy.jsonl").read_text(encoding="utf-8").split("\n")
        rows = [json.loads(row) for row in rows if row]
        got = [(row["meta"]["doc"], row["text"], label) for row in rows for label in row["accept"]]
        texts.check("prodigy", got, texts.answered(with_none=True))


if __name__ == "__main__":
    main()
