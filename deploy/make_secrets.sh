#!/bin/sh
# Create the secrets of compose.yaml once, as files that only their owner can read. The containers run as user 10001, so
# that user gets the files. If chown is not permitted, the script prints the command and does not widen permissions.
set -eu
cd "$(dirname "$0")/secrets"
umask 077
random() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
make() { [ -s "$1" ] || { printf %s "$2" > "$1"; echo "made deploy/secrets/$1"; }; }
make postgres_password "$(random)"
password=$(cat postgres_password)
make recap_db_url "postgresql://alt_pipelines:$password@postgres:5432/recap"
make dagster_db_url "postgresql://alt_pipelines:$password@postgres:5432/dagster"
make service_secret "$(random)"
make runs_token "$(random)"
make admin_token "$(random)"
chmod 600 ./*
# compose mounts the files with their owner and mode
if [ "$(id -u)" != 10001 ] && ! chown 10001 ./* 2>/dev/null; then
  echo "The containers run as user 10001 and cannot read these files yet. Give them away as root:" >&2
  echo "  sudo chown 10001 $(pwd)/*" >&2
  exit 1
fi
