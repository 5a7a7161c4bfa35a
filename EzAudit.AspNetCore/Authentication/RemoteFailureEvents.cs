using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Records failed sign-ins through a remote provider (OAuth, OpenID Connect). The application's own events still run.</summary>
/// <remarks>Events set through <c>EventsType</c> are not observed.</remarks>
internal sealed class RemoteFailureEvents<TOptions>(SecurityTrail trail) : IPostConfigureOptions<TOptions> where TOptions : RemoteAuthenticationOptions
{
    // Values from the provider that must stay secret.
    private static readonly string[] Secrets = ["code", "state", "id_token", "access_token", "session_state"];

    public void PostConfigure(string? name, TOptions options)
    {
        if (options.EventsType is not null || options.Events is not { } events) return;
        // OAuth and OpenID Connect both have this property; OpenID Connect's package is not referenced by this project.
        string? secret = typeof(TOptions).GetProperty("ClientSecret")?.GetValue(options) as string;
        Func<RemoteFailureContext, Task> fail = events.OnRemoteFailure;
        events.OnRemoteFailure = async context =>
        {
            await RecordAsync(context, secret).ConfigureAwait(false);
            await fail(context).ConfigureAwait(false);
        };
    }

    private async Task RecordAsync(RemoteFailureContext context, string? secret)
    {
        Exception failure = context.Failure ?? new AuthenticationFailureException("The provider refused the sign-in");
        string message = FailureText.Of(failure, SentBy(context.Request).Append(secret));
        await trail.WriteAsync(
            "user-failed-login-error", "", failure.GetType().Name, $"{context.Scheme.Name}: {message}", TraceId.Of(context.HttpContext)).ConfigureAwait(false);
    }

    private static IEnumerable<string?> SentBy(HttpRequest request)
    {
        IEnumerable<string?> inQuery = Secrets.SelectMany(name => request.Query[name]);
        // The handler has already read the form, if there is one.
        return request.HasFormContentType ? inQuery.Concat(Secrets.SelectMany(name => request.Form[name])) : inQuery;
    }
}
