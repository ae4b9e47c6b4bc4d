"""When a round was wrong: its invitations are withdrawn with a reason, its profiles return, and nothing is deleted.

Source of the cases: IRCC issued invitations in a wrong class in February 2015 and invited wrongly in November 2022, and
withdrew them with a message to each candidate.
"""
