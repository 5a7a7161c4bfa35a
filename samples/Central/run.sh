#!/usr/bin/env bash
# A central audit trail on one machine: two web sites, a stream of three servers, a collector, and a store in PostgreSQL.
#
#   samples/Central/run.sh [DIRECTORY]
#
# Needs .NET and, from Debian, nats-server and postgresql-15. Everything is kept in DIRECTORY, a new one by default, and listens on 127.0.0.1, at the ten
# ports from $PORT (15080) on. Ctrl+C stops everything.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
port=${PORT:-15080}
configuration=${CONFIGURATION:-Release}
dir=$(realpath "${1:-$(mktemp -d "${TMPDIR:-/tmp}/ezaudit-central.XXXXXX")}")
mkdir -p "$dir"/{store,sockets,site1,site2}
pgbin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
PATH=$PATH:/usr/sbin
# PostgreSQL refuses to run as root.
as_postgres=()
if [[ $(id -u) == 0 ]]; then
    as_postgres=(setpriv --reuid=nobody --regid=nogroup --clear-groups --)
    chmod 755 "$dir" && chown nobody "$dir/store" "$dir/sockets"
fi

stop() {
    trap - EXIT INT TERM
    kill $(jobs -p) 2>/dev/null || true
    wait
    "${as_postgres[@]}" "$pgbin/pg_ctl" -D "$dir/store" -m fast stop >/dev/null 2>&1 || true
    echo "Stopped. Everything is still in $dir."
}
trap stop EXIT
trap 'exit 0' INT TERM
wait_for() { # COMMAND...: until it succeeds, for two minutes.
    for ((i = 0; i < 600; i++)); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
    echo "run.sh: \"$*\" did not succeed; see the logs in $dir" >&2
    exit 1
}

echo "Building; the first time takes a minute or two ..."
if [[ ${EZAUDIT_BUILD:-yes} != no ]]; then
    for project in EzAudit.Cli samples/Newsroom; do dotnet build $project -c "$configuration" -v q -clp:ErrorsOnly --nologo; done
fi
ezaudit() { dotnet "EzAudit.Cli/bin/$configuration/net10.0/EzAudit.Cli.dll" "$@"; }

# The store. Three roles: the owner creates the tables, the collector may only insert, the auditor may only read.
[[ -e $dir/store/PG_VERSION ]] || "${as_postgres[@]}" "$pgbin/initdb" -D "$dir/store" -U owner -A trust -E UTF8 >"$dir/postgres.log"
"${as_postgres[@]}" "$pgbin/pg_ctl" -D "$dir/store" -l "$dir/sockets/postgres.log" -o "-c listen_addresses= -c unix_socket_directories=$dir/sockets" -w start >/dev/null
store="Host=$dir/sockets;Database=postgres;Username"
ezaudit store init --run --connection "$store=owner"
"$pgbin/psql" -q -h "$dir/sockets" -U owner postgres <<<"DO \$\$ BEGIN CREATE ROLE collector LOGIN; CREATE ROLE auditor LOGIN; EXCEPTION WHEN duplicate_object THEN END \$\$;
    GRANT ezaudit_writer TO collector; GRANT ezaudit_reader TO auditor;"

# The stream: three servers, each of which keeps every message, so that one of them may be away.
routes=$(for n in 0 1 2; do printf 'nats://127.0.0.1:%s,' $((port + 5 + n)); done)
for n in 0 1 2; do
    printf 'server_name: n%s\nlisten: "127.0.0.1:%s"\njetstream { store_dir: "%s" }\ncluster { name: audit, listen: "127.0.0.1:%s", routes: [%s] }\n' \
        $n $((port + 2 + n)) "$dir/nats$n" $((port + 5 + n)) "${routes%,}" >"$dir/nats$n.conf"
    nats-server -c "$dir/nats$n.conf" >"$dir/nats$n.log" 2>&1 &
done
export EZAUDIT_STREAM="nats://127.0.0.1:$((port + 2)),nats://127.0.0.1:$((port + 3)),nats://127.0.0.1:$((port + 4))"
wait_for ezaudit stream init --run

# The collector, and the sites. Each writes its records into its own files and, through a spool, into the stream.
EZAUDIT_STORE_CENTRAL="$store=collector" ezaudit collect --store central --dead-letters "$dir/dead-letters" --health "127.0.0.1:$((port + 8))" 2>"$dir/collector.log" &
for n in 1 2; do
    [[ -e $dir/site$n/settings ]] || cp -r samples/Newsroom/settings "$dir/site$n/settings"
    sed "s|@ORIGIN@|web$n/newsroom|; s|@URL@|$EZAUDIT_STREAM|" samples/Central/audit.ini.append >"$dir/site$n/settings/override/audit.ini.append"
    dotnet "samples/Newsroom/bin/$configuration/net10.0/Newsroom.dll" --data="$dir/site$n" --Urls="http://127.0.0.1:$((port + n - 1))" >"$dir/site$n.log" 2>&1 &
done
for n in 1 2; do wait_for curl -fs "http://127.0.0.1:$((port + n - 1))/healthz"; done
wait_for curl -fs "http://127.0.0.1:$((port + 8))/health"

cat <<END

Two sites: http://127.0.0.1:$port and http://127.0.0.1:$((port + 1)); $dir/site1.log says who can sign in.
The collector: http://127.0.0.1:$((port + 8))/health and /metrics
Ask the store, in another terminal in $PWD:

  export EZAUDIT_STORE_CENTRAL="$store=auditor"
  dotnet run --project EzAudit.Cli -c Release -- search --store central --function service-start
  dotnet run --project EzAudit.Cli -c Release -- tail --store central -f

Try this: kill -9 any one of the processes, go on using the sites, start it again. Everything is in $dir.
Ready. Ctrl+C stops everything.
END
wait
