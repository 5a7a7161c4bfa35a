using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Decides where the middleware runs: in front of everything, unless the application calls <c>app.UseEzAudit()</c>.</summary>
internal sealed class RequestPipeline(IServiceProviderIsService services)
{
    private IApplicationBuilder? _place;

    /// <summary>Whether the middleware runs where the application called <c>UseEzAudit</c>. Known when the pipeline is built.</summary>
    public bool IsInPlace => _place is not null && !IsBehindAuthentication;

    private bool IsBehindAuthentication { get; set; }

    /// <summary>Notes a call of <c>UseEzAudit</c>.</summary>
    public void Place(IApplicationBuilder app)
    {
        // A branch of the pipeline may call it too.
        if (_place is not WebApplication) _place = app;
    }

    /// <summary>Call it after the application's own calls, and before the host adds to the pipeline.</summary>
    /// <remarks>
    /// <see cref="WebApplication"/> puts authentication and authorization in front of the application's middleware, unless the application
    /// adds them itself. Their refusals must be recorded, so the middleware then runs in front of everything.
    /// </remarks>
    public void Settle() => IsBehindAuthentication = _place is WebApplication
        && (IsAddedByHost<IAuthenticationSchemeProvider>("__AuthenticationMiddlewareSet") || IsAddedByHost<IAuthorizationHandlerProvider>("__AuthorizationMiddlewareSet"));

    // The keys by which UseAuthentication and UseAuthorization tell WebApplication that they were called.
    private bool IsAddedByHost<TService>(string calledKey) => services.IsService(typeof(TService)) && !_place!.Properties.ContainsKey(calledKey);
}
