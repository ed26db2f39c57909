"""Torch's own view of checkpoint files, for tests/checkpoint/checkpoint_test.cpp. Shares no code with the C++ side.

    checkpoint_oracle.py describe FILE    JSON: name, shape, sum of each tensor, as torch.load gives them
    checkpoint_oracle.py write FOLDER     files that torch.save writes, one a case
"""

import collections
import json
import sys
import zipfile

import torch


def describe(path):
    plain = torch.load(path)
    safe = torch.load(path, weights_only=True)
    assert type(plain) is dict and type(safe) is dict
    assert list(plain) == list(safe)
    for name in plain:
        assert plain[name].dtype == torch.float32 and plain[name].is_contiguous()
        assert torch.equal(plain[name], safe[name])
    return [{"name": name, "shape": list(tensor.shape), "sum": tensor.double().sum().item(),
             "weighted": (tensor.double().flatten() * torch.arange(tensor.numel())).sum().item()}
            for name, tensor in plain.items()]


def write(folder):
    count = torch.arange(24, dtype=torch.float32)
    module = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.arange(parameter.numel(), dtype=torch.float32).reshape(parameter.shape))
    tied = count[:6].reshape(2, 3)
    many = collections.OrderedDict((f"t{i}", torch.full((2,), float(i))) for i in range(300))
    cases = {
        "dict": {"a": count.reshape(2, 3, 4), "scalar": torch.tensor(-2.5), "empty": torch.zeros(0, 4)},
        "module": module.state_dict(),
        "parameters": dict(module.named_parameters()),
        "double": {"x": count.double() / 7},
        "transposed": {"x": count.reshape(4, 6).t()},
        "slice": {"x": count.reshape(4, 6)[1:3, 1::2]},
        "tied": {"a": tied, "b": tied},
        "expanded": {"x": torch.tensor([1.0, 2.0, 3.0]).reshape(3, 1).expand(3, 2), "pad": count},
        "many": many,
        "half": {"x": (count / 8).half()},
        "bfloat16": {"x": count.bfloat16()},
        "integers": {"x": torch.tensor([3, -4, 2**40])},
        "bytes": {"x": torch.tensor([0, 255], dtype=torch.uint8), "yes": torch.tensor([True, False])},
        "nan": {"x": torch.tensor([1.0, float("nan")])},
        "infinite": {"x": torch.tensor([1.0, float("-inf")])},
        "too-large": {"x": torch.tensor([1e300], dtype=torch.float64)},
        "number": {"x": 3},
        "list": [count],
        "beside": {"train_losses": [0.5] * 3000, "config": {"p": 113, "act": "ReLU", "dtype": torch.float16,
                                                         "device": torch.device("cuda:0"), "none": None},
                   "model": module.state_dict(), "optimiser": {"step": torch.tensor(float("nan"))}},
        "masked": {"W": count, "mask": torch.tensor([float("-inf")]), "note": "text"},
        "nothing": {"losses": [1.0]},
    }
    for name, content in cases.items():
        torch.save(content, f"{folder}/{name}.pt")
    for name in ("dict", "module", "parameters", "double", "transposed", "half", "beside", "tied", "list"):
        torch.save(cases[name], f"{folder}/{name}-older.pt", _use_new_zipfile_serialization=False)
    write_as_on_gpu(f"{folder}/module.pt", f"{folder}/gpu.pt")


def write_as_on_gpu(source, target):
    """The file that saving the same from a GPU gives: storages on cuda:0, of GPU classes as older torch named
    them."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            if name.endswith("/data.pkl"):
                content = content.replace(b"X\x03\x00\x00\x00cpu", b"X\x06\x00\x00\x00cuda:0")
                content = content.replace(b"ctorch\nFloatStorage\n", b"ctorch.cuda\nFloatStorage\n")
                assert b"cuda:0" in content and b"torch.cuda" in content
            written.writestr(name, content)


if sys.argv[1] == "describe":
    print(json.dumps(describe(sys.argv[2])))
elif sys.argv[1] == "write":
    write(sys.argv[2])
