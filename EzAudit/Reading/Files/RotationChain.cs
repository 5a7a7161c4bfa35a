using EzAudit.Records;
using EzAudit.Storage.Rotating;

namespace EzAudit.Reading.Files;

/// <summary>The files with dated names that a log file was rotated to since the last look, in order, whatever happens to them meanwhile.</summary>
/// <remarks>
/// A dated name is given once, and its number is the next of its date. So files are opened by name, each only when it is its turn: a consistent view of all of
/// them cannot be had where they come faster than they can be opened. Compressing publishes the new file before it deletes the old one; who does not find
/// the old one finds the new one.
/// </remarks>
internal sealed class RotationChain(LogSource place)
{
    // More than that in one look is no gap but a name that somebody made up.
    private const int MostMissing = 100_000;

    private readonly string _logFile = Path.GetFileName(place.Path);
    private readonly HashSet<RotatedName> _known = [];

    /// <summary>Notes files that are not new.</summary>
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

    /// <summary>The names that are new, from the oldest to the newest; also those that only a gap in the numbers tells of.</summary>
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

    /// <summary>The file of a name, compressed or not; <see langword="null"/> where it is gone.</summary>
    public LogMember? Open(RotatedName name, ICollection<AuditLogProblem> unread) =>
        LogFinder.TryOpenBeside(place, name.ToString(), unread) ?? LogFinder.TryOpenBeside(place, (name with { IsCompressed = true }).ToString(), unread);

    private IEnumerable<RotatedName> Names()
    {
        foreach (string sibling in LogFinder.SiblingsOf(place))
        {
            if (RotatedName.TryParse(_logFile, sibling, out RotatedName? name)) yield return name;
        }
    }
}
