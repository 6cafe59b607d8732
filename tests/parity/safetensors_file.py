"""Reads and writes safetensors files of float64 arrays, by the format's own description and nothing else."""

import json
import struct

import numpy as np


def read(path):
    """The tensors and metadata of a safetensors file of float64."""
    raw = path.read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(raw[8 + length + begin : 8 + length + end], dtype="<f8")
        tensors[name] = values.reshape(entry["shape"]).copy()
    return tensors, metadata


def write(path, tensors):
    """A safetensors file of float64 arrays, by name."""
    header, parts, offset = {}, [], 0
    for name in sorted(tensors):
        values = np.array(tensors[name], dtype="<f8", order="C")
        header[name] = {"dtype": "F64", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        parts.append(values.tobytes())
        offset += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))
