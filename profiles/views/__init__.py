"""The pages of a profile, from the first question to the withdrawal."""
