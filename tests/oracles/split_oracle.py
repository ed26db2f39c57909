"""The training pairs that Nanda et al.'s rule picks, with Python's own random module.

    split_oracle.py P FRACTION SEED    JSON: the training pairs, ascending
"""

import json
import random
import sys

p, fraction, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
pairs = [(i, j, p) for i in range(p) for j in range(p)]
random.seed(seed)
random.shuffle(pairs)
print(json.dumps(sorted(pair[:2] for pair in pairs[:int(fraction * len(pairs))])))
