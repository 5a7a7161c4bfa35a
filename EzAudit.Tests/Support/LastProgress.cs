using EzAudit.Records;

namespace EzAudit.Tests.Support;

/// <summary>Keeps the last progress that was reported.</summary>
internal sealed class LastProgress : IProgress<AuditReadProgress>
{
    private volatile AuditReadProgress _value = new();

    public AuditReadProgress Value => _value;

    public void Report(AuditReadProgress value) => _value = value;
}
