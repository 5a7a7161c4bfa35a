using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Notes;
using EzAudit.Settings.Model;
using EzAudit.Settings.Schema;
using EzAudit.Settings.Sources;
using EzAudit.Storage;
using EzAudit.Writing.Building;

namespace EzAudit;

/// <content>How the key of a ledger is created.</content>
public sealed partial class AuditLedger
{
    private const string KeyStem = "seal";
    private const int MaxNoteBytes = 8192;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Creates the first key of the ledger of a root, or asks the signer that the settings name for its key. Keep the verification key where nobody who can
    /// change the log can change it: whoever verifies the log needs it.
    /// </summary>
    /// <remarks>Run it as the user that runs the application, who must be able to read and replace the key. Writers may run at the same time.</remarks>
    /// <param name="root">The directory that contains <c>settings/</c>; if <see langword="null"/>, it is found as a writer finds it.</param>
    /// <param name="options">The siteaccess, the plugins, the directory, the origin, and whether an existing key is replaced.</param>
    /// <exception cref="AuditSettingsException">The settings cannot be used; lists every problem with its file and line.</exception>
    /// <exception cref="ArgumentException">No directory for the key is named, it is in the log directory, or the origin is invalid or not that of the ledger.</exception>
    /// <exception cref="IOException">There is a key already, the directory cannot be used, or the signer failed.</exception>
    public static AuditSealKey CreateKey(string? root = null, AuditSealKeyOptions? options = null)
    {
        options ??= new AuditSealKeyOptions();
        if (options.Origin is { } named && !ValueRules.Origin.TryParse(named, out _))
            throw new ArgumentException($"The origin \"{named}\" is invalid. Use {ValueRules.Origin.Expected}.", nameof(options));
        var registry = new AuditRegistry();
        var source = new SettingsSource(root is null ? AuditRoot.Find() : Path.GetFullPath(root), options.SiteAccess ?? AuditRoot.SiteAccess);
        ComposedSettings composed = new SettingsComposer(source, [.. options.Plugins], registry).Compose();
        if (composed.Settings is not { } settings) throw new AuditSettingsException(composed.Problems.All);
        if (options.KeyDirectory is { } other) settings = settings with { Seal = settings.Seal with { KeyDirectory = Path.GetFullPath(Path.Combine(settings.Root, other)) } };
        if (settings.Seal is { Signer: null, KeyDirectory.Length: 0 })
            throw new ArgumentException("There is no directory for the key. Set KeyDir in [SealSettings] of audit.ini, or name one.", nameof(options));
        string logs = Path.GetFullPath(Path.Combine(settings.Root, settings.LogDirectory));
        if ((settings.Seal.KeyDirectory + Path.DirectorySeparatorChar).StartsWith(logs + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ArgumentException($"The directory for the key is {settings.Seal.KeyDirectory}. Use one outside of the log directory, which is copied and shipped.", nameof(options));
        using SealSigner signer = new ComponentFactory(registry, settings, composed.Problems).SealSigner(KeyStem) ?? throw new AuditSettingsException(composed.Problems.All);
        try
        {
            using ILogDirectory directory = settings.DirectoryAt(logs);
            string? origin = OriginOf(directory);
            if (origin is not null && options.Origin is { } wanted && wanted != origin)
                throw new ArgumentException($"The origin of the ledger in {logs} is \"{origin}\". It stays the same for a ledger that exists.", nameof(options));
            return CreateKey(directory, signer, origin ?? options.Origin ?? settings.Seal.Origin, options.Replaces);
        }
        catch (SealKeyException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    // The origin of the ledger; null if there is none yet.
    private static string? OriginOf(ILogDirectory logs)
    {
        using IReadFile? file = logs.OpenRead($"{SealSettings.LedgerDirectory}/checkpoint");
        byte[] note = new byte[MaxNoteBytes];
        int length = file?.Read(note, 0) ?? 0;
        return SignedCheckpoint.TryParse(note.AsSpan(0, length), out SignedCheckpoint? newest, out _) ? newest.Checkpoint.Origin : null;
    }

    // Under the lock of the ledger, because a writer may be changing keys.
    private static AuditSealKey CreateKey(ILogDirectory logs, SealSigner signer, string origin, bool replaces)
    {
        using var lease = new FileLease(logs, SealSettings.LedgerDirectory);
        lease.Take(LockTimeout);
        try
        {
            var store = signer as SealKeyStore;
            if (!replaces && store is not null) Refuse(store.Load(), store.KeyPath);
            EpochKey key = signer.CreateRoot(origin);
            return new AuditSealKey { Origin = key.Key.Name, VerificationKey = key.Key.ToString(), Fingerprint = key.Key.Fingerprint, Path = store?.KeyPath };
        }
        finally
        {
            lease.Release();
        }
    }

    private static void Refuse(KeyFinding found, string path)
    {
        if (found.State == KeyState.Missing) return;
        string what = found.Found is { } key ? $"{path}: found {key}, expected no key" : found.Problem.TrimEnd('.');
        throw new IOException($"{what}. Replacing it begins a new trust root in the ledger, which whoever verifies the log must be told of.");
    }
}
