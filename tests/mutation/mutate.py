"""Do the tests notice a small mistake? Each mutant is the program with one of them: a flipped comparison, a number that
is one too large, a dropped term. `make mutation` builds the mutants one after another in a copy of the source and runs
the tests of `make test` on each until one fails.

    tests/mutation/mutate.py --count 40 --seed 1 --output build/mutation.md

A mutant that does not compile counts as nothing and is replaced by the next. A survivor needs a test, or a reason in
tests/mutation/survivors.md why no test can tell it from the program (a constant that only decides the speed).
"""
import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Where mistakes would change what the report says; and the tests that look there first.
PLACES = {
    "src/training": "[engine],[trainer],[metrics],[concurrent]",
    "src/spectral": "[fourier],[planes],[pair_means],[decompositions],[readout]",
    "src/sections": "[attention],[embedding],[grokking],[mlp],[subspaces],[superposition],[decoder],[beyond],[petals],"
                    "[recombination],[readout],[paper],[imported]~[pipeline]",
    "src/claims": "[claims],[robustness],[compare],[junit],[reference]",
    "src/checkpoint": "[checkpoint],[layouts]",
    "src/render": "[render],[template],[hostile]",
}
OPERATORS = [
    ("flipped comparison", re.compile(r" (<|>|<=|>=) "), lambda m: {"<": " >= ", ">": " <= ", "<=": " > ", ">=": " < "}[m[1]]),
    ("boundary", re.compile(r" (<|>|<=|>=) "), lambda m: {"<": " <= ", ">": " >= ", "<=": " < ", ">=": " > "}[m[1]]),
    ("equality", re.compile(r" (==|!=) "), lambda m: {"==": " != ", "!=": " == "}[m[1]]),
    ("off by one", re.compile(r" (\+|-) 1\b(?![.\d])"), lambda m: ""),
    ("dropped term", re.compile(r" (\+|-) [a-zA-Z_][\w.]*(?=[;,)])"), lambda m: ""),
    ("sign", re.compile(r" (\+|-) (?=[a-zA-Z_(])"), lambda m: {"+": " - ", "-": " + "}[m[1]]),
    ("factor", re.compile(r" (\*|/) (?=[a-zA-Z_(])"), lambda m: {"*": " / ", "/": " * "}[m[1]]),
    ("logic", re.compile(r" (&&|\|\|) "), lambda m: {"&&": " || ", "||": " && "}[m[1]]),
    ("dropped negation", re.compile(r"(?<=[( ])!(?=[a-zA-Z_(])"), lambda m: ""),
]
NO_CODE = re.compile(r"^\s*(//|#|\*)|static_assert|assert\(|template|<<|>>|operator|\"")


def candidates(folder):
    """Every single change that an operator allows in a folder: (file, line, column, what, new line)."""
    found = []
    for file in sorted((ROOT / folder).rglob("*.cpp")):
        if file.name.startswith("figures"):
            continue  # drawings are looked at, not tested number by number
        for number, line in enumerate(file.read_text().split("\n")):
            code = line.split("//")[0]
            if NO_CODE.search(code):
                continue
            for what, pattern, change in OPERATORS:
                for match in pattern.finditer(code):
                    new = code[:match.start()] + change(match) + code[match.end():]
                    found.append((file.relative_to(ROOT), number, what, line.strip(), new))
    return found


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options).returncode


class Copy:
    """A copy of the source with a build of its own."""

    def __init__(self, folder):
        self.source, self.build = folder / "source", folder / "build"
        files = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True).split("\n")
        for name in filter(None, files):
            target = self.source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).exists() and (not target.exists() or target.read_bytes() != (ROOT / name).read_bytes()):
                shutil.copy(ROOT / name, target)
        for known in [path for path in (self.source / "src").rglob("*.cpp") if not (ROOT / path.relative_to(self.source)).exists()]:
            known.unlink()
        subprocess.check_call(["cmake", "-S", self.source, "-B", self.build, "-G", "Ninja"],
                              stdout=subprocess.DEVNULL)
        if not self.compiles():
            sys.exit("the program itself does not compile")

    def compiles(self):
        return run(["cmake", "--build", self.build, "--target", "grokreport_tests", "grokreport_textbook_tests"]) == 0

    def passes(self):
        """Whether the tests of `make test` pass; those of single functions come first, since they take a minute."""
        quick = "^(build|units)$"
        return all(run(["ctest", "--stop-on-failure", "-j", "2", *which], cwd=self.build, timeout=3600) == 0
                   for which in (["-R", quick], ["-E", quick, "-FA", "."]))

    def is_noticed(self, first):
        """Whether a test fails; the tests of the place come first, since most mutants fall there."""
        if run([self.build / "grokreport_tests", "--abort", first], timeout=900) != 0:
            return "the tests of its folder"
        return "" if self.passes() else "another test"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--folder", type=pathlib.Path, default=ROOT / "build-mutation")
    options.add_argument("--output", type=pathlib.Path, default=ROOT / "build-mutation/mutants.md")
    asked = options.parse_args()

    copy = Copy(asked.folder)
    if copy.is_noticed(",".join(PLACES.values())):
        sys.exit("the tests fail without a mutant")
    chance = random.Random(asked.seed)
    waiting = {place: candidates(place) for place in PLACES}
    for found in waiting.values():
        chance.shuffle(found)
    rows, killed = [], 0
    while len(rows) < asked.count:
        place = list(PLACES)[len(rows) % len(PLACES)]
        file, number, what, old, new = waiting[place].pop()
        target = copy.source / file
        whole = target.read_text()
        lines = whole.split("\n")
        lines[number] = new
        target.write_text("\n".join(lines))
        begun = time.monotonic()
        try:
            if not copy.compiles():
                continue
            try:
                killer = copy.is_noticed(PLACES[place])
            except subprocess.TimeoutExpired:
                killer = "it never ends"
        finally:
            target.write_text(whole)
        killed += bool(killer)
        row = f"| {file}:{number + 1} | {what} | `{old}` | `{new.strip()}` | {killer or '**survives**'} |".replace("||", "\\|\\|")
        rows.append(row)
        print(f"{time.monotonic() - begun:5.0f} s {row}", flush=True)
    summary = f"{killed} of {len(rows)} mutants (seed {asked.seed}) are noticed.\n"
    asked.output.write_text(summary + "\n| place | mutant | before | after | noticed by |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n")
    print(summary)
    sys.exit(killed < 0.9 * len(rows))


if __name__ == "__main__":
    main()
