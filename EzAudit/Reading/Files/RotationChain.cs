using EzAudit.Records;
using EzAudit.Storage.Rotating;

namespace EzAudit.Reading.Files;

/// <summary>Finds the files with dated names that a log file was rotated to since the last look, in order, even if they are renamed or deleted meanwhile.</summary>
/// <remarks>
/// A dated name is used only once, and its number is the next one of its date. So files are opened by name, each when it is its turn: no consistent view of all
/// of them is possible if they appear faster than they can be opened. Compression publishes the new file before it deletes the old one; a reader that does not find
/// the old file finds the new one.
/// </remarks>
internal sealed class RotationChain(LogSource source)
{
    // A larger gap in one look is not a gap but a name that someone invented.
    private const int MostMissing = 100_000;

    private readonly string _logFile = Path.GetFileName(source.Path);
    private readonly HashSet<RotatedName> _known = [];

    /// <summary>Marks files as known.</summary>
    public void Know(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (RotatedName.TryParse(_logFile, Path.GetFileName(path), out RotatedName? name)) Know(name);
        }
    }

    public bool Knows(string path) =>
        RotatedName.TryParse(_logFile, Path.GetFileName(path), out RotatedName? name) && !name.IsNumbered && _known.Contains(name with { IsCompressed = false });

    public void Know(RotatedName name) => _known.Add(name with { IsCompressed = false });

    /// <summary>The new names, oldest first, including those that only a gap in the numbers reveals.</summary>
    public IReadOnlyList<RotatedName> FindNew()
    {
        RotatedName[] found = [.. Names().Where(name => !name.IsNumbered).Select(name => name with { IsCompressed = false }).Distinct().Where(name => !_known.Contains(name))];
        var names = new List<RotatedName>();
        foreach (IGrouping<string, RotatedName> date in found.GroupBy(name => name.Date).OrderBy(date => date.Key, StringComparer.Ordinal))
        {
            int last = _known.Where(name => name.Date == date.Key).Select(name => name.Number).DefaultIfEmpty(0).Max();
            foreach (RotatedName name in date.OrderBy(name => name.Number))
            {
                if (name.Number - last <= MostMissing)
                {
                    for (int number = last + 1; number < name.Number; number++) names.Add(name with { Number = number });
                }
                names.Add(name);
                last = Math.Max(last, name.Number);
            }
        }
        return names;
    }

    /// <summary>Opens the file with a name, compressed or not; <see langword="null"/> if it is gone.</summary>
    public LogMember? Open(RotatedName name, ICollection<AuditLogProblem> unread) =>
        LogFinder.TryOpenBeside(source, name.ToString(), unread) ?? LogFinder.TryOpenBeside(source, (name with { IsCompressed = true }).ToString(), unread);

    private IEnumerable<RotatedName> Names()
    {
        foreach (string sibling in LogFinder.SiblingsOf(source))
        {
            if (RotatedName.TryParse(_logFile, sibling, out RotatedName? name)) yield return name;
        }
    }
}
