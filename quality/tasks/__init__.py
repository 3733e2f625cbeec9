"""One module per task: a part of a corpus and an annotator in, figures out.

Every task module has `part(data, split)`, the files it measures, and `measure(data, split, annotator, limit)`, the
figures in percent by name. `limit` keeps a run short: so many documents or sentences of each corpus, from the front.
"""
