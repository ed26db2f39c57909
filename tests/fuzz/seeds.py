"""Small files that torch.save writes, for the fuzzer to begin with (hostile_reading.h says what the first byte of
each means).

    seeds.py FOLDER                       for checkpoint_fuzz
    seeds.py FOLDER_OF_SAFETENSORS safe   for safetensors_fuzz
"""

import collections
import io
import json
import sys
import zipfile

import torch


def nanda():
    """A model in the layout of Nanda et al.'s published runs, as small as one can be."""
    p, d_model, heads, d_head, d_mlp = 2, 2, 1, 2, 3
    shapes = {"embed.W_E": (d_model, p + 1), "pos_embed.W_pos": (3, d_model),
              "blocks.0.attn.W_K": (heads, d_head, d_model), "blocks.0.attn.W_Q": (heads, d_head, d_model),
              "blocks.0.attn.W_V": (heads, d_head, d_model), "blocks.0.attn.W_O": (d_model, heads * d_head),
              "blocks.0.attn.mask": (3, 3), "blocks.0.mlp.W_in": (d_mlp, d_model), "blocks.0.mlp.b_in": (d_mlp,),
              "blocks.0.mlp.W_out": (d_model, d_mlp), "blocks.0.mlp.b_out": (d_model,),
              "unembed.W_U": (d_model, p + 1)}
    return collections.OrderedDict((name, torch.ones(shape)) for name, shape in shapes.items())


def saved(content, zipped=True):
    stream = io.BytesIO()
    torch.save(content, stream, _use_new_zipfile_serialization=zipped)
    return stream.getvalue()


def pickle_of(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as records:
        return records.read(next(name for name in records.namelist() if name.endswith("data.pkl")))


count = torch.arange(24, dtype=torch.float32)
contents = {
    "plain": {"x": count.reshape(4, 6).t(), "y": torch.tensor(1.0)},
    "types": {"h": count[:4].half(), "b": count[:4].bfloat16(), "d": count[:2].double(), "l": torch.arange(2),
              "u": torch.zeros(3, dtype=torch.uint8), "t": torch.tensor([True])},
    "module": torch.nn.Linear(2, 1).state_dict(),
    "parameter": {"x": torch.nn.Parameter(count)},
    "beside": {"losses": [0.5, 1e300], "config": {"p": 113, "dtype": torch.float16, "device": torch.device("cpu"),
                                                "big": 2**40, "none": None, "size": torch.Size([2])},
               "model": nanda()},
}
contents["snapshots"] = {"runs": [nanda(), {"state": {"module." + name: tensor for name, tensor in nanda().items()}}],
                         100: nanda()}


def safe(tensors, metadata=None):
    """The header and the numbers of a file of safetensors."""
    header, data = ({"__metadata__": metadata} if metadata else {}), b""
    types = {torch.float32: "F32", torch.float16: "F16", torch.float64: "F64", torch.int64: "I64", torch.uint8: "U8"}
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": types[tensor.dtype], "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    return json.dumps(header).encode(), data


if sys.argv[2:] == ["safe"]:
    prefixed = {"m." + name: tensor for name, tensor in nanda().items()}
    for name, tensors in {"plain": {"x": count.reshape(4, 6), "y": torch.tensor(1.0), "none": torch.zeros(0, 3)},
                          "types": {"h": count[:4].half(), "d": count[:2].double(), "l": torch.arange(2),
                                    "u": torch.zeros(3, dtype=torch.uint8)},
                          "model": nanda(), "prefix": prefixed, "two": prefixed | nanda()}.items():
        header, data = safe(tensors, {"format": "pt"} if name == "model" else None)
        with open(f"{sys.argv[1]}/{name}-header", "wb") as file:
            file.write(b"h" + header + b"\0" + data)
        with open(f"{sys.argv[1]}/{name}-whole", "wb") as file:
            file.write(b"r" + len(header).to_bytes(8, "little") + header + data)
    sys.exit()

for name, content in contents.items():
    archive = saved(content)
    for kind, data in (("archive", b"r" + archive), ("older", b"r" + saved(content, zipped=False)),
                       ("pickle", b"p" + pickle_of(archive))):
        with open(f"{sys.argv[1]}/{name}-{kind}", "wb") as file:
            file.write(data)
