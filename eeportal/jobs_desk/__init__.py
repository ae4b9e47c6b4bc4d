"""The officers' page of the jobs: how each is, what is due in the next days, the history, and running one now."""
