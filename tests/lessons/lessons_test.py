#!/usr/bin/env python3
"""What a lesson shows is what wsim prints.

A block of a lesson that stands behind `<!-- wsim ... -->` is the output of that command, without the lines about the run
itself (its fingerprint and totals) at the end. The test runs each command and
compares; `lessons_test.py --update LESSON...`, from the repository's root with WSIM naming the binary, writes the
outputs into the text.
"""

import os
import re
import shlex
import subprocess
import sys
import unittest

sys.path.insert(0, "tests/python")
import reported

WSIM = os.environ.get("WSIM", "tools/wsim/wsim")
LESSONS = ["docs/lessons/disconnect-data.md"]
ABOUT_THE_RUN = re.compile(r"─+\nthe run  .*", re.DOTALL)
BLOCK = re.compile(r"(<!-- wsim (?P<arguments>[^\n]*) -->\n```\n)(?P<output>.*?)(```\n)", re.DOTALL)


def output_of(arguments):
    done = subprocess.run([WSIM, *shlex.split(arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"wsim {arguments}: {done.stderr}")
    return ABOUT_THE_RUN.sub("", done.stdout).strip("\n") + "\n"


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class LessonsTest(unittest.TestCase):
    maxDiff = None

    def test_every_block_is_what_wsim_prints(self):
        for path in LESSONS:
            blocks = list(BLOCK.finditer(text_of(path)))
            self.assertTrue(blocks, path)
            for block in blocks:
                with self.subTest(lesson=path, command=block["arguments"]):
                    self.assertEqual(block["output"], output_of(block["arguments"]))

    def test_every_file_that_a_lesson_names_is_there(self):
        for path in LESSONS:
            for target in re.findall(r"\]\(([^)#]+)\)", text_of(path)):
                with self.subTest(lesson=path, target=target):
                    self.assertTrue(os.path.exists(os.path.join(os.path.dirname(path), target)))


def update(paths):
    for path in paths:
        text = BLOCK.sub(lambda block: block[1] + output_of(block["arguments"]) + block[4], text_of(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--update"]:
        update(sys.argv[2:])
    else:
        reported.main()
