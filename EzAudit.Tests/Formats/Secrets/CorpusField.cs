namespace EzAudit.Tests.Formats.Secrets;

/// <summary>A field of the corpus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Secret">The part that must not be written; <see langword="null"/> if all of it must be.</param>
internal sealed record CorpusField(string Name, string Value, string? Secret = null);
