#!/bin/bash
# usage: with-secrets.sh CMD...
# Runs CMD on a private D-Bus session with an unlocked, empty, throw-away GNOME keyring, and ends with its exit
# code. SECRETS_PID is the keyring daemon's process. Needs dbus-run-session, dbus-send and gnome-keyring-daemon.
set -euo pipefail

if [ "${WITH_SECRETS_INNER:-}" != 1 ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  mkdir -m 700 "$folder/run" "$folder/data"
  WITH_SECRETS_INNER=1 XDG_RUNTIME_DIR="$folder/run" XDG_DATA_HOME="$folder/data" \
    dbus-run-session -- bash "$0" "$@"
  exit
fi

printf 'ci' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
export SECRETS_PID=$!
end_daemon() {
  kill "$SECRETS_PID" 2>/dev/null || true
  kill -CONT "$SECRETS_PID" 2>/dev/null || true # one that a test has stopped keeps the TERM for later
  wait "$SECRETS_PID" 2>/dev/null || true
}
trap end_daemon EXIT

for _ in $(seq 100); do
  if dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'; then
    ready=1
    break
  fi
  sleep 0.05
done
[ "${ready:-}" = 1 ] || { echo 'no Secret Service appeared' >&2; exit 1; }

"$@"
