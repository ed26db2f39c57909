"""Runs the README's TransformerLens snippet, its very text, on a checkpoint, for tests/model/transformer_lens_test.cpp.

usage: transformer_lens_oracle.py README CHECKPOINT A B

hooked_transformer.py stands in for TransformerLens. Prints JSON: the logits that the loaded model gives at '=' for
(A, B), and which entries of the state dict the checkpoint does not have.
"""

import json
import re
import sys
import types

import torch

from hooked_transformer import HookedTransformer, HookedTransformerConfig

readme, checkpoint, a, b = sys.argv[1:]
snippet, = (code for code in re.findall(r"```python\n(.*?)```", open(readme, encoding="utf-8").read(), re.DOTALL)
            if "transformer_lens" in code)
sys.modules["transformer_lens"] = types.SimpleNamespace(
    HookedTransformer=HookedTransformer, HookedTransformerConfig=HookedTransformerConfig)
ours = torch.load(checkpoint)
torch.load = lambda path, *args, **kwargs: ours  # the checkpoint of the test in place of the README's
names = {}
exec(snippet, names)

model = names["model"]
with torch.no_grad():
    logits = model(torch.tensor([[int(a), int(b), ours["embed.W_E"].shape[0] - 1]]))[0, -1]
print(json.dumps({"logits": logits.tolist(), "shown": list(names["logits"].shape),
                  "kept": sorted(set(model.state_dict()) - set(ours))}))
