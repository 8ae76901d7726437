"""Taking a bundle's files apart, and putting them together wrongly."""

import json
import struct


def weights_of(folder):
    return folder / "model.safetensors"


def read_header(folder):
    """Header as a dictionary, and the bytes of the tensors."""
    data = weights_of(folder).read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def write_header(folder, header, body):
    """Store a header (a dictionary, or JSON that no dictionary can hold) before tensors."""
    text = header if isinstance(header, str) else json.dumps(header)
    content = text.encode("utf-8")
    weights_of(folder).write_bytes(struct.pack("<Q", len(content)) + content + body)


def change_metadata(folder, *keys, to):
    """Set the value under some keys of metadata.json; keys may be places in lists."""
    path = folder / "metadata.json"
    values = json.loads(path.read_text("utf-8"))
    table = values
    for key in keys[:-1]:
        table = table[key]
    table[keys[-1]] = to
    path.write_text(json.dumps(values), "utf-8")
