"""Write the trained network as ONNX with int8 weights, and check it against torch.

python -m training.export --run training/runs/NAME --out src/onrecord/models
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.annotate.encoder import OnnxRunner
from training.backbone import Encoder, Shape
from training.labels import as_json
from training.network import Network
from training.train import checkpoint_folder

INPUTS = ("ids", "cases", "marks", "mask")
OUTPUTS = ("tags", "events", "roles", "left", "right")
# The heads are small and lose most by rounding; only the encoder's matrices are int8.
HEADS = ("tags", "event_hidden", "events", "roles", "left", "right")


def load_network(run: Path) -> Network:
    """Return the network of a training run, ready to be read from."""
    network = Network(Encoder(Shape(), 0.0), 0.0)
    network.load_state_dict(torch.load(run / "network.pt", map_location="cpu"))
    return network.eval()


def export(network: Network, folder: Path) -> None:
    """Write `encoder.onnx`, `labels.json` and `tokenizer.json` to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in INPUTS)
    axes = {name: {0: "batch", 1: "pieces"} for name in (*INPUTS, *OUTPUTS)}
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            network, sample, str(full), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        model = onnx.load(str(full))
        heads = [
            node.name
            for node in model.graph.node
            if node.op_type in ("MatMul", "Gemm")
            and any(f"/{head}/" in node.name for head in HEADS)
        ]
        quantize_dynamic(
            str(full), str(folder / "encoder.onnx"), per_channel=True,
            weight_type=QuantType.QInt8, nodes_to_exclude=heads,
            extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    (folder / "labels.json").write_text(json.dumps(as_json(), indent=1) + "\n", encoding="utf-8")
    shutil.copy(checkpoint_folder() / "tokenizer.json", folder / "tokenizer.json")


def parity(network: Network, folder: Path) -> dict[str, float]:
    """Return the largest difference of each output between torch and ONNX, on random pieces."""
    rng = np.random.default_rng(0)
    ids = rng.integers(1000, 20000, (4, 48))
    zeros, ones = np.zeros_like(ids), np.ones_like(ids)
    got = OnnxRunner(folder).run(ids, zeros, zeros, ones, OUTPUTS)
    with torch.no_grad():
        wanted = network(*(torch.from_numpy(a) for a in (ids, zeros, zeros, ones)))
    return {
        name: float(np.abs(g - w.numpy()).max())
        for name, g, w in zip(OUTPUTS, got, wanted, strict=True)
    }


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    network = load_network(arguments.run)
    export(network, arguments.out)
    print(json.dumps(parity(network, arguments.out)))


if __name__ == "__main__":
    main()
