"""Small parts for Rowscope: one cell, one stem layer, one read-out, one whole architecture."""
