using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing;
using EzAudit.Sealing.Anchors;
using EzAudit.Sealing.Keys;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Writing.Building;

/// <summary>The sealers of one reading of the settings: one for each directory of log files, if sealing is on.</summary>
internal sealed class OpenSealers(WriterOptions options, WriterServices services, AuditSettings settings, ComponentFactory components)
{
    private const string Stem = "seal";

    private readonly Dictionary<string, Sealer?> _sealers = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _rented = [];

    /// <summary>The handles that keep the sealers running; to be disposed after those of the log files.</summary>
    public IReadOnlyCollection<IDisposable> Rented => _rented;

    /// <summary>What identifies the sealer of a directory; <see langword="null"/> if sealing is off.</summary>
    public SealKey? KeyOf(string directory) => settings.Seal.Enabled && !options.IsTrial ? new SealKey(directory, TextOf(settings)) : null;

    /// <summary>The sealer of a directory; <see langword="null"/> if sealing is off, or the signer cannot be created.</summary>
    public Sealer? For(string directory)
    {
        if (KeyOf(directory) is not { } key) return null;
        if (_sealers.TryGetValue(directory, out Sealer? known)) return known;
        SealSigner? signer = services.Sealers.Contains(key) ? null : components.SealSigner(StemOf(directory));
        if (signer is null && !services.Sealers.Contains(key)) return _sealers[directory] = null;
        Sealer sealer = services.Sealers.Rent(key, () => Create(directory, signer!), out IDisposable use).Sealer;
        _rented.Add(use);
        return _sealers[directory] = sealer;
    }

    /// <summary>Opens the ledgers. A failure refuses no settings: records report it as their policies say.</summary>
    public void Start()
    {
        foreach (Sealer sealer in _sealers.Values.OfType<Sealer>())
        {
            try
            {
                sealer.Start();
            }
            catch (StorageException failure)
            {
                options.Diagnostics.Report("seal", failure.Message);
            }
        }
    }

    /// <summary>What it takes to write to the ledger of a directory without sealing files there; <see langword="null"/> if the signer cannot be created.</summary>
    public SealTools? ToolsOf(string directory) =>
        components.SealSigner(StemOf(directory)) is { } signer ? new SealTools(signer, Options(directory)) : null;

    /// <summary>Lets plugins check their settings even if nothing is sealed, because the writer is only a trial.</summary>
    public void CheckSettings()
    {
        if (!options.IsTrial || !settings.Seal.Enabled) return;
        foreach (NamedAnchor anchor in components.CreateAnchors()) anchor.Anchor.Dispose();
        components.SealSigner(Stem)?.Dispose();
    }

    private OpenSealer Create(string directory, SealSigner signer)
    {
        TimeSpan interval = settings.Seal.AnchorInterval.ToTimeSpan();
        var anchors = new AnchorPublisher(components.CreateAnchors(), interval, options.TimeProvider, options.Diagnostics.Report) { Wake = () => services.WakeAnchors() };
        return new OpenSealer(new Sealer(settings.DirectoryAt(directory), signer, Options(directory) with { Publish = anchors.Offer }), anchors);
    }

    private SealerOptions Options(string directory) => new()
    {
        LeafBytes = settings.Seal.LeafBytes,
        SegmentBytes = options.LedgerSegmentBytes,
        Epoch = settings.Seal.Epoch.ToTimeSpan(),
        Origin = OriginOf(directory),
        LocalAnchor = new LocalAnchor(SealKeyStore.DirectoryAt(settings.Seal.KeyDirectory), $"{StemOf(directory)}.checkpoint"),
        TimeProvider = options.TimeProvider,
        HostName = options.HostName,
        Report = message => options.Diagnostics.Report($"seal: {message}", message),
        Tampered = message => options.Diagnostics.Report($"seal: {message}", message, LogLevel.Critical),
        RootCreated = key => options.Diagnostics.Report(
            $"seal: {key}",
            $"{directory}: the ledger has a new verification key. Keep it where this machine cannot change it: {key}, fingerprint {key.Fingerprint}",
            LogLevel.Warning),
    };

    // Ledgers that share an anchor must be told apart there.
    private string OriginOf(string directory) => settings.Seal.Origin + StemOf(directory)[Stem.Length..];

    // Several directories may share one KeyDir.
    private string StemOf(string directory)
    {
        if (directory == Path.GetFullPath(Path.Combine(settings.Root, settings.LogDirectory))) return Stem;
        return $"{Stem}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..8]}";
    }

    private static string TextOf(AuditSettings settings)
    {
        SealSettings seal = settings.Seal;
        IEnumerable<string> anchors = seal.Anchors.Select(anchor => $"{anchor}: {TextOf(settings.Anchors[anchor])}");
        string signer = seal.Signer is null ? "" : TextOf(settings.Signers[seal.Signer]);
        return string.Create(CultureInfo.InvariantCulture, $"{seal.KeyDirectory}|{seal.LeafBytes}|{seal.Epoch}|{seal.AnchorInterval}|{seal.Origin}|{signer}|{string.Join('|', anchors)}");
    }

    private static string TextOf(ComponentSection section) => section.Type
        + string.Concat(section.Texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $" {text.Key}={text.Value.Value}"))
        + string.Concat(section.Arrays.OrderBy(array => array.Key, StringComparer.Ordinal).SelectMany(array => array.Value.Select(item => $" {array.Key}[{item.Name}]={item.Value}")));
}
