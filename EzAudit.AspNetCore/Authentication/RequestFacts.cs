using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>What one request has shown and put on record so far, so that nothing is put there twice.</summary>
internal sealed class RequestFacts
{
    private List<string>? _done;

    /// <summary>How many schemes are looking at the request right now: who signs out meanwhile, revokes.</summary>
    public int Looking { get; set; }

    /// <summary>The id of the session, as its ticket has it.</summary>
    public string? SessionId { get; set; }

    /// <summary>Whether credentials were refused, and that is on record.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Whether access was denied, and that is on record.</summary>
    public bool IsDenied { get; set; }

    /// <summary>What was asked last of authorization. Its handlers go on with it, so it is looked at when the answer is known.</summary>
    public AuthorizationHandlerContext? Asked { get; set; }

    public static RequestFacts Of(HttpContext context)
    {
        if (context.Features.Get<RequestFacts>() is { } known) return known;
        var facts = new RequestFacts();
        context.Features.Set(facts);
        return facts;
    }

    /// <summary>Whether this is the first time for an act in this request.</summary>
    public bool IsFirst(string act, string scheme)
    {
        string name = act + scheme;
        _done ??= [];
        if (_done.Contains(name)) return false;
        _done.Add(name);
        return true;
    }
}
