"""Reading at the speed of the machine, and models for other programs.

Read `reader` first: `reader_for(network, device)` picks what is fastest. On the CPU that is a
kernel of our own (`cpu`, `kernel`, `cells`), on a GPU torch. `graph` writes the same network as
an ONNX model, which `export` takes to other programs.
"""
