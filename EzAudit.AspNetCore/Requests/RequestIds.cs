using System.Text;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace EzAudit.AspNetCore.Requests;

/// <summary>The ids that a request asks for: values of allowed names. Nothing else of query or body is read.</summary>
internal sealed class RequestIds
{
    private const int MaxValues = 100;

    // The approximate limit on recorded characters: a form may have megabytes.
    private const int MaxChars = 8_000;

    private readonly IReadOnlySet<string> _allowed;
    private readonly bool _hasToken;
    private StringBuilder? _text;
    private int _count;
    private long _missing;

    private RequestIds(in RequestFacts facts, Endpoint? endpoint)
    {
        _allowed = facts.Plan.Settings.Ids;
        _hasToken = ConnectionToken.IsIn(facts.Context, endpoint);
    }

    /// <summary><c>id=7, id=8</c> from route, query and form; <see langword="null"/> if there are none.</summary>
    /// <remarks>Uses only a form that the application itself has read, within the application's own limits.</remarks>
    public static string? Of(in RequestFacts facts, Endpoint? endpoint, RouteValueDictionary? route, DetailReader details)
    {
        var ids = new RequestIds(facts, endpoint);
        details.Read("A route value", (ids, route), static state =>
        {
            foreach ((string name, object? value) in state.route ?? []) state.ids.Add(name, new AuditField(name, value).Value, ", ");
            return 0;
        });
        ids.AddQuery(facts.Query, ", ", isDecoded: true);
        details.Read("The form", (ids, facts.Context), static state =>
        {
            foreach ((string name, var values) in state.Context.Features.Get<IFormFeature>()?.Form ?? FormCollection.Empty)
            {
                foreach (string? value in values) state.ids.Add(name, value, ", ");
            }
            return 0;
        });
        return ids.Text;
    }

    /// <summary><c>id=7&amp;id=8</c>, encoded as sent: the part of the query that may be recorded.</summary>
    public static string? OfQuery(in RequestFacts facts, Endpoint? endpoint)
    {
        if (!facts.Query.HasValue) return null;
        var ids = new RequestIds(facts, endpoint);
        ids.AddQuery(facts.Query, "&", isDecoded: false);
        return ids.Text;
    }

    private string? Text => _missing == 0 ? _text?.ToString() : $"{_text} ...[+{_missing} characters]";

    private void AddQuery(QueryString query, string separator, bool isDecoded)
    {
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(query.Value))
        {
            string name = pair.DecodeName().ToString();
            if (_hasToken && name.Equals(ConnectionToken.Name, StringComparison.OrdinalIgnoreCase)) continue;
            Add(name, (isDecoded ? pair.DecodeValue() : pair.EncodedValue).ToString(), separator);
        }
    }

    private void Add(string name, string? value, string separator)
    {
        if (!_allowed.Contains(name) || _count == MaxValues) return;
        _count++;
        _text = _text is null ? new StringBuilder() : _text.Append(separator);
        _text.Append(name).Append('=');
        int kept = Math.Clamp(MaxChars - _text.Length, 0, value?.Length ?? 0);
        _text.Append(value, 0, kept);
        _missing += (value?.Length ?? 0) - kept;
    }
}
