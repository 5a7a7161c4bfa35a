using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>Writes records one by one in an output format.</summary>
internal interface IRecordOutput
{
    void Write(AuditFoundRecord record);

    /// <summary>Must be called after the last record.</summary>
    void Finish()
    {
    }
}
