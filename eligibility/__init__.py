"""Before the account: the questionnaire, its verdict with reasons, and the personal reference code."""
