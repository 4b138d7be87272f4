"""What the product costs: how many events and turns a second, how large, how soon. `python -m benchmarks`."""
