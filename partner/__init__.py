"""The simulated sign-in partner: invented institutions that vouch for their customers by OpenID Connect.

A process of its own with its own database, settings, cookies and port: `python -m partner PORT`. To the portal
it is somebody else's website; neither imports the other. It is part of the demo and refuses to run in production.
"""
