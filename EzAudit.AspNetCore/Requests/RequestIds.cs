using System.Text;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace EzAudit.AspNetCore.Requests;

/// <summary>The ids that a request asks for: values of names on a list of allowed ones. Nothing else of query and body is read.</summary>
internal sealed class RequestIds(IReadOnlySet<string> allowed)
{
    private const int MaxValues = 100;

    private StringBuilder? _text;
    private int _count;

    /// <summary><c>id=7, id=8</c> of route, query and form; <see langword="null"/> where there are none.</summary>
    /// <remarks>Of a form only what the application itself read as one: what it did not read, it was not asked for, and within its own limits.</remarks>
    public static string? Of(HttpContext context, RouteValueDictionary? route, IReadOnlySet<string> allowed)
    {
        var ids = new RequestIds(allowed);
        foreach ((string name, object? value) in route ?? []) ids.Add(name, new AuditField(name, value).Value, ", ");
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(context.Request.QueryString.Value))
            ids.Add(pair.DecodeName().ToString(), pair.DecodeValue().ToString(), ", ");
        if (context.Features.Get<IFormFeature>()?.Form is { } form)
        {
            foreach ((string name, var values) in form)
            {
                foreach (string? value in values) ids.Add(name, value, ", ");
            }
        }
        return ids._text?.ToString();
    }

    /// <summary><c>id=7&amp;id=8</c>, encoded as it was sent: what may be written of a query.</summary>
    public static string? OfQuery(QueryString query, IReadOnlySet<string> allowed)
    {
        if (!query.HasValue) return null;
        var ids = new RequestIds(allowed);
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(query.Value))
            ids.Add(pair.DecodeName().ToString(), pair.EncodedValue.ToString(), "&");
        return ids._text?.ToString();
    }

    private void Add(string name, string? value, string separator)
    {
        if (!allowed.Contains(name) || _count == MaxValues) return;
        _count++;
        _text = _text is null ? new StringBuilder() : _text.Append(separator);
        _text.Append(name).Append('=').Append(value);
    }
}
