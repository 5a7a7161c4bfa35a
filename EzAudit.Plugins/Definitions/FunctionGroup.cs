using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of one category in a few lines each, so that their files read like a table.</summary>
internal sealed class FunctionGroup(string category)
{
    /// <param name="name">The function's name.</param>
    /// <param name="fileName">The suggested log file.</param>
    /// <param name="eventName">The event name.</param>
    /// <param name="sentence">The sentence, with field names in braces.</param>
    /// <param name="fields">The names of the fields, in order.</param>
    /// <param name="ecs">The category and types in the Elastic Common Schema: <c>iam/user,change</c>.</param>
    /// <param name="ocsf">The class and activity in the Open Cybersecurity Schema Framework: <c>3001:3</c>.</param>
    /// <param name="severity">The severity of its records.</param>
    /// <param name="outcome">The outcome of the recorded actions.</param>
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
