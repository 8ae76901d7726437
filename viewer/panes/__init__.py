"""One widget per file: values in by slots, intentions out by signals; no pane knows another."""
