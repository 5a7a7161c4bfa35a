namespace EzAudit.Tests.Formats.Secrets;

/// <summary>A field of the corpus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Secret">What must not be written of it; <see langword="null"/> where all of it must.</param>
internal sealed record CorpusField(string Name, string Value, string? Secret = null);
