"""The equations of every cell in plain numpy, written from the papers and not from the engine.

Everything is made of analytic functions, so that a complex step gives exact derivatives: for small
ε, ∂f/∂w = Im f(w + iε) / ε without any difference that could cancel (Squire, Trapp 1998).
"""

import numpy as np


def logistic(values):
    return 1 / (1 + np.exp(-values))


def elman(wx, uh, h, c):
    return np.tanh(wx + uh), c


def rectified(wx, uh, h, c):
    total = wx + uh
    return total * (total.real > 0), c


def lstm(wx, uh, h, c):
    i, f, g, o = np.split(wx + uh, 4)
    c = logistic(f) * c + logistic(i) * np.tanh(g)
    return logistic(o) * np.tanh(c), c


def gru(wx, uh, h, c):
    (xr, xz, xn), (hr, hz, hn) = np.split(wx, 3), np.split(uh, 3)
    r, z = logistic(xr + hr), logistic(xz + hz)
    return (1 - z) * np.tanh(xn + r * hn) + z * h, c


STEP = {"rnn": elman, "rnn-relu": rectified, "lstm": lstm, "gru": gru}


def read(config, weights, film):
    """All h and c (S, D, L, H), and logits (K,), of one film (M, W); last state, no stem."""
    steps = film.reshape(config.steps, -1)
    shape = (config.layers, config.directions, config.steps, config.hidden_size)
    h, c = np.zeros(shape, film.dtype), np.zeros(shape, film.dtype)
    for layer in range(config.layers):
        for direction in range(config.directions):
            end = f"_l0{'_reverse' * direction}"
            w, u, b, b2 = (
                weights[f"recurrent.{layer}.{name}{end}"]
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            state = cell = np.zeros(config.hidden_size)
            for t in range(config.steps)[:: -1 if direction else 1]:
                state, cell = STEP[config.cell](w @ steps[t] + b, u @ state + b2, state, cell)
                h[layer, direction, t], c[layer, direction, t] = state, cell
        steps = np.concatenate(list(h[layer]), axis=1)  # (L, D·H)
    ends = [states[0 if d else -1] for d, states in enumerate(h[-1])]
    return h, c, weights["head.weight"] @ np.concatenate(ends) + weights["head.bias"]


def gradients(config, weights, film, *, seeds, step=1e-30):
    """∂(seeds · logits)/∂ everything: a dictionary like `weights`, and "rows" (M, W)."""
    values = {name: value.astype(complex) for name, value in (weights | {"rows": film}).items()}
    found = {name: np.zeros(value.shape) for name, value in values.items()}
    for name, value in values.items():
        for place in np.ndindex(value.shape):
            value[place] += 1j * step
            logits = read(config, values, values["rows"])[2]
            found[name][place] = (seeds @ logits).imag / step
            value[place] = value[place].real
    return found
