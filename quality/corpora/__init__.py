"""Readers of the annotated corpora: files in, plain typed documents out.

One module per format (CoNLL-U, IOB2, PolNeAR's standoff, TimeML, our own gold reports), each a pure function. Offsets
are Python code points, half-open, into the document's text. A file that cannot be read raises `ValueError` in one
sentence that names the file and, where there is one, the line. `training/` learns from the same readers.
"""
