"""The health check of a container: asks the bot's own port, and exits with 0 where it is well."""

import http.client
import os
import sys

_SECONDS = 4.0


def main() -> int:
    """Ask `GET /health` on this machine and print the answer; return the exit code."""
    host = os.environ.get("HEALTH_HOST") or "127.0.0.1"
    connection = http.client.HTTPConnection(host, int(os.environ.get("PORT") or 0), timeout=_SECONDS)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        sys.stdout.write(answer.read().decode("utf-8", "replace") + "\n")
    except OSError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0 if answer.status == http.client.OK else 1


if __name__ == "__main__":
    sys.exit(main())
