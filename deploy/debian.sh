#!/bin/sh
# The servers `make test-celery` runs in private, from Debian's packages: redis-server and postgresql.
# Installs what is missing, as root; elsewhere it says what to do. Debian's own services are not started.
set -eu

missing=
command -v redis-server >/dev/null || missing="$missing redis-server"
{ command -v psql && ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "make test-celery needs$missing. On Debian, as root: apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # a list of words
apt-get install -y -qq --no-install-recommends $missing >/dev/null
