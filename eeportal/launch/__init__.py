"""The launcher behind `./run`: install, start what is missing, run all parts, stop without a trace.

Until the requirements are installed only the standard library is there: `main`, `places`, `install` and
`trouble` import nothing else.
"""
