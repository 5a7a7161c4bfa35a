#!/usr/bin/env bash
# Builds everything with warnings as errors and runs all tests.
# The last line reads "N passed, N failed, N skipped"; the exit code is 0 only if tests ran and none failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Debian packages that the tests need, as command:package.
# lnav and logrotate: the files in contrib/. zsh and fish: completion. strace: watches and breaks system calls. faketime (its library): changes clocks.
# setpriv and prlimit: run a child with fewer rights or resources. php: the language of eZ Publish. setsid: a session for the PostgreSQL server of the
# EF Core tests. chromium: visits the site of samples/Newsroom. mkfs.ext4 to mknod: the fault tests mount their own disks. rsyslogd and nats-server:
# run with the configuration of a test, never as daemons.
needed=(lnav:lnav nats-server:nats-server logrotate:logrotate strace:strace faketime:faketime setpriv:util-linux setsid:util-linux prlimit:util-linux php:php-cli mkfs.ext4:e2fsprogs e2fsck:e2fsprogs mount:mount umount:mount mknod:coreutils rsyslogd:rsyslog ip:iproute2 chromium:chromium zsh:zsh fish:fish)

missing=()
# rsyslogd's TLS is a library, not a command.
compgen -G '/usr/lib/*/rsyslog/lmnsd_ossl.so' >/dev/null || missing+=(rsyslog-openssl)
# The verifier docs/ezledger.py checks signatures with a library.
/usr/bin/python3 -c 'import cryptography' 2>/dev/null || missing+=(python3-cryptography)
# PostgreSQL's programs are not in the PATH.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql-15)
for need in "${needed[@]}"; do
    command -v "${need%%:*}" >/dev/null || missing+=("${need#*:}")
done
if ((${#missing[@]})); then
    # RUNLEVEL=1 keeps the packages from starting daemons.
    # postgresql-common must not create and start a cluster: the tests create their own.
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        [[ -e /etc/postgresql-common/createcluster.conf ]] || { mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf; }
        apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    else
        echo "test.sh: missing ${missing[*]}; run as root on Debian, or install them" >&2
    fi
fi

# syslog-ng would replace rsyslog if installed. Unpacked, with the libraries it needs, it runs next to it.
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

# The trx counters do not count skipped tests: they are those that neither passed nor failed.
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
