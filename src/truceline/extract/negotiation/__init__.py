"""What is on the table, who stands where, who has bound himself and what was done: the records of the negotiation.

A `Scene` comes in, records go out. Which words show a proposal, a stance, a stage or an event, and whose it is, is
learned (`scores`); what the words say in figures and dates, and how records are put together, are rules.
"""
