-- EzAudit's central store, schema version 1. Texts contain no NUL and no lone surrogate, which PostgreSQL refuses: they are written as in the
-- classic format, \u{0} and \u{d800}, and the backslash of a literal \u{ as \u{5c}.

CREATE SCHEMA ezaudit;
COMMENT ON SCHEMA ezaudit IS 'Audit trail of EzAudit';

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Group roles. Grant them to the roles that log in: GRANT ezaudit_writer TO shop;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ezaudit_writer') THEN CREATE ROLE ezaudit_writer NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ezaudit_reader') THEN CREATE ROLE ezaudit_reader NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    -- A store in another database of this server was created at the same time.
    NULL;
END $$;

CREATE TABLE ezaudit.schema_version (
    version integer PRIMARY KEY,
    applied timestamptz NOT NULL DEFAULT now(),
    applied_by text NOT NULL DEFAULT session_user
);

-- What was done to the store itself, such as dropping a month.
CREATE TABLE ezaudit.store_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    time timestamptz NOT NULL DEFAULT clock_timestamp(),
    role text NOT NULL DEFAULT session_user,
    event text NOT NULL,
    detail jsonb NOT NULL
);

-- One start of one writer. A record is identified by the run and its number within it.
CREATE TABLE ezaudit.audit_run (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin text COLLATE "C" NOT NULL CHECK (octet_length(origin) <= 1000),
    run text COLLATE "C" NOT NULL CHECK (octet_length(run) <= 200),
    host text COLLATE "C" NOT NULL,
    application text COLLATE "C" NOT NULL,
    instance text COLLATE "C" NOT NULL,
    first_seen timestamptz NOT NULL DEFAULT now(),
    opened_by text NOT NULL DEFAULT session_user,
    UNIQUE (origin, run)
);

CREATE TABLE ezaudit.audit_record (
    time timestamptz NOT NULL,
    ticks bigint NOT NULL,
    run integer NOT NULL,
    number bigint NOT NULL,
    function text COLLATE "C" NOT NULL,
    login text COLLATE "C" NOT NULL,
    actor_id text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    address_key text COLLATE "C" NOT NULL,
    session text COLLATE "C",
    trace text COLLATE "C",
    succeeded boolean NOT NULL,
    fields jsonb NOT NULL,
    bytes bytea NOT NULL,
    ledger_position bigint,
    ledger_digest bytea,
    xact bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint
) PARTITION BY RANGE (time);

COMMENT ON COLUMN ezaudit.audit_record.time IS 'Time of the event, truncated to microseconds';
COMMENT ON COLUMN ezaudit.audit_record.ticks IS 'The exact time: units of 100 nanoseconds since the year 1, UTC';
COMMENT ON COLUMN ezaudit.audit_record.address_key IS 'An IP address in its usual spelling, an IPv4 one also if it is mapped to IPv6; the first 64 characters of any other address';
COMMENT ON COLUMN ezaudit.audit_record.fields IS 'Array of objects with one name and its value each, in order: [{"Node ID": "124"}, {"Comment": "Moved"}]';
COMMENT ON COLUMN ezaudit.audit_record.bytes IS 'The record in the format of the target, as a log file would contain it';
COMMENT ON COLUMN ezaudit.audit_record.xact IS 'The transaction that inserted it, by which new records are found';

-- Records of a month without a partition.
CREATE TABLE ezaudit.audit_record_default PARTITION OF ezaudit.audit_record DEFAULT;

-- Makes a second copy of a record fail. It contains the time because a unique index must contain the partition key; a record never changes its time.
CREATE UNIQUE INDEX audit_record_id ON ezaudit.audit_record (run, number, time);

CREATE INDEX audit_record_time ON ezaudit.audit_record (time);
CREATE INDEX audit_record_function ON ezaudit.audit_record (function, time);
-- An index entry has at most 2704 bytes, and these texts have any length.
CREATE INDEX audit_record_login ON ezaudit.audit_record (left(login, 64), time);
CREATE INDEX audit_record_actor_id ON ezaudit.audit_record (left(actor_id, 64), time);
CREATE INDEX audit_record_address ON ezaudit.audit_record (address_key, time);
CREATE INDEX audit_record_xact ON ezaudit.audit_record USING brin (xact);
-- A longer list of pending entries than the default of 4 MB makes inserts about 1.8 times as fast.
CREATE INDEX audit_record_fields ON ezaudit.audit_record USING gin (fields jsonb_path_ops) WITH (gin_pending_list_limit = 16384);

