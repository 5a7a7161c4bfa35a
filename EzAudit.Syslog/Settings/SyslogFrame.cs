namespace EzAudit.Syslog.Settings;

/// <summary>The format of the text around a record.</summary>
internal enum SyslogFrame
{
    /// <summary><c>&lt;PRI>tag: text</c>, as log4net and log4j send it.</summary>
    Bare,

    /// <summary><c>&lt;PRI>Apr  7 12:20:33 host tag: text</c></summary>
    Rfc3164,

    /// <summary>Version 1, with structured data.</summary>
    Rfc5424,
}
