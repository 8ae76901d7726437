"""Reading at the speed of the machine, and models for other programs.

Read `reader` first: `reader_for(network, device)` picks what is fastest. On the CPU that is a
kernel of our own, which needs no torch, on a GPU torch. The kernel is written by `forwards` with
the formulas of `cells` and compiled by `kernel`; `layers` and `stem` run it. `cpu` reads a film
with all that its reading leaves behind, `batches` asks many films for their answers; `asked` picks
who is asked. `graph` writes the same network as an ONNX
model, `export` says what it is, `compare` what it lost.
"""
