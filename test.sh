#!/usr/bin/env bash
# Builds everything with warnings as errors and runs all tests.
# The last line says "N passed, N failed, N skipped"; the exit code is 0 only if tests ran and none failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Debian packages that tests need: command and the package it is in.
# lnav and logrotate are friends in contrib/; zsh and fish complete what people type; strace shows what reaches the kernel and breaks it, faketime (its library) turns clocks, setpriv and prlimit run a child with less, php is eZ Publish's own language;
# setsid gives the PostgreSQL server of the EF Core tests a session of its own; chromium visits the site of samples/Newsroom; the fault tests mount disks of their own; rsyslogd is run by tests with a configuration of their own, never as a daemon.
needed=(lnav:lnav logrotate:logrotate strace:strace faketime:faketime setpriv:util-linux setsid:util-linux prlimit:util-linux php:php-cli mkfs.ext4:e2fsprogs e2fsck:e2fsprogs mount:mount umount:mount mknod:coreutils rsyslogd:rsyslog ip:iproute2 chromium:chromium zsh:zsh fish:fish)

missing=()
# A library, not a command: rsyslogd's TLS.
compgen -G '/usr/lib/*/rsyslog/lmnsd_ossl.so' >/dev/null || missing+=(rsyslog-openssl)
# Its programs are not in the PATH.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql-15)
for need in "${needed[@]}"; do
    command -v "${need%%:*}" >/dev/null || missing+=("${need#*:}")
done
if ((${#missing[@]})); then
    # RUNLEVEL=1: what is installed starts no daemons.
    # postgresql-common makes no cluster, and so starts none: the tests make one of their own.
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        [[ -e /etc/postgresql-common/createcluster.conf ]] || { mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf; }
        apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    else
        echo "test.sh: missing ${missing[*]}; run as root on Debian, or install them" >&2
    fi
fi

# syslog-ng cannot be installed beside rsyslog, whose place it would take: unpacked it runs, with the libraries it needs.
if ! command -v syslog-ng >/dev/null && [[ ! -x /opt/syslog-ng/usr/sbin/syslog-ng ]]; then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        package=$(mktemp -d)
        apt-get update -qq && apt-get install -y -qq --no-install-recommends libivykis0 libnet1 libwrap0 >/dev/null \
            && (cd "$package" && apt-get download -qq -o APT::Sandbox::User=root syslog-ng-core && dpkg -x syslog-ng-core_*.deb /opt/syslog-ng)
        rm -rf "$package"
    else
        echo "test.sh: missing syslog-ng-core; run as root on Debian, or install it" >&2
    fi
fi

dotnet build EzAudit.sln -c Release || exit 1

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet test EzAudit.sln -c Release --no-build --logger trx --results-directory "$results"
status=$?

# What ran and neither passed nor failed was skipped: the trx counters have no number for it.
total=0 passed=0 failed=0
for trx in "$results"/*.trx; do
    [[ -e $trx ]] || continue
    counters=$(grep -o '<Counters [^>]*>' "$trx")
    count() { grep -o " $1=\"[0-9]*\"" <<<"$counters" | tr -dc '0-9'; }
    total=$((total + $(count total)))
    passed=$((passed + $(count passed)))
    failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
done

((status == 0 && failed == 0 && passed > 0)) || exit_code=1
echo "$passed passed, $failed failed, $((total - passed - failed)) skipped"
exit "${exit_code:-0}"
