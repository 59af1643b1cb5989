"""The server of `make run`: one machine, plain HTTP, this machine only."""

import os

from gunicorn.arbiter import Arbiter

PORT = os.environ.get("PORT", "8000")

bind = f"127.0.0.1:{PORT}"
workers = 2
# Browsers open connections ahead of need; a sync worker would wait on such a silent one and answer nobody else.
worker_class = "gthread"
threads = 4
keepalive = 5
# Longer than the longest PDF may take.
timeout = 90
# Its socket would be left in the home folder.
control_socket_disable = True
loglevel = "warning"


def when_ready(server: Arbiter) -> None:
    """Tells the address once the port is really ours."""
    print(f"\nOpen http://127.0.0.1:{PORT}/ (stop with Ctrl-C)", flush=True)
