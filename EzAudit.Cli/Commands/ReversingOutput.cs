using EzAudit.Cli.Output;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>Collects records that arrive newest first, and passes them on oldest first.</summary>
internal sealed class ReversingOutput : IRecordOutput
{
    private readonly List<AuditFoundRecord> _records = [];

    public void Write(AuditFoundRecord record) => _records.Add(record);

    public void WriteReversed(IRecordOutput output)
    {
        for (int i = _records.Count - 1; i >= 0; i--) output.Write(_records[i]);
        output.Finish();
    }
}
