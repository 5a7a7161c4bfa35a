using System.Globalization;

namespace EzAudit.Benchmarks;

/// <summary>What all comparisons do with their figures.</summary>
internal static class Figures
{
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Prints a line the same way in every culture.</summary>
    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs something in a directory of its own, which is deleted afterwards.</summary>
    /// <param name="parent">Where to create it.</param>
    /// <param name="name">What it is for, in its name.</param>
    /// <param name="run">What to run.</param>
    public static void InDirectory(string parent, string name, Action<string> run)
    {
        DirectoryInfo directory = Directory.CreateDirectory(Path.Combine(parent, $"ezaudit-{name}-{Environment.ProcessId}"));
        try
        {
            run(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
