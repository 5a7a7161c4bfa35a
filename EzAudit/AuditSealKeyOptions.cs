using EzAudit.Extensibility;

namespace EzAudit;

/// <summary>How the key of a ledger is created.</summary>
public sealed class AuditSealKeyOptions
{
    /// <summary>The active siteaccess; if <see langword="null"/>, that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</summary>
    public string? SiteAccess { get; init; }

    /// <summary>Plugins in addition to those that audit.ini names.</summary>
    public IReadOnlyList<IAuditPlugin> Plugins { get; init; } = [];

    /// <summary>The directory of the key, relative to the root or absolute; if <see langword="null"/>, <c>KeyDir</c> of the settings. A signer has none.</summary>
    public string? KeyDirectory { get; init; }

    /// <summary>The name of a new ledger in its checkpoints and keys; if <see langword="null"/>, <c>Origin</c> of the settings. A ledger that exists keeps its name.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether an existing key is destroyed and replaced. The ledger then has a new trust root from the next checkpoint on.</summary>
    public bool Replaces { get; init; }
}
