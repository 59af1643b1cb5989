#!/usr/bin/env bash
# Runs a command with DATABASE_URL pointing at a throw-away PostgreSQL: own folder, unix socket only, Finnish order.
#   .ci/postgres.sh COMMAND [ARGUMENT...]
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "No PostgreSQL server programs under /usr/lib/postgresql" >&2; exit 1; }

home=$(mktemp -d /tmp/tym-pg.XXXXXX)
as_server=()
if [ "$(id -u)" -eq 0 ]; then
    # The server refuses to run as root.
    as_server=(setpriv --reuid=postgres --regid=postgres --clear-groups env "HOME=$home")
    chown postgres: "$home"
fi
server() { (cd "$home" && "${as_server[@]}" "$@"); }

stop() {
    server "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

server "$bin/initdb" -D "$home/data" -U app --no-sync --auth=trust --encoding=UTF8 \
    --locale-provider=icu --icu-locale=fi-FI --locale=C.UTF-8 >"$home.log" 2>&1 || { cat "$home.log" >&2; exit 1; }
rm -f "$home.log"
server "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" start \
    -o "-c listen_addresses='' -k '$home' -c fsync=off -c full_page_writes=off -c synchronous_commit=off" >/dev/null ||
    { cat "$home/log" >&2; exit 1; }

DATABASE_URL="postgres://app@/postgres?host=$home" "$@"
