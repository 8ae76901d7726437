"""Reading one film on one thread, against torch and ONNX Runtime with the same weights."""

import statistics
import time

import numpy as np
import torch

from engine.bundle import NetworkConfig
from engine.network import RowClassifier
from engine.runtime import (
    CpuReader,
    GraphWriter,
    TorchReader,
    read_layers,
    session,
    steps_of,
    weights_of,
)

SIZES = {
    "S": {"rows": 28, "columns": 28, "layers": 3, "hidden_size": 128},
    "M": {"rows": 224, "columns": 224, "layers": 2, "hidden_size": 256, "bidirectional": True},
    "L": {"rows": 512, "columns": 512, "layers": 1, "hidden_size": 512},
}
TURNS = {"S": 101, "M": 15, "L": 15}


def run() -> list[tuple[str, float, float]]:
    """Our states come with all gates, so one time stands against both peers; then everything."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return [
            line for cell in ("lstm", "gru") for size in SIZES for line in measured(cell, size)
        ]
    finally:
        torch.set_num_threads(threads)


def measured(cell: str, size: str) -> list[tuple[str, float, float]]:
    """Three ratios of one network."""
    torch.manual_seed(0)
    config = NetworkConfig(classes=10, cell=cell, **SIZES[size])
    network = RowClassifier(config).eval()
    weights = weights_of(network)
    ours, torchs = CpuReader(config, weights), TorchReader(network)
    rows = np.random.default_rng(0).random((config.rows, config.columns), np.float32)
    edges = np.linspace(0.0, config.rows, config.steps + 1)
    onnx = states_session(config, weights)
    film, films = torch.from_numpy(rows).unsqueeze(0), rows[None]
    peers = {
        "ours": lambda: ours.inside(rows),
        "torch": lambda: torch_states(network, film),
        "ONNX Runtime": lambda: onnx.run(None, {"rows": films}),
    }
    times = in_turn(peers, TURNS[size])
    middle = {name: statistics.median(column) for name, column in times.items()}
    fastest = min(("torch", "ONNX Runtime"), key=middle.get)
    print("  " + ", ".join(f"{name} {1000 * value:.2f} ms" for name, value in middle.items()))
    whole = in_turn(
        {"ours": lambda: ours.trace(rows, edges), "torch": lambda: torchs.trace(rows, edges)},
        3 if size == "M" else TURNS[size],
    )
    name = f"{cell.upper()} {size}"
    return [
        (f"{name}: every state / {fastest}", ratio(times["ours"], times[fastest]), 1.0),
        (f"{name}: states and gates / torch's states", ratio(times["ours"], times["torch"]), 1.0),
        (
            f"{name}: everything, answer by row too / torch",
            ratio(whole["ours"], whole["torch"]),
            1.0,
        ),
    ]


def states_session(config, weights):
    """ONNX Runtime with nothing but the recurrent layers."""
    graph = GraphWriter()
    rows = graph.input("rows", ("N", "M", config.columns))
    read = read_layers(
        graph, config, weights, x=steps_of(graph, config, weights, rows=rows), ends=""
    )
    for number, output in enumerate(read.outputs):
        graph.output(output, f"h{number}", ("L", config.directions, "N", config.hidden_size))
    return session(graph.model("states"))


def torch_states(network: RowClassifier, film: torch.Tensor) -> list[torch.Tensor]:
    """The states of every layer by `nn.LSTM` or `nn.GRU` alone."""
    states, found = network.steps(film), []
    with torch.no_grad():
        for layer in network.recurrent:
            states = layer(states)[0]
            found.append(states)
    return found


def in_turn(work, turns: int) -> dict[str, list[float]]:
    """Seconds of each piece of work, one after the other in every turn."""
    times = {name: [] for name in work}
    for turn in range(turns + 2):
        for name, do in work.items():
            started = time.perf_counter()
            do()
            if turn >= 2:  # the first turns fill caches
                times[name].append(time.perf_counter() - started)
    return times


def ratio(mine: list[float], others: list[float]) -> float:
    """Median over the turns."""
    return statistics.median(a / b for a, b in zip(mine, others, strict=True))
