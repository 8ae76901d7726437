"""DICOM files: header, tags, pixels, and the image made of them."""
