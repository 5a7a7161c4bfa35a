namespace EzAudit.Cli.Output;

/// <summary>Draws the bars of a histogram: the longest fills the width, and any count above zero gets at least one mark.</summary>
internal static class Bars
{
    public const char Block = '█';
    private const int Width = 40;

    public static string Of(long count, long largest, bool isPlain) =>
        count <= 0 ? "" : new string(isPlain ? '#' : Block, (int)Math.Max(1, count * Width / Math.Max(1, largest)));
}
