#!/usr/bin/env python3
"""Are our tasks valid for Label Studio, by its own SDK, with the interface that lies beside them?

Run by hand: `pip install label-studio-sdk`.
"""

import json
from importlib.metadata import version

import texts
from label_studio_sdk.label_interface import LabelInterface


def read(path):
    tasks = json.loads(path.read_text(encoding="utf-8"))
    interface = LabelInterface((path.parent / (path.name + ".config.xml")).read_text(encoding="utf-8"))
    interface.validate()
    for task in tasks:
        for kind, is_valid in [("annotations", interface.validate_annotation), ("predictions", interface.validate_prediction)]:
            for one in task.get(kind, []):
                assert is_valid(one), (kind, one)
    return tasks


def main():
    print(f"label-studio-sdk {version('label-studio-sdk')}")
    with texts.folder() as folder:
        project = texts.project(folder)
        for kind in ["annotations", "predictions"]:
            got = []
            for task in read(texts.export(project, "labelstudio", f"{kind}.json", "--as", kind)):
                text = task["data"]["text"]
                assert text == texts.whole(task["data"]["doc"])
                for region in (region for one in task[kind] for region in one["result"]):
                    value = region["value"]
                    if "labels" in value:
                        got += [(task["data"]["doc"], text[value["start"] : value["end"]], label) for label in value["labels"]]
            texts.check(f"labelstudio, {kind}", got, texts.answered())
        got = []
        for task in read(texts.export(project, "labelstudio-rows", "rows.json")):
            for region in (region for one in task["annotations"] for region in one["result"]):
                got += [(task["data"]["doc"], task["data"]["text"], label) for label in region["value"].get("choices", [])]
        texts.check("labelstudio-rows", got, texts.answered(with_none=True))


if __name__ == "__main__":
    main()
