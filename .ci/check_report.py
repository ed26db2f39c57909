"""Fails when the report or claims.json is missing, incomplete, or a headline claim does not pass."""

import json
import pathlib
import sys

problems = []

page = pathlib.Path("report/index.html").read_text(encoding="utf-8")
if not page.rstrip().endswith("</html>"):
    problems.append("report/index.html is cut off")

# What a mail attachment may have
MOST_BYTES = 8_000_000
if (size := pathlib.Path("report/index.html").stat().st_size) > MOST_BYTES:
    problems.append(f"report/index.html has {size:,} bytes, more than {MOST_BYTES:,}")

# Where a seed has no idle frequency, no tuned head or only doubles that are key
MAY_NOT_APPLY = {"readout.attention-evens", "readout.idle-are-doubles", "readout.idle-evens", "readout.second-order"}

document = json.loads(pathlib.Path("report/claims.json").read_text(encoding="utf-8"))
for key in ("schema", "seed", "config", "provenance", "key_frequencies", "runs", "claims"):
    if key not in document:
        problems.append(f"claims.json has no {key}")

for claim in document["claims"]:
    if claim["verdict"] == "not-run" and claim["id"] not in MAY_NOT_APPLY:
        problems.append(f"{claim['id']} was not run: {claim['reason']}")
    if claim["headline"] and claim["verdict"] != claim["expected"]:
        problems.append(f"headline claim {claim['id']}: {claim['verdict']}: {claim['reason']}")
    for figure in claim["figures"]:
        for suffix in ("svg", "pdf", "png", "csv"):
            path = pathlib.Path(f"figures/seed-{document['seed']}/{figure}.{suffix}")
            if not path.is_file() or path.stat().st_size == 0:
                problems.append(f"{path} is missing")
    if f'id="claim-{claim["id"]}"' not in page:
        problems.append(f"{claim['id']} has no badge on the page")

for run in document["runs"]:
    for checkpoint in run["checkpoints"].values():
        if not pathlib.Path(checkpoint).is_file():
            problems.append(f"{checkpoint} is missing")

if document["config"]["epochs"] < 20000 or not {"relu", "linear", "frozen"} <= {run["variant"] for run in document["runs"]}:
    problems.append("this is not the full report of three models")

headlines = [claim["id"] for claim in document["claims"] if claim["headline"]]
for claim_id in ("grok.accuracy", "embed.sparse", "subspace.dihedral", "linear.groks"):
    if claim_id not in headlines:
        problems.append(f"headline claim {claim_id} is missing")

for problem in problems:
    print(f"report check: {problem}", file=sys.stderr)
print(f"report check: {len(document['claims'])} claims, headlines {', '.join(headlines)}")
sys.exit(1 if problems else 0)
