using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>Writes records one after the other in one of the output's forms.</summary>
internal interface IRecordOutput
{
    void Write(AuditFoundRecord record);

    /// <summary>To be called behind the last record.</summary>
    void Finish()
    {
    }
}
