"""Training of the model, the only place for torch: corpora in, the files of `truceline/annotate/model` out."""
