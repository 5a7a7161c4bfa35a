namespace EzAudit.Formats.Secrets;

/// <summary>Where a secret stands in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The place behind its last character.</param>
/// <param name="PanEnd">Where the number of a payment card ends in it; 0 where it is none. Its last four digits may be shown.</param>
internal readonly record struct Secret(int Start, int End, int PanEnd = 0)
{
    /// <summary>No secret, as the answer of a search that reached the end.</summary>
    public static Secret None { get; } = new(int.MaxValue, int.MaxValue);

    public bool IsNone => Start == int.MaxValue;
}
