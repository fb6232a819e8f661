"""How good it is, and that it never gets worse: suites, metrics, gate, scorecard. The data is in `evals/`."""
