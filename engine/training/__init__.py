"""Making bundles: data, augmentation, the training loop, evaluation. Never used by the viewer."""
