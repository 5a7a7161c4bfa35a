using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit verify</c>: verifies the ledger with the log files or with the central store, or the proof of one record.</summary>
internal static class VerifyCommand
{
    private const int Intact = (int)AuditVerificationResult.Intact;
    private const int Tampered = (int)AuditVerificationResult.Tampered;
    private const int Unverified = (int)AuditVerificationResult.Unverified;

    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "verify",
            "Verifies that the log files are what was written, with the ledger and a verification key",
            "ezaudit verify --key 'example.com/shop+5f1e2a9c+AjBZMBMG...'",
            "ezaudit verify --dir /mnt/copy/audit --key shop.vkey --anchor checkpoints.log --fresh-within \"2 hours\"",
            "ezaudit verify --key shop.vkey --since last.checkpoint --json",
            "ezaudit verify --store central --dir /mnt/copy/audit --key shop.vkey",
            "ezaudit verify --proof order-7.tlog-proof --key shop.vkey") { ErrorCode = Unverified };
        var ledger = new KeyOption(context.Place);
        var options = new VerifyOptions();
        var proof = new Option<string?>("--proof") { Description = "Check the proof of one record instead, without log and ledger", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object" };
        ledger.AddTo(command);
        options.AddTo(command);
        command.Add(proof);
        command.Add(json);
        command.SetAction(parsed => parsed.GetValue(proof) is { } file
            ? VerifyProof(context, ledger.KeysOf(parsed), file, parsed.GetValue(json))
            : Verify(context, ledger.Open(parsed), (options.Read(parsed), options.StoreOf(parsed)), parsed.GetValue(json)));
        return command;
    }

    private static int Verify(ToolContext context, AuditLedger ledger, (AuditVerifyOptions Options, AuditStoreReader? Store) what, bool isJson)
    {
        AuditVerification verification;
        using (AuditStoreReader? store = what.Store)
        using (Progress progress = Progress.Start(context.Terminal))
            verification = store is null ? ledger.Verify(what.Options.With(progress), context.Stop) : store.Verify(ledger, what.Options, context.Stop);
        if (verification.Result == AuditVerificationResult.Unverified) throw new ToolException(verification.Directory, verification.Problem!);
        if (isJson) VerificationOutput.WriteJson(context.Terminal, verification, what.Store?.Place);
        else VerificationOutput.WriteText(context.Terminal, verification, ledger.TrustedKeys, what.Store?.Place);
        return (int)verification.Result;
    }

    private static int VerifyProof(ToolContext context, IReadOnlyList<string> keys, string file, bool isJson)
    {
        if (keys.Count == 0) throw new ToolException("--key", "missing; name the verification key that is trusted");
        AuditProof proof = AuditLedger.VerifyProof(File.ReadAllText(file), keys);
        if (isJson) VerificationOutput.WriteJson(context.Terminal, proof);
        else VerificationOutput.WriteText(context.Terminal, file, proof);
        return proof.IsValid ? Intact : Tampered;
    }

    /// <summary>The options of a verification.</summary>
    private sealed class VerifyOptions
    {
        private readonly Option<string[]> _anchors = new("--anchor")
        {
            Description = "File with checkpoints that were kept elsewhere: notes, or lines of a log that contain them. Repeat the option for several files",
            HelpName = "FILE",
        };
        private readonly Option<string?> _fresh = new("--fresh-within") { Description = "The newest entry must not be older than this, such as \"2 hours\" or 15min", HelpName = "DURATION" };
        private readonly Option<string?> _since = new("--since") { Description = "File with the checkpoint of the last verification: records that it covers are not read again", HelpName = "FILE" };
        private readonly Option<int> _threads = new("--threads") { Description = "Number of threads; defaults to one for each processor", HelpName = "N" };

        private readonly Option<string?> _store = new(StoreName.Option)
        {
            Description = $"Verify the central store instead of the log files, which may be gone: a connection string, or a NAME for the one in {StoreName.Variable}NAME",
            HelpName = "NAME",
        };
        private readonly Option<string?> _copied = new("--copied")
        {
            Description = "With --store: when the directory was copied; later checkpoints of the store are left out",
            HelpName = "TIME",
        };
        private readonly Option<string?> _timeZone = new("--time-zone") { Description = "With --store and --dir: time zone of classic records, such as Europe/Vienna", HelpName = "ID" };

        public void AddTo(Command command)
        {
            foreach (Option option in new Option[] { _anchors, _fresh, _since, _threads, _store, _copied, _timeZone }) command.Add(option);
        }

        /// <summary>The store that the command line names.</summary>
        public AuditStoreReader? StoreOf(ParseResult parsed)
        {
            if (parsed.GetValue(_store) is not { } store) return null;
            if (parsed.GetValue(_since) is not null) throw new ToolException(StoreName.Option, $"cannot be combined with {_since.Name}");
            try
            {
                return new AuditStoreReader(StoreName.ConnectionOf(store));
            }
            catch (ArgumentException failure)
            {
                throw StoreName.Refuse(failure);
            }
        }

        public AuditVerifyOptions Read(ParseResult parsed) => new()
        {
            AnchorFiles = parsed.GetValue(_anchors) ?? [],
            FreshUntil = parsed.GetValue(_fresh) is { } duration ? FreshUntil(duration) : null,
            Since = parsed.GetValue(_since) is { } file ? File.ReadAllText(file) : null,
            Threads = parsed.GetValue(_threads),
            Until = parsed.GetValue(_copied) is { } copied ? TimeOf(copied) : null,
            TimeZone = ZoneOf(parsed),
        };

        private string? ZoneOf(ParseResult parsed)
        {
            string? id = parsed.GetValue(_timeZone);
            if (id is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null) return id;
            throw new ToolException(_timeZone.Name, $"\"{id}\" is not a time zone; use an id such as Europe/Vienna");
        }

        private DateTimeOffset TimeOf(string text)
        {
            var times = new TimeText(DateTimeZone.Utc, SystemClock.Instance.GetCurrentInstant());
            return times.TryParse(text, out DateTimeOffset time) ? time : throw new ToolException(_copied.Name, $"\"{text}\" is not a time; use one such as {TimeText.Examples}");
        }

        private DateTimeOffset FreshUntil(string duration)
        {
            var times = new TimeText(DateTimeZone.Utc, SystemClock.Instance.GetCurrentInstant());
            return times.TryParse($"{duration} ago", out DateTimeOffset time) ? time : throw new ToolException(_fresh.Name, $"\"{duration}\" is not a duration; use one such as \"2 hours\", 15min or 1d");
        }
    }

    private static AuditVerifyOptions With(this AuditVerifyOptions options, Progress progress) => new()
    {
        AnchorFiles = options.AnchorFiles, FreshUntil = options.FreshUntil, Since = options.Since, Threads = options.Threads, Progress = progress,
    };
}
