namespace EzAudit.Formats.Secrets;

/// <summary>What stands between the name of a secret and its value.</summary>
internal enum KeySeparator
{
    None,
    Colon,
    Equals,

    /// <summary><c>=&gt;</c>, <c>==</c> or <c>:=</c>.</summary>
    Long,

    /// <summary>The end of an XML tag.</summary>
    Element,

    /// <summary>Blanks alone, as behind <c>--password</c> and before <c>'...'</c> in SQL.</summary>
    Blank,

    /// <summary>A verb, as in "the password is hunter2".</summary>
    Verb,
}
