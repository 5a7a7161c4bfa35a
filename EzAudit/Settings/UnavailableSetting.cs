namespace EzAudit.Settings;

/// <summary>A use of a key whose feature is not built yet: it is refused, as a promise that would not be kept.</summary>
/// <param name="Key">The key to blame, where the section sets it.</param>
/// <param name="IsUsed">Whether the section's values ask for the feature.</param>
/// <param name="Wanted">What can be set today.</param>
internal sealed record UnavailableSetting<T>(string Key, Func<T, bool> IsUsed, string Wanted);
