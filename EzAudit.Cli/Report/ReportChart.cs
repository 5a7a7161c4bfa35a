using System.Globalization;
using System.Text;

namespace EzAudit.Cli.Report;

/// <summary>Draws charts as SVG. Each column shows its value on hover; the page sets the colours.</summary>
internal static class ReportChart
{
    private const int Height = 160;
    private const int Width = 1000;
    private const int LabelHeight = 20;
    private const int MaxLabels = 12;
    private const int LetterWidth = 7;

    /// <summary>A column for each row, with as many labels as there is room for.</summary>
    public static string Columns(ReportSection section)
    {
        int count = section.Rows.Count;
        double step = (double)Width / count;
        double width = Math.Max(1, step * 0.8);
        int labelEach = Math.Max(1, (count + MaxLabels - 1) / MaxLabels);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height + LabelHeight}\" role=\"img\" aria-label=\"{ReportHtml.Encode($"{section.Title}: {Most(section)}")}\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"0\" y1=\"{Height}\" x2=\"{Width}\" y2=\"{Height}\"/>\n");
        double free = 0;
        for (int i = 0; i < count; i++)
        {
            ReportRow row = section.Rows[i];
            double height = row.Count == 0 ? 0 : Math.Max(2, (double)row.Count / Math.Max(1, section.Largest) * (Height - 10));
            string key = ReportHtml.Encode(row.Key);
            svg.Append(CultureInfo.InvariantCulture, $"<g><title>{key}: {row.Count}</title><rect class=\"hit\" x=\"{i * step:0.##}\" y=\"0\" width=\"{step:0.##}\" height=\"{Height}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{(i * step) + ((step - width) / 2):0.##}\" y=\"{Height - height:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" rx=\"1.5\"/></g>\n");
            if (i % labelEach == 0) free = Label(svg, row.Key, (i * step) + (step / 2), free);
        }
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Describes where the most records are.</summary>
    public static string Most(ReportSection section)
    {
        ReportRow most = section.Rows.MaxBy(row => row.Count)!;
        return string.Create(CultureInfo.InvariantCulture, $"most: {most.Count:N0} in {most.Key}");
    }

    // Inside the drawing, and only if the previous label leaves room. Returns where the next label may begin.
    private static double Label(StringBuilder svg, string key, double middle, double free)
    {
        double half = key.Length * LetterWidth / 2.0;
        double left = Math.Clamp(middle - half, 0, Math.Max(0, Width - (2 * half)));
        if (left < free) return free;
        (string place, double x) = left <= 0 ? (" class=\"first\"", 0) : left + (2 * half) >= Width ? (" class=\"last\"", Width) : ("", middle);
        svg.Append(CultureInfo.InvariantCulture, $"<text{place} x=\"{x:0.##}\" y=\"{Height + 15}\">{ReportHtml.Encode(key)}</text>\n");
        return left + (2 * half);
    }

    /// <summary>A bar next to a number in a table.</summary>
    public static string Bar(long count, long largest) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{Math.Max(1, 100.0 * count / Math.Max(1, largest)):0.##}\" height=\"10\"/></svg>");
}
