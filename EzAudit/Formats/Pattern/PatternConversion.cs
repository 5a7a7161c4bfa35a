namespace EzAudit.Formats.Pattern;

/// <summary>A conversion as it stands in a pattern.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Option">What stands in braces behind it; <see langword="null"/> without any.</param>
/// <param name="Padding">Its modifiers.</param>
/// <param name="At">Where its percent sign stands, from 1.</param>
/// <param name="Text">All of it.</param>
internal sealed record PatternConversion(string Name, string? Option, Padding Padding, int At, string Text);
