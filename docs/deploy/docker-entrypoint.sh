#!/bin/sh
# Platforms mount disks that belong to root: gives what is on it to the bot's own user, and goes on as that user.
set -eu
if [ "$(id -u)" = 0 ]; then
    # Where that cannot be done, the bot answers all the same, and `check` says that nothing can be written.
    find /data ! -user isnad -exec chown -h isnad:isnad {} + || true
    export HOME=/home/isnad
    exec setpriv --reuid=isnad --regid=isnad --clear-groups --no-new-privs "$@"
fi
exec "$@"
