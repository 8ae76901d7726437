"""One widget per file: values come in by slots, intentions go out by signals; no pane knows another."""
