"""The law of Express Entry as pure functions of facts and a day: no framework, no clock, no database."""
