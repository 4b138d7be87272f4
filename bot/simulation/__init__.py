"""The real product in a made-up year: deterministic, with everything going wrong that may, and audited.

`run.simulate` plays one seed; the same seed gives the same trace, wherever and whenever it is played.
"""
