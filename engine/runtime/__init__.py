"""Reading at the speed of the machine, and models for other programs.

Read `reader` first: `reader_for(network, device)` picks what is fastest. On the CPU that is a
kernel of our own, on a GPU torch. The kernel is written by `forwards` and `backwards` with the
formulas of `cells`, compiled by `kernel`, run by `layers` and `batches`; `cpu` reads a film with
it, `differentiable` gives gradients in a film's rows. `graph` writes the same network as an ONNX
model, `export` says what it is, `compare` what it lost.
"""
