"""Published rounds replayed on a pool like the published one: how near does the simulated cut-off come?

``shapes`` spreads a band's candidates over its scores, ``ledger`` keeps account of who is left after each round,
``rivals`` are the simpler ways it is compared with, ``fitting`` chooses numbers without the round in question,
``crowd`` makes the candidates among whom ``rules.selection`` selects, ``replay`` puts a whole replay together.
"""
