"""Which states exist, which moves lead from one to another, and the one clock that rules them."""
