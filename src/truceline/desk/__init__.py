"""The reviewer's desk in the terminal: in come waiting records and keys, out go pages of one record and decisions.

`session` is what the keys do, `pages` what is shown, `keys` where keys come from; `gold_files` writes what is finished.
All words of a report pass through `printable` before they reach the terminal.
"""

from truceline.desk.gold_files import write_gold
from truceline.desk.keys import Keys, TerminalKeys
from truceline.desk.pages import agreement_lines, decision_line, desk_console, print_record, waiting_json
from truceline.desk.session import Desk

__all__ = [
    "Desk",
    "Keys",
    "TerminalKeys",
    "agreement_lines",
    "decision_line",
    "desk_console",
    "print_record",
    "waiting_json",
    "write_gold",
]
