"""The recurrent cells, one file each; each says its equations in symbols, then in code."""

from engine.network.cells.cell import Carry, Cell, GatedCell
from engine.network.cells.gru import GRU
from engine.network.cells.lstm import LSTM
from engine.network.cells.rnn import ReluRNN, TanhRNN

__all__ = ["GRU", "LSTM", "Carry", "Cell", "GatedCell", "ReluRNN", "TanhRNN"]
