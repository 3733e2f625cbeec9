"""TIMEX3: time expressions found, taken apart and resolved to values.

Words of an annotation come in (`spans`); an expression's parts (`phrases`), where its verb points (`directions`) and
what it means in its place (`values`) go out. `truceline.extract.times` makes the records.
"""
