using System.Runtime.Versioning;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Linux;

namespace EzAudit.Writing.Building;

/// <summary>Checks at startup who else could change log files or replace them.</summary>
/// <remarks>
/// eZ Publish's own site.ini configures 0666 and 0777, and its PHP creates files and directories with these permissions. If the settings say so,
/// they are accepted; EzAudit itself never grants write permission to others.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class AccessTest(AuditSettings settings, SettingsProblems problems)
{
    private const int MaxLinks = 40;

    private readonly AccessRule _rule = settings.AccessRule();

    /// <summary>Checks a directory of log files, its parents, and its existing log files. Returns false if records must not go there.</summary>
    public bool Run(string path, IEnumerable<string> files)
    {
        int before = problems.ErrorCount;
        foreach (string above in ParentsOf(path)) CheckParent(above);
        if (Ownership.Of(path) is { } directory) CheckDirectory(path, directory, files);
        return problems.ErrorCount == before;
    }

    private void CheckDirectory(string path, Ownership directory, IEnumerable<string> files)
    {
        Add(path, _rule.CheckDirectory(directory));
        if (directory.IsWritableByAll && !directory.IsOpenToAll)
            Warn(path, $"a directory in which every user can create files ({directory.Octal})", "one that others cannot write to (chmod o-w): anyone who takes the name of a log file first can stop its records");
        // Root may write to files of another user, as an operator's tools do.
        if (!directory.IsTrusted && Ownership.OwnUserId != Ownership.Root)
            Warn(path, $"a directory of user {directory.UserId}", $"one of user {Ownership.OwnUserId} (this process) or of root");
        foreach (string file in files.Select(file => Path.Combine(path, file)))
        {
            // A link is refused when it is opened, wherever it leads.
            if (new FileInfo(file).LinkTarget is not null) continue;
            if (Ownership.Of(file) is { } log && Ownership.Of(Path.GetDirectoryName(file)!) is { } parent) Add(file, _rule.CheckFile(log, parent));
        }
    }

    // Anyone who can rename a directory can replace it.
    private void CheckParent(string path)
    {
        if (Ownership.Of(path) is { IsOpenToAll: true } directory && !settings.OthersMayWriteDirectories)
        {
            Warn(
                path, $"a directory above the log directory that every user can write to ({directory.Octal})",
                "one that others cannot write to (chmod o-w, or chmod +t): any user can put another log directory in place of this one");
        }
    }

    // For a link, both the parents of the link and those of its destination.
    private static HashSet<string> ParentsOf(string path)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([path]);
        for (int links = 0; pending.TryPop(out string? next);)
        {
            for (string level = next; Path.GetDirectoryName(level) is { } parent; level = parent)
            {
                if (links < MaxLinks && new DirectoryInfo(level).LinkTarget is { } target)
                {
                    links++;
                    pending.Push(Path.GetFullPath(target, parent));
                }
                found.Add(parent);
            }
        }
        return found;
    }

    private void Add(string path, AccessProblem? problem)
    {
        if (problem is not null) problems.Add(new SettingsPlace(path), problem.Found, problem.Expected);
    }

    private void Warn(string path, string found, string expected) => problems.Warn(new SettingsPlace(path), found, expected);
}
