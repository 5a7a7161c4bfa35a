using EzAudit.Records;

namespace EzAudit.Tests.Support;

/// <summary>The records of one log file and the problems in it, read to the end of the file.</summary>
internal sealed class ReadBack
{
    private readonly List<AuditLogProblem> _problems = [];

    private ReadBack(string path, AuditLogReaderOptions? options)
    {
        using AuditLogReader log = AuditLogReader.OpenFiles([path], options);
        Records = [.. log.Search(AuditQuery.All, new AuditReadOptions { OnProblem = _problems.Add })];
    }

    public IReadOnlyList<AuditFoundRecord> Records { get; }

    public IReadOnlyList<AuditLogProblem> Problems => _problems;

    /// <param name="path">The path of the file.</param>
    /// <param name="options">Its time zone or format; by default UTC, and classic or json.</param>
    public static ReadBack Of(string path, AuditLogReaderOptions? options = null) => new(path, options);
}
