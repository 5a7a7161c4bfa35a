-- Schema version 2: where a sealed log file contains a record, and the store as an anchor of ledgers.

ALTER TABLE ezaudit.audit_record
    DROP COLUMN ledger_position,
    DROP COLUMN ledger_digest,
    ADD COLUMN ledger text COLLATE "C",
    ADD COLUMN ledger_file bigint,
    ADD COLUMN ledger_offset bigint;

COMMENT ON COLUMN ezaudit.audit_record.ledger IS 'The origin of the ledger that vouches for the bytes; NULL if none does';
COMMENT ON COLUMN ezaudit.audit_record.ledger_file IS 'The number of the log file in the ledger';
COMMENT ON COLUMN ezaudit.audit_record.ledger_offset IS 'Where the record starts in the log file';

-- Checkpoints of ledgers, which whoever changes a ledger cannot reach.
CREATE TABLE ezaudit.checkpoint (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ledger text COLLATE "C" NOT NULL CHECK (octet_length(ledger) <= 1000),
    size bigint NOT NULL,
    line text COLLATE "C" NOT NULL CHECK (octet_length(line) <= 2000),
    origin text COLLATE "C" NOT NULL CHECK (octet_length(origin) <= 1000),
    received timestamptz NOT NULL DEFAULT clock_timestamp(),
    role text NOT NULL DEFAULT session_user
);

COMMENT ON COLUMN ezaudit.checkpoint.line IS 'The checkpoint in its one-line form: ezaudit-checkpoint ORIGIN SIZE ROOT SIGNATURE';
COMMENT ON COLUMN ezaudit.checkpoint.origin IS 'Who sent it: the origin of the sender';

-- A checkpoint that is sent again changes nothing.
CREATE UNIQUE INDEX checkpoint_line ON ezaudit.checkpoint (ledger, size, line);

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ezaudit.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION ezaudit.refuse();
ALTER TABLE ezaudit.checkpoint ENABLE ALWAYS TRIGGER refuse_change;

GRANT INSERT (ledger, size, line, origin) ON ezaudit.checkpoint TO ezaudit_writer;
GRANT SELECT ON ezaudit.checkpoint TO ezaudit_reader;
