using System.Text;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Sealing.Comparing;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Proving;
using EzAudit.Sealing.Verifying;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sources;
using EzAudit.Writing.Building;
using NodaTime;

namespace EzAudit;

/// <summary>The ledger of a sealed log directory, for those who verify it: needs no private key, writes nothing, and never blocks the writers. Thread-safe.</summary>
public sealed partial class AuditLedger
{
    private readonly IReadOnlyList<VerificationKey> _keys;
    private readonly Func<string, IReadOnlyList<string>> _functionsOf;

    // The newest checkpoint as the writer keeps it beside its key, if there are settings.
    private string? _localAnchor;

    // The zone of classic records, if there are settings.
    private DateTimeZone? _zone;

    private AuditLedger(string directory, IReadOnlyList<VerificationKey> keys, Func<string, IReadOnlyList<string>> functionsOf)
    {
        Directory = directory;
        _keys = keys;
        _functionsOf = functionsOf;
    }

    /// <summary>The log directory, absolute.</summary>
    public string Directory { get; }

    /// <summary>The verification keys whose signatures count.</summary>
    public IReadOnlyList<string> TrustedKeys => [.. _keys.Select(key => key.ToString())];

    /// <summary>
    /// Opens the ledger of the log directory that the settings of a root name. Trusts the key in <c>KeyDir</c>, if there is one: that convinces nobody else, because
    /// whoever can change the log may be able to change that file. See <see cref="WithKeys"/>. The newest checkpoint in <c>KeyDir</c> is an anchor, too.
    /// </summary>
    /// <param name="root">The directory that contains <c>settings/</c>; if <see langword="null"/>, it is found as a writer finds it.</param>
    /// <param name="siteAccess">The active siteaccess; if <see langword="null"/>, that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</param>
    /// <param name="plugins">Plugins in addition to those that audit.ini names.</param>
    /// <exception cref="AuditSettingsException">The settings cannot be used; lists every problem with its file and line.</exception>
    public static AuditLedger Open(string? root = null, string? siteAccess = null, IEnumerable<IAuditPlugin>? plugins = null)
    {
        var source = new SettingsSource(root is null ? AuditRoot.Find() : Path.GetFullPath(root), siteAccess ?? AuditRoot.SiteAccess);
        ComposedSettings composed = new SettingsComposer(source, [.. plugins ?? []], new AuditRegistry()).Compose();
        if (composed.Settings is not { } settings) throw new AuditSettingsException(composed.Problems.All);
        string directory = Path.GetFullPath(Path.Combine(settings.Root, settings.LogDirectory));
        string keyFile = Path.Combine(settings.Seal.KeyDirectory, $"{KeyStem}.vkey");
        bool isKey = settings.Seal.KeyDirectory.Length > 0 && File.Exists(keyFile);
        IReadOnlyList<VerificationKey> keys = isKey && VerificationKey.TryParse(File.ReadAllText(keyFile).TrimEnd('\n'), out VerificationKey? key) ? [key] : [];
        string anchor = Path.Combine(settings.Seal.KeyDirectory, $"{KeyStem}.checkpoint");
        return new AuditLedger(directory, keys, name => FunctionsOf(settings, name))
        {
            _localAnchor = settings.Seal.KeyDirectory.Length > 0 ? anchor : null, _zone = settings.TimeZone,
        };
    }

    /// <summary>Opens the ledger of a log directory without settings, such as a copy on another machine. Trusts no key: see <see cref="WithKeys"/>.</summary>
    /// <param name="directory">The log directory, which contains <c>ledger/</c>.</param>
    public static AuditLedger OpenDirectory(string directory) => new(Path.GetFullPath(directory), [], static _ => []);

