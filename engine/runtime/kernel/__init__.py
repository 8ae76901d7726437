"""The CPU kernel: loops over rows, written as LLVM code for this processor."""