-- What text search searches. Its index, the most expensive of all, is built by "ezaudit store index", for past months and days only.
CREATE FUNCTION ezaudit.search_text(login text, actor_id text, address text, fields jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN login || E'\n' || actor_id || E'\n' || address || E'\n' || fields::text;

-- Records are never changed or deleted one by one, not even by the owner.
CREATE FUNCTION ezaudit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail cannot be changed: % of %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = 'Months that are no longer needed are dropped with "ezaudit store drop".';
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON ezaudit.audit_record FOR EACH ROW EXECUTE FUNCTION ezaudit.refuse();
ALTER TABLE ezaudit.audit_record ENABLE ALWAYS TRIGGER refuse_change;
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ezaudit.audit_record FOR EACH STATEMENT EXECUTE FUNCTION ezaudit.refuse();
ALTER TABLE ezaudit.audit_record ENABLE ALWAYS TRIGGER refuse_truncate;
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ezaudit.audit_record_default FOR EACH STATEMENT EXECUTE FUNCTION ezaudit.refuse();
ALTER TABLE ezaudit.audit_record_default ENABLE ALWAYS TRIGGER refuse_truncate;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ezaudit.audit_run FOR EACH STATEMENT EXECUTE FUNCTION ezaudit.refuse();
ALTER TABLE ezaudit.audit_run ENABLE ALWAYS TRIGGER refuse_change;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ezaudit.store_event FOR EACH STATEMENT EXECUTE FUNCTION ezaudit.refuse();
ALTER TABLE ezaudit.store_event ENABLE ALWAYS TRIGGER refuse_change;

-- Writers call the following functions with the rights of the owner.

CREATE FUNCTION ezaudit.open_run(origin text, run text, host text, application text, instance text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    found_id integer;
BEGIN
    SELECT r.id INTO found_id FROM ezaudit.audit_run r WHERE r.origin = $1 AND r.run = $2;
    IF found_id IS NULL THEN
        INSERT INTO ezaudit.audit_run (origin, run, host, application, instance) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;
        SELECT r.id INTO found_id FROM ezaudit.audit_run r WHERE r.origin = $1 AND r.run = $2;
    END IF;
    RETURN found_id;
END $$;

-- Makes a table the partition of a month. Attaching locks out neither readers nor writers of the other months, unlike CREATE TABLE ... PARTITION OF.
CREATE FUNCTION ezaudit.attach_month(name text, first date, next date) RETURNS void LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ezaudit.%I FOR EACH STATEMENT EXECUTE FUNCTION ezaudit.refuse()', name);
    EXECUTE format('ALTER TABLE ezaudit.%I ENABLE ALWAYS TRIGGER refuse_truncate', name);
    EXECUTE format('ALTER TABLE ezaudit.audit_record ATTACH PARTITION ezaudit.%I FOR VALUES FROM (%L) TO (%L)', name, first, next);
    EXECUTE format('ALTER TABLE ezaudit.%I ENABLE ALWAYS TRIGGER refuse_change', name);
END $$;

-- Creates the partition of a month unless it exists. Returns whether it exists now: otherwise the records of the month go into the default partition.
CREATE FUNCTION ezaudit.prepare_month(month date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' SET timezone = 'UTC' AS $$
DECLARE
    first date := date_trunc('month', month);
    name text := 'audit_record_' || to_char(first, 'YYYY_MM');
    next date := first + interval '1 month';
BEGIN
    IF to_regclass('ezaudit.' || name) IS NOT NULL THEN RETURN true; END IF;
    -- A wrong clock must not leave behind thousands of partitions.
    IF first NOT BETWEEN now() - interval '10 years' AND now() + interval '2 months' THEN RETURN false; END IF;
    -- One at a time. Not an advisory lock: only the lock of a table makes this session notice which tables others have created.
    LOCK TABLE ezaudit.schema_version IN SHARE UPDATE EXCLUSIVE MODE;
    IF to_regclass('ezaudit.' || name) IS NOT NULL THEN RETURN true; END IF;
    IF EXISTS (SELECT FROM ezaudit.audit_record_default WHERE time >= first AND time < next) THEN RETURN false; END IF;
    EXECUTE format('CREATE TABLE ezaudit.%I (LIKE ezaudit.audit_record INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    PERFORM ezaudit.attach_month(name, first, next);
    RETURN true;
EXCEPTION WHEN lock_not_available OR deadlock_detected OR check_violation THEN
    RETURN false;
END $$;

-- Which of some records of a run are in the store. The times need only enclose those of the records.
CREATE FUNCTION ezaudit.stored_numbers(run integer, numbers bigint[], first_time timestamptz, last_time timestamptz) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.number FROM ezaudit.audit_record r WHERE r.run = $1 AND r.number = ANY ($2) AND r.time BETWEEN $3 AND $4
$$;

-- The owner calls the following functions.

CREATE FUNCTION ezaudit.drop_month(month date, reason text) RETURNS bigint LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    name text := 'audit_record_' || to_char(month, 'YYYY_MM');
    records bigint;
    first timestamptz;
    last timestamptz;
BEGIN
    IF to_regclass('ezaudit.' || name) IS NULL THEN RAISE EXCEPTION 'the store has no partition for %', to_char(month, 'YYYY-MM'); END IF;
    EXECUTE format('ALTER TABLE ezaudit.audit_record DETACH PARTITION ezaudit.%I', name);
    EXECUTE format('SELECT count(*), min(time), max(time) FROM ezaudit.%I', name) INTO records, first, last;
    EXECUTE format('DROP TABLE ezaudit.%I', name);
    INSERT INTO ezaudit.store_event (event, detail)
        VALUES ('drop-month', jsonb_build_object('month', to_char(month, 'YYYY-MM'), 'records', records, 'first', first, 'last', last, 'reason', reason));
    RETURN records;
END $$;

-- Moves the records of a month from the default partition to a new one.
CREATE FUNCTION ezaudit.move_month(month date) RETURNS bigint LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    first date := date_trunc('month', month);
    name text := 'audit_record_' || to_char(first, 'YYYY_MM');
    next date := first + interval '1 month';
    records bigint;
BEGIN
    LOCK TABLE ezaudit.schema_version IN SHARE UPDATE EXCLUSIVE MODE;
    LOCK TABLE ezaudit.audit_record_default IN ACCESS EXCLUSIVE MODE;
    IF NOT EXISTS (SELECT FROM ezaudit.audit_record_default WHERE time >= first AND time < next) THEN
        RAISE EXCEPTION 'the default partition has no record of %', to_char(first, 'YYYY-MM');
    END IF;
    EXECUTE format('CREATE TABLE ezaudit.%I (LIKE ezaudit.audit_record INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('INSERT INTO ezaudit.%I SELECT * FROM ezaudit.audit_record_default WHERE time >= %L AND time < %L', name, first, next);
    GET DIAGNOSTICS records = ROW_COUNT;
    -- The lock keeps everybody else out while the records may be deleted.
    ALTER TABLE ezaudit.audit_record_default DISABLE TRIGGER refuse_change;
    DELETE FROM ezaudit.audit_record_default WHERE time >= first AND time < next;
    ALTER TABLE ezaudit.audit_record_default ENABLE ALWAYS TRIGGER refuse_change;
    PERFORM ezaudit.attach_month(name, first, next);
    INSERT INTO ezaudit.store_event (event, detail) VALUES ('move-month', jsonb_build_object('month', to_char(first, 'YYYY-MM'), 'records', records));
    RETURN records;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ezaudit FROM PUBLIC;
GRANT USAGE ON SCHEMA ezaudit TO ezaudit_writer, ezaudit_reader;
GRANT SELECT ON ezaudit.schema_version TO ezaudit_writer, ezaudit_reader;
GRANT INSERT ON ezaudit.audit_record TO ezaudit_writer;
GRANT EXECUTE ON FUNCTION ezaudit.open_run(text, text, text, text, text), ezaudit.prepare_month(date),
    ezaudit.stored_numbers(integer, bigint[], timestamptz, timestamptz) TO ezaudit_writer;
GRANT EXECUTE ON FUNCTION ezaudit.search_text(text, text, text, jsonb) TO ezaudit_writer, ezaudit_reader;
GRANT SELECT ON ezaudit.audit_record, ezaudit.audit_run, ezaudit.store_event TO ezaudit_reader;
