#!/usr/bin/python3 -B
"""Each rule of form, broken and kept; and the reading of scopes and of the tree that they rest on."""

import pathlib
import tempfile
import unittest

import form
import scopes
import tidy
from rule_case import RuleCase
from source import Finding, Source, Tree


class FormTest(RuleCase):
    def test_a_folder_with_sources_has_a_short_readme(self):
        rule = form.check_readmes
        code = {"stack/events/event.cc": "", "stack/events/testdata/a.lua": ""}
        self.assertEqual(self.found(rule, code), ["stack/README.md:1", "stack/events/README.md:1"])
        readmes = {"stack/README.md": "\n" * 40, "stack/events/README.md": "\n"}
        self.assertEqual(self.found(rule, code | readmes), [])
        long = {"stack/README.md": "\n" * 41, "README.md": "\n" * 99, "docs/README.md": "\n" * 99}
        self.assertEqual(self.found(rule, readmes | long), ["stack/README.md:41"])

    def test_files_and_functions_are_short(self):
        rule = form.check_lengths
        self.assertEqual(self.found(rule, {"sim/a.lua": "\n" * 601, "sim/b.lua": "\n" * 600}),
                         ["sim/a.lua:601"])

        def function(lines: int) -> str:
            return "namespace sim {\n\nvoid World::Run() {\n" + ";\n" * (lines - 2) + "}\n}\n"
        self.assertEqual(self.found(rule, {"sim/world.cc": function(61)}), ["sim/world.cc:3"])
        self.assertEqual(self.found(rule, {"sim/world.cc": function(60)}), [])
        self.assertEqual(self.found(rule, {"sim/world_test.cc": function(61)}), [])

    def test_a_guard_is_its_path(self):
        def header(guard: str, end: str) -> dict[str, str]:
            return {"sim/time.h": f"// Time.\n#ifndef {guard}\n#define {guard}\n\n#endif  // {end}\n"}
        rule = form.check_include_guards
        self.assertEqual(self.found(rule, header("SIM_TIME_H_", "SIM_TIME_H_")), [])
        self.assertEqual(self.found(rule, header("TIME_H", "TIME_H")), ["sim/time.h:2"])
        self.assertEqual(self.found(rule, header("SIM_TIME_H_", "TIME_H_")), ["sim/time.h:5"])
        self.assertEqual(self.found(rule, {"sim/time.h": "#pragma once\n"}), ["sim/time.h:1"])

    def test_nothing_is_left_for_later(self):
        self.assert_breaks(form.check_left_behind, "sim/a.cc", "// TO" "DO: later", "FIX" "ME", "X" "XX")
        self.assert_keeps(form.check_left_behind, "sim/a.cc", "Mastodon();", 'mkstemp("aXXXXXX");')

    def test_layout(self):
        rule = form.check_layout
        self.assert_breaks(rule, "script/run", "\texit", "exit ")
        self.assertEqual(self.found(rule, {"a.md": "a", "b.md": "b\n\n", "c.md": "c\n", "d.md": ""}),
                         ["a.md:1", "b.md:3"])

    def test_every_package_has_its_reason(self):
        files = {"script/bootstrap": "packages=(\n  bazel\n  g++\n)\n",
                 "third_party/README.md": "`bazel` builds.\n"}
        self.assertEqual(self.found(form.check_packages, files), ["script/bootstrap:3"])

    @unittest.skipUnless(form.has_clang_format(), "clang-format is not installed")
    def test_clang_format_has_nothing_to_change(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / ".clang-format").write_text("BasedOnStyle: Google\n")
            (root / "good.cc").write_text("int good = 1;\n")
            (root / "bad.cc").write_text("int good = 1;\nint  bad=1;\n")
            found = list(form.check_clang_format(root, Tree.read(root)))
            self.assertIn(Finding("bad.cc", 2, "run clang-format -i bad.cc"), found)
            self.assertNotIn("good.cc", {finding.path for finding in found})


class SourceTest(unittest.TestCase):
    def test_comments_and_literals_are_not_code(self):
        text = ('int a = 1\'000; // b "c"\nF("d // e", \'"\', R"x(f " )x"); /* g\n h */ k\n')
        source = Source("sim/a.cc", text)
        for hidden in "bcdefgh":
            self.assertNotIn(hidden, source.code)
        self.assertIn("1'000", source.code)
        self.assertIn('"d // e"', source.uncommented)
        self.assertNotIn("g", source.uncommented)
        self.assertEqual(source.line_at(source.code.index("k")), 3)
        self.assertEqual(len(source.code), len(text))

    def test_functions_are_found_where_they_begin(self):
        text = ("namespace a {\nclass B : public C {\n public:\n  B() : n_{1} {}\n"
                "  int N() const {\n    return n_;\n  }\n\n private:\n  int n_ = 0;\n};\n"
                "template <typename T = int>\nbool operator==(const T& a, const T& b) {\n"
                "  if (a) {\n    return true;\n  }\n  return false;\n}\n}  // namespace a\n")
        _, functions = scopes.parse(Source("sim/a.h", text))
        self.assertIn(scopes.Function(5, 3, "int N() const"), functions)
        self.assertEqual((functions[-1].line, functions[-1].lines), (12, 7))

    def test_links_are_not_followed(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "sim").mkdir()
            (root / "sim/a.cc").write_text("")
            (root / "sim/picture.png").write_bytes(b"\xff")
            (root / "bazel-bin").symlink_to(root / "sim")
            self.assertEqual(list(Tree.read(root).sources), ["sim/a.cc"])


class ReportTest(unittest.TestCase):
    def test_a_finding_fails_its_rule_and_a_reason_skips_it(self):
        finding = Finding("sim/a.cc", 3, "is wrong; mend it")
        count, suites = tidy.run({"broken": lambda: iter([finding, finding]),
                                  "kept": lambda: iter([]), "absent": "no tool"})
        self.assertEqual(count, 1)
        cases = {case.get("name"): case for case in suites.iter("testcase")}
        self.assertEqual(cases["broken"].find("failure").get("message"),
                         "sim/a.cc:3: is wrong; mend it")
        self.assertEqual(cases["absent"].find("skipped").get("message"), "no tool")
        self.assertEqual(list(cases["kept"]), [])

    def test_every_rule_of_the_modules_is_run(self):
        names = set(tidy.checks(tidy.find_root()))
        for module in (tidy.determinism, tidy.layering, tidy.form):
            for name in vars(module):
                if name.startswith("check_"):
                    self.assertIn(name.removeprefix("check_"), names)


if __name__ == "__main__":
    unittest.main()
