"""Made-up candidates with raw facts, and pools of them that score as a published pool did.

``pool.make`` is the way in; ``workers.generate`` does it on all cores. From there: a score (``bands``), a plan that
leads to it (``strata``, ``bank``), a life that fits the plan (``candidates``), its way through the portal
(``histories``). Nothing here knows the database.
"""
