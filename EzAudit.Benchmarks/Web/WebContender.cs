namespace EzAudit.Benchmarks.Web;

/// <summary>What stands in front of the endpoint.</summary>
internal enum WebContender
{
    /// <summary>Nothing: what the others are compared with.</summary>
    Without,

    /// <summary><c>UseEzAudit</c> where audit.ini writes nothing of requests: only the context is opened.</summary>
    Context,

    /// <summary><c>UseEzAudit</c>, a record of each request, with the operating system before its answer leaves.</summary>
    Os,

    /// <summary>The same, the record written after the answer: <c>OnFailure=continue</c>.</summary>
    OsContinue,

    /// <summary><c>UseEzAudit</c>, a record of each request, in memory before its answer leaves.</summary>
    Queue,

    /// <summary>ASP.NET Core's HttpLogging, each message written to a file at once.</summary>
    HttpLogging,

    /// <summary>The same, messages gathered in memory.</summary>
    HttpLoggingBuffered,

    /// <summary>ASP.NET Core's W3CLogger, which has a queue and a file of its own.</summary>
    W3CLogger,
}
