#!/usr/bin/env python3
"""Does doccano's own importer read our lines, and does its text, cut as a browser cuts it, give the sentences?

Run by hand: `pip install pandas chardet pyexcel seqeval`, `pip download --no-deps doccano` and unpack the wheel; `DOCCANO` names the
folder with its `backend`. Then our own `import` reads a zip as doccano makes it.
"""

import json
import os
import sys
import types
import zipfile
from pathlib import Path

import texts

BACKEND = Path(os.environ["DOCCANO"]) / "backend"


def parser():
    """Its parser alone, without Django around it."""
    for name in ["data_import", "data_import.pipeline"]:
        package = types.ModuleType(name)
        package.__path__ = [str(BACKEND / name.replace(".", "/"))]
        sys.modules[name] = package
    from data_import.pipeline.parsers import JSONLParser

    return JSONLParser


def slice_utf16(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def main():
    jsonl = parser()
    wheel = [path.name for path in Path(os.environ["DOCCANO"]).glob("doccano-*.dist-info")]
    print(f"{wheel[0].removesuffix('.dist-info') if wheel else 'doccano'}")
    with texts.folder() as folder:
        project = texts.project(folder)
        read = jsonl()
        got = []
        spans = texts.export(project, "doccano", "spans.jsonl")
        for row in read.parse(str(spans)):
            assert row["text"] == texts.whole(row["doc"]), row["doc"]
            got += [(row["doc"], slice_utf16(row["text"], a, b), label) for a, b, label in row["label"]]
        texts.check("doccano, articles", got, texts.answered())
        got = []
        for row in read.parse(str(texts.export(project, "doccano-rows", "sentences.jsonl"))):
            got += [(row["doc"], row["text"], label) for label in row["label"]]
        texts.check("doccano, sentences", got, texts.answered(with_none=True))
        assert not read.errors, [str(error) for error in read.errors]
        # As it gives out a project of two members who worked alone.
        archive = Path(folder) / "export.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
            for member in ["ana", "ben"]:
                lines = [json.loads(line) for line in spans.read_text(encoding="utf-8").split("\n") if line]
                lines = [{"id": n, "text": row["text"], "label": row["label"], "Comments": []} for n, row in enumerate(lines)]
                out.writestr(f"media/{member}.jsonl", "".join(json.dumps(row) + "\n" for row in lines))
        # What Ana said is there already, and Ben said the same.
        texts.run("import", archive, project)
        back = texts.export(project, "jsonl", "zip.jsonl")
        rows = [json.loads(line) for line in back.read_text(encoding="utf-8").split("\n") if line]
        for member in ["ana", "ben"]:
            got = [(row["text"], row["label"]) for row in rows if row["coder"] == member and row["answered"]]
            texts.check(f"a zip, {member}", got, [row[1:] for row in texts.answered(with_none=member == "ana")])


if __name__ == "__main__":
    main()
