using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of one category in a line or two each, so that their files read like a table.</summary>
internal sealed class FunctionGroup(string category)
{
    /// <param name="name">Its name.</param>
    /// <param name="fileName">The log file that is proposed for it.</param>
    /// <param name="eventName">Its event word.</param>
    /// <param name="sentence">Its sentence, field names in braces.</param>
    /// <param name="fields">The names of its fields in their order.</param>
    /// <param name="ecs">Its category and types in the Elastic Common Schema: <c>iam/user,change</c>.</param>
    /// <param name="ocsf">Its class and activity in the Open Cybersecurity Schema Framework: <c>3001:3</c>.</param>
    /// <param name="severity">How grave its records are.</param>
    /// <param name="outcome">How the acts end that it tells of.</param>
    public AuditFunction Define(
        string name,
        string fileName,
        string eventName,
        string sentence,
        string[] fields,
        string ecs,
        string ocsf,
        AuditSeverity severity = AuditSeverity.Info,
        AuditOutcome outcome = AuditOutcome.Success) => new()
        {
            Name = name,
            DefaultFileName = fileName,
            EventName = eventName,
            Sentence = sentence,
            Fields = fields.AsReadOnly(),
            FieldLimits = OutsideFields.LimitsOf(fields),
            Category = category,
            Severity = severity,
            Outcome = outcome,
            Mappings = Mappings.Of(ecs, ocsf, fields),
        };
}
