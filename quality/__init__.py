"""Evaluation: annotated corpora and a model in, figures out, and floors under which a figure must not fall.

Run from the repository root as `python -m quality TASK`; `quality/README.md` tells how to repeat every figure.
"""
