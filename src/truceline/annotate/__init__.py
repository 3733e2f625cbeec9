"""From a report to its annotation: sentences, words, lemmas, trees, entities, times, attributions.

A `Report` comes in, an `Annotation` goes out. One small encoder runs once over overlapping windows; everything else is
decoded from what it says of each word. The only room that imports onnxruntime and tokenizers.
"""

from truceline.annotate.annotation import Annotation, Attributions, Tagged
from truceline.annotate.annotator import Annotator, load_annotator
from truceline.annotate.model_files import ModelError

__all__ = ["Annotation", "Annotator", "Attributions", "ModelError", "Tagged", "load_annotator"]
