"""Files in which other programs keep a model, for tests/checkpoint/containers_test.cpp. Shares no code with the C++ side.

    containers_oracle.py write FOLDER          one file a case
    containers_oracle.py describe FILE         a file of safetensors, read with json and numpy alone, as JSON: name,
                                               dtype, shape, sum of each tensor, and the metadata
"""

import collections
import gzip
import json
import pickle
import sys
import zipfile

import numpy as np
import torch

P, D_MODEL, HEADS, D_HEAD, D_MLP = 5, 4, 2, 3, 6


def model(offset=0.0):
    shapes = {"embed.W_E": (P + 1, D_MODEL), "blocks.0.attn.W_Q": (HEADS, D_MODEL, D_HEAD),
              "blocks.0.attn.W_K": (HEADS, D_MODEL, D_HEAD), "blocks.0.attn.W_V": (HEADS, D_MODEL, D_HEAD),
              "blocks.0.attn.W_O": (HEADS, D_HEAD, D_MODEL), "blocks.0.mlp.W_in": (D_MODEL, D_MLP),
              "blocks.0.mlp.b_in": (D_MLP,), "blocks.0.mlp.W_out": (D_MLP, D_MODEL), "blocks.0.mlp.b_out": (D_MODEL,),
              "unembed.W_U": (D_MODEL, P + 1)}
    generator = torch.Generator().manual_seed(3)
    return collections.OrderedDict((name, torch.randn(shape, generator=generator) + offset)
                                   for name, shape in shapes.items())


def with_prefix(prefix, tensors):
    return {prefix + name: tensor for name, tensor in tensors.items()}


class Whole(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.W_E = torch.nn.Parameter(torch.ones(3, 2))

    def forward(self, x):
        return x @ self.W_E.T


TYPES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64", torch.int64: "I64",
         torch.uint8: "U8", torch.bool: "BOOL"}


def safetensors_of(tensors, metadata=None):
    """By the description of the format: 8 bytes of size, a header, raw numbers."""
    header, data = ({"__metadata__": metadata} if metadata else {}), b""
    for name, tensor in tensors.items():
        raw = tensor.contiguous().view(torch.uint8 if tensor.dtype == torch.bool else tensor.dtype)
        raw = (raw.view(torch.int16) if tensor.dtype == torch.bfloat16 else raw).numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def write(folder):
    def save(name, content, **options):
        torch.save(content, f"{folder}/{name}.pt", **options)

    def store(name, data):
        with open(f"{folder}/{name}", "wb") as file:
            file.write(data)

    plain = model()
    save("plain", plain)
    for prefix in ("module.", "_orig_mod.", "model.", "model._orig_mod.", "net.inner."):
        save("prefix-" + prefix.replace(".", "-"), with_prefix(prefix, plain))
    save("lightning", {"epoch": 3, "state_dict": with_prefix("model.", plain) | {"loss.weight": torch.ones(2)},
                       "optimizer_states": [{"state": {0: {"exp_avg": torch.ones(2)}}, "param_groups": []}]})
    save("list", [model(0.0), model(1.0), model(2.0)])
    save("list-older", [model(0.0), model(1.0), model(2.0)], _use_new_zipfile_serialization=False)
    save("one-in-a-list", [plain])
    save("sweep", {"sweep": {"lr-1": model(1.0), "lr-2": {"weights": model(2.0), "loss": 0.5}}, "note": "x"})
    save("epochs", {0: model(0.0), 100: model(1.0), 2000: model(2.0)})
    save("beside-snapshots", {"model": model(5.0), "state_dicts": [model(0.0), model(1.0)]})
    save("student-teacher", with_prefix("student.", model(1.0)) | with_prefix("teacher.", model(2.0)))
    save("averaged", model(0.0) | with_prefix("ema.", model(2.0)))
    save("long-key", {"k" * 300: plain})
    save("many", [model(float(i)) for i in range(20)])
    save("same-twice", {"best": plain, "last": plain})
    save("whole", Whole())
    save("whole-older", Whole(), _use_new_zipfile_serialization=False)
    torch.jit.script(Whole()).save(f"{folder}/script.pt")

    arrays = {name: tensor.numpy() for name, tensor in plain.items()}
    np.savez(f"{folder}/arrays.npz", **arrays)
    np.savez_compressed(f"{folder}/packed.npz", **arrays)
    np.save(f"{folder}/array.npy", arrays["embed.W_E"])
    with zipfile.ZipFile(f"{folder}/other.zip", "w") as other:
        other.writestr("readme.txt", "hello")
    store("text.pt", b"These are the weights.\n" * 20)
    store("page.html", b"\n<!DOCTYPE html>\n<html><head><title>weights</title></head></html>\n")
    store("numbers.json", json.dumps({"embed.W_E": [[1, 2]]}).encode())
    store("pointer.pt", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n")
    store("packed.pt.gz", gzip.compress(b"x" * 100))
    store("plain.pkl", pickle.dumps(arrays, protocol=4))

    store("plain.safetensors", safetensors_of(plain, {"format": "pt"}))
    store("prefix.safetensors", safetensors_of(with_prefix("module.", plain)))
    store("half.safetensors", safetensors_of({name: tensor.half() for name, tensor in plain.items()}))
    store("bfloat.safetensors", safetensors_of({name: tensor.bfloat16() for name, tensor in plain.items()}))
    store("double.safetensors", safetensors_of({name: tensor.double() for name, tensor in plain.items()}))
    beside = {"step": torch.tensor(7), "mask": torch.ones(3, 3, dtype=torch.bool), "none": torch.zeros(0, 4)}
    store("beside.safetensors", safetensors_of(with_prefix("m.", plain) | beside))


def describe(path):
    with open(path, "rb") as file:
        data = file.read()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    metadata = header.pop("__metadata__", None)
    tensors, place = [], 0
    for name, about in header.items():
        begin, end = about["data_offsets"]
        assert begin == place and (8 + size) % 8 == 0
        place = end
        assert about["dtype"] == "F32"
        values = np.frombuffer(data[8 + size + begin:8 + size + end], dtype="<f4").reshape(about["shape"])
        tensors.append({"name": name, "shape": about["shape"], "sum": float(values.sum(dtype=np.float64)),
                        "weighted": float((values.flatten().astype(np.float64) * np.arange(values.size)).sum())})
    assert 8 + size + place == len(data)
    return {"metadata": metadata, "tensors": tensors}


if sys.argv[1] == "write":
    write(sys.argv[2])
else:
    print(json.dumps(describe(sys.argv[2])))
