"""Readings kept: in come `Reading`s and people's decisions, out come the same, found again by words or by id.

A SQLite file, or PostgreSQL for a team; the same behaviour in both. A reading is written whole or not at all, adding
it twice changes nothing, and a later reading of the same report takes its place. `Store.verify` proves that every
quote stands at its offsets and every digest matches. The store knows nothing of the network nor of the model.
"""

from truceline.store.database import Store, open_store
from truceline.store.entries import Added, Appearance, DecisionRow, Fault, Hit, SourceState, StoredReport
from truceline.store.faults import StoreError

__all__ = [
    "Added",
    "Appearance",
    "DecisionRow",
    "Fault",
    "Hit",
    "SourceState",
    "Store",
    "StoreError",
    "StoredReport",
    "open_store",
]
