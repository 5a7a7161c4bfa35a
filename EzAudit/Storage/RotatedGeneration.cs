using NodaTime;

namespace EzAudit.Storage;

/// <summary>A rotated file, or two while it is being compressed.</summary>
/// <param name="Name">Its name without <c>.gz</c>.</param>
/// <param name="Files">The files that are there.</param>
/// <param name="Modified">When it was last written to.</param>
internal sealed record RotatedGeneration(RotatedName Name, IReadOnlyList<RotatedName> Files, Instant Modified)
{
    /// <summary><see langword="null"/> where something under its name is no file, or nothing is there any more.</summary>
    public static RotatedGeneration? Of(ILogDirectory directory, RotatedName name, IEnumerable<RotatedName> files)
    {
        RotatedName[] all = [.. files];
        FileIdentity[] identities = [.. all.Select(file => directory.Identify(file.ToString())).OfType<FileIdentity>()];
        bool isOurs = identities.Length > 0 && Array.TrueForAll(identities, identity => identity.IsRegular);
        return isOurs ? new RotatedGeneration(name, all, identities.Max(identity => identity.Modified)) : null;
    }
}
