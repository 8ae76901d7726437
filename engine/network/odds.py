"""The answer that maps and horizons explain: the log-odds of one class against all others."""

import torch
from torch import Tensor


def log_odds(logits: Tensor, targets: Tensor) -> Tensor:
    """Log p/(1 − p) (N,) of class targets[n] (N,), of logits (N, K)."""
    chosen = logits.gather(1, targets.unsqueeze(1)).squeeze(1)
    others = logits.scatter(1, targets.unsqueeze(1), -torch.inf)
    return chosen - others.logsumexp(dim=1)
