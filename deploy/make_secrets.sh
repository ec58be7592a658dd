#!/bin/sh
# Makes the secrets of compose.yaml once, as files that only their owner and the containers' user can read.
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
# compose mounts the files as they are, and the containers run as 10001
chown 10001 ./* 2>/dev/null || chmod 644 postgres_password recap_db_url dagster_db_url service_secret
