namespace EzAudit.Benchmarks.Web;

/// <summary>What sits in front of the endpoint.</summary>
internal enum WebContender
{
    /// <summary>Nothing: the baseline.</summary>
    Without,

    /// <summary><c>AddAspNetCore</c> with an audit.ini that writes nothing about requests: only the context is opened.</summary>
    Context,

    /// <summary><c>AddAspNetCore</c> with a record for each request, handed to the operating system before the response is sent.</summary>
    Os,

    /// <summary>The same, but the record is written after the response: <c>OnFailure=continue</c>.</summary>
    OsContinue,

    /// <summary><c>AddAspNetCore</c> with a record for each request, in memory before the response is sent.</summary>
    Queue,

    /// <summary>ASP.NET Core's HttpLogging, each message written to a file immediately.</summary>
    HttpLogging,

    /// <summary>The same, with messages buffered in memory.</summary>
    HttpLoggingBuffered,

    /// <summary>ASP.NET Core's W3CLogger, which has its own queue and file.</summary>
    W3CLogger,
}