    /// <summary>The same ledger, verified with other keys.</summary>
    /// <param name="keys">The verification keys as <c>ezaudit seal init</c> printed them: the first key of the ledger, and one for each later trust root.</param>
    /// <exception cref="ArgumentException">A text is not a verification key.</exception>
    public AuditLedger WithKeys(params IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new AuditLedger(Directory, [.. keys.Select(text => KeyOf(text, nameof(keys)))], _functionsOf) { _localAnchor = _localAnchor, _zone = _zone };
    }

    /// <summary>Verifies the ledger, and the log files that it vouches for. Damage is never an exception, but a finding.</summary>
    /// <param name="options">Anchors, and how the verification runs.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException"><see cref="AuditVerifyOptions.Since"/> is not a checkpoint.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public AuditVerification Verify(AuditVerifyOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new AuditVerifyOptions();
        if (FindObstacle() is { } problem) return Unverified(problem);
        using LedgerVerification verification = LedgerVerification.Complete(SetupOf(options), cancellationToken);
        return verification.Result;
    }

    /// <summary>The same on the thread pool.</summary>
    /// <inheritdoc cref="Verify"/>
    public Task<AuditVerification> VerifyAsync(AuditVerifyOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Verify(options, cancellationToken), cancellationToken);

    /// <summary>
    /// Verifies the ledger, and that a store has the records for which it vouches, unchanged and no others. The log files need not exist any more; where they do, they
    /// supply what the store does not have.
    /// </summary>
    /// <param name="store">The records of the store.</param>
    /// <param name="options">Anchors, and how the verification runs. <see cref="AuditVerifyOptions.Since"/> is ignored.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public AuditVerification VerifyStore(IAuditPlacedRecords store, AuditVerifyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new AuditVerifyOptions();
        if (FindObstacle() is { } problem) return Unverified(problem);
        DateTimeZone? zone = options.TimeZone is { } id ? DateTimeZoneProviders.Tzdb[id] : _zone;
        VerifySetup setup = SetupOf(options);
        setup = setup with { Since = null, Anchors = [.. setup.Anchors, .. store.ReadCheckpoints(_keys[0].Name).SelectMany(kept => AnchorText.Find(kept.Key, kept.Value))] };
        return StoreVerification.Complete(setup, store, zone, cancellationToken);
    }

    /// <summary>The newest checkpoint and the state of the ledger. Reads only the end of the ledger and verifies nothing; takes milliseconds.</summary>
    /// <returns><see langword="null"/> if there is no ledger.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public AuditLedgerStatus? Status() =>
        System.IO.Directory.Exists(Path.Combine(Directory, SealSettings.LedgerDirectory)) ? LedgerTail.Read(Directory) : null;

    /// <summary>The proof of a record, which can be checked with a trusted key and without the log. It discloses the other records of the same leaf.</summary>
    /// <param name="file">The log file, relative to the log directory or absolute.</param>
    /// <param name="offset">The offset of the record's first byte; in a compressed file, of the decompressed text.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The text of a file in the format tlog-proof of C2SP.</returns>
    /// <exception cref="AuditLedgerException">The ledger is damaged, or does not vouch for this record.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public string Prove(string file, long offset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        string name = Path.GetRelativePath(Directory, Path.GetFullPath(Path.Combine(Directory, file))).Replace(Path.DirectorySeparatorChar, '/');
        return Prove(maker => maker.OfRecordAt(name, offset), cancellationToken);
    }

    /// <summary>The proof of a record of a leaf.</summary>
    /// <param name="leaf">The index of the leaf.</param>
    /// <param name="record">The number of the record in the leaf, from 1.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="Prove(string, long, CancellationToken)"/>
    public string Prove(long leaf, int record, CancellationToken cancellationToken = default) => Prove(maker => maker.OfLeaf(leaf, record), cancellationToken);

    /// <summary>Checks the proof of a record. Needs neither log nor ledger.</summary>
    /// <param name="proof">The text of the proof.</param>
    /// <param name="keys">The verification keys that are trusted.</param>
    /// <exception cref="ArgumentException">A text is not a verification key.</exception>
    public static AuditProof VerifyProof(string proof, IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(keys);
        var check = new RecordProofCheck([.. keys.Select(text => KeyOf(text, nameof(keys)))]);
        if (!RecordProof.TryParse(Encoding.UTF8.GetBytes(proof), out RecordProof? parsed, out string? problem) || !check.TryProve(parsed, out ProvenRecord? record, out problem))
            return new AuditProof { Problem = problem };
        return new AuditProof
        {
            File = record.FileName,
            Offset = record.Offset,
            Record = record.Bytes,
            Leaf = record.LeafIndex,
            Time = LedgerTime.Of(record.Time),
            Checkpoint = record.Checkpoint.Note,
            Origin = record.TrustRoot.Name,
            TrustedKey = record.TrustRoot.ToString(),
        };
    }

    /// <summary>What the ledger vouches for and is unchanged, by the path of the log file.</summary>
    internal IReadOnlyDictionary<string, VerifiedFile> FindVerified(CancellationToken cancellationToken)
    {
        if (_keys.Count == 0) throw new AuditLedgerException($"{Directory}: nothing is verified, because no key is trusted.");
        if (!System.IO.Directory.Exists(Path.Combine(Directory, SealSettings.LedgerDirectory))) throw new AuditLedgerException($"{Directory}: nothing is verified, because there is no ledger.");
        using LedgerVerification verification = LedgerVerification.Complete(SetupOf(new AuditVerifyOptions()) with { KeepsVerified = true }, cancellationToken);
        return verification.Verified;
    }

    private string Prove(Func<ProofMaker, RecordProof> make, CancellationToken cancellationToken)
    {
        try
        {
            using var maker = new ProofMaker(SetupOf(new AuditVerifyOptions()), cancellationToken);
            return Encoding.UTF8.GetString(make(maker).ToBytes());
        }
        catch (ProofException refused)
        {
            throw new AuditLedgerException($"{Directory}: {refused.Message}.");
        }
    }

    // Why nothing can be verified.
    private string? FindObstacle() => _keys.Count == 0 ? "no key is trusted; name the verification key that \"ezaudit seal init\" printed"
        : System.IO.Directory.Exists(Path.Combine(Directory, SealSettings.LedgerDirectory)) ? null
        : "there is no ledger in this directory";

    private AuditVerification Unverified(string problem) => new() { Result = AuditVerificationResult.Unverified, Directory = Directory, Problem = problem };

    private VerifySetup SetupOf(AuditVerifyOptions options) => new(Directory, _keys)
    {
        Anchors =
        [
            // One that cannot be read says nothing: a power cut may have damaged it.
            .. File.Exists(_localAnchor) ? AnchorText.Find(_localAnchor, File.ReadAllText(_localAnchor)).Where(anchor => anchor.Checkpoint is not null) : [],
            .. options.AnchorFiles.SelectMany(path => AnchorText.Find(path, File.ReadAllText(path))),
            .. options.Anchors.SelectMany((text, i) => AnchorText.Find($"anchor {i + 1}", text)),
        ],
        Since = options.Since is { } since ? AnchorText.Find("", since)[^1].Checkpoint ?? throw new ArgumentException("The checkpoint of the last verification is none: a signed note of five lines is expected.") : null,
        FreshUntil = options.FreshUntil,
        Threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
        Progress = options.Progress,
        FunctionsOf = _functionsOf,
    };

    private static VerificationKey KeyOf(string text, string parameter) => VerificationKey.TryParse(text.Trim(), out VerificationKey? key)
        ? key
        : throw new ArgumentException($"\"{text}\" is not a verification key, such as \"ezaudit seal init\" prints.", parameter);

    private static IReadOnlyList<string> FunctionsOf(AuditSettings settings, string name) =>
        [.. settings.FileNames.Where(file => LogListing.IsNameOf(file.Value.Value, name)).Select(file => file.Key).Order(StringComparer.Ordinal)];
}
