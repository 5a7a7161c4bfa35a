namespace EzAudit.Formats.Secrets;

/// <summary>What the name of a field says about its value.</summary>
internal enum NameKind
{
    /// <summary>Nothing: the value itself is searched.</summary>
    Other,

    /// <summary>It is an id, a code or a telephone number: no card, whatever its digits.</summary>
    Id,

    /// <summary>It is a secret.</summary>
    Secret,
}
