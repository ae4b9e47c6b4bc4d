"""'What if?': scenarios beside the profile as it is, and the steps that would gain most."""
