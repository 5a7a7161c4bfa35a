using EzAudit.Formats.InPlace;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;

namespace EzAudit.Reading.Matching;

/// <summary>Tests the records of one file against a query in place. Not thread-safe.</summary>
/// <remarks>Optimized for speed: searches skip millions of records that do not match. Measured by the benchmark read-back.</remarks>
internal sealed class RecordMatcher
{
    private readonly QueryMatcher _query;
    private readonly long _since;
    private readonly long _until;
    private readonly bool _asksForText;
    private readonly ByteTable _addresses = new();
    private readonly List<bool> _areAddresses = [];

    public RecordMatcher(QueryMatcher query, AuditLogFile file)
    {
        _query = query;
        _since = query.Query.Since?.UtcTicks ?? long.MinValue;
        _until = query.Query.Until?.UtcTicks ?? long.MaxValue;
        _asksForText = query.Actors.Count + query.Addresses.Count + query.Fields.Count + query.Texts.Count > 0;
        File = file;
        Functions = new FunctionMatcher(query, file);
    }

    public AuditLogFile File { get; }

    public FunctionMatcher Functions { get; }

    /// <summary>The only bytes of the file whose records count; <see langword="null"/> for all of it.</summary>
    public CoveredRanges? Verified { get; init; }

    /// <summary>Whether a record may be returned as far as its place is concerned.</summary>
    public bool IsVerified(long offset, int length) => Verified is null || Verified.Covers(offset, offset + length);

    /// <summary>Whether a record matches.</summary>
    /// <param name="view">The record.</param>
    /// <param name="isInDoubt">Whether it matches only if it belongs to one function of its file rather than another.</param>
    public bool IsMatch(in RecordView view, out bool isInDoubt)
    {
        isInDoubt = false;
        if (view.UtcTicks < _since || view.UtcTicks >= _until) return false;
        if (_asksForText && !IsMatchByText(view)) return false;
        if (!Functions.IsAsked) return true;
        Match match = Functions.IsMatch(view);
        isInDoubt = match == Match.Maybe;
        return match == Match.Yes || (isInDoubt && !_query.Query.OnlyCertain);
    }

    private bool IsMatchByText(in RecordView view)
    {
        bool hasEscapes = view.Syntax.HasEscape(view.Text);
        return IsActor(view, hasEscapes) && IsAddress(view) && HasFields(view, hasEscapes) && HasTexts(view, hasEscapes);
    }

    private bool IsActor(in RecordView view, bool hasEscapes)
    {
        foreach (ActorTest actor in _query.Actors)
        {
            if (actor.Matches(view, hasEscapes)) return true;
        }
        return _query.Actors.Count == 0;
    }

    private bool IsAddress(in RecordView view)
    {
        if (_query.Addresses.Count == 0) return true;
        int number = _addresses.NumberOf(view.Address);
        if (number == _areAddresses.Count)
        {
            string address = view.ReadText(view.Address);
            _areAddresses.Add(_query.Addresses.Any(test => test.Matches(address)));
        }
        return _areAddresses[number];
    }

    private bool HasFields(in RecordView view, bool hasEscapes)
    {
        foreach ((TextTest name, TextTest value) in _query.Fields)
        {
            if (!HasField(view, name, value, hasEscapes)) return false;
        }
        return true;
    }

    private static bool HasField(in RecordView view, TextTest name, TextTest value, bool hasEscapes)
    {
        for (RecordFields fields = view.Fields; fields.MoveNext();)
        {
            if (name.Matches(view, fields.Name, hasEscapes) && value.Matches(view, fields.Value, hasEscapes)) return true;
        }
        return false;
    }

    private bool HasTexts(in RecordView view, bool hasEscapes)
    {
        foreach (TextTest text in _query.Texts)
        {
            if (text.IsRuledOut(view, hasEscapes) || !HasText(view, text, hasEscapes)) return false;
        }
        return true;
    }

    private static bool HasText(in RecordView view, TextTest text, bool hasEscapes)
    {
        if (text.Matches(view, view.Login, hasEscapes) || text.Matches(view, view.Id, hasEscapes) || text.Matches(view, view.Address, hasEscapes)) return true;
        for (RecordFields fields = view.Fields; fields.MoveNext();)
        {
            if (text.Matches(view, fields.Name, hasEscapes) || text.Matches(view, fields.Value, hasEscapes)) return true;
        }
        return false;
    }
}
