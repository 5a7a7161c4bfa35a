using EzAudit.Formats.Classic;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Matches classic records against a query in place, and creates a record only if the bytes cannot decide. Not thread-safe.</summary>
/// <remarks>
/// Optimized for speed: searches skip millions of records that do not match; measured by the benchmark read-back. Its answer is always that of
/// <see cref="QueryMatcher"/> for the record.
/// </remarks>
internal sealed class ClassicQueryMatcher
{
    private readonly QueryMatcher _test;
    private readonly ClassicTime _time;
    private readonly FunctionTest _functions;
    private readonly ViewFunction _function;
    private readonly long _since;
    private readonly long _until;
    private readonly byte[]?[] _actors;
    private readonly byte[]?[] _texts;
    private readonly FieldPlace[] _fields;
    private readonly ByteTable _addresses = new();
    private readonly List<bool> _areAddresses = [];
    private readonly bool _asksForTime;

    public ClassicQueryMatcher(QueryMatcher test, AuditLogFile file, ClassicTime time)
    {
        AuditQuery query = test.Query;
        _test = test;
        _time = time;
        _functions = test.FunctionsOf(file);
        _function = new ViewFunction(file, time);
        _since = query.Since?.UtcTicks ?? long.MinValue;
        _until = query.Until?.UtcTicks ?? long.MaxValue;
        _actors = [.. query.Actors.Select(PlainText.TryBytes)];
        _texts = [.. query.Texts.Select(text => query.IgnoreCase ? null : PlainText.TryBytes(text))];
        _fields = [.. query.Fields.Select((field, i) => new FieldPlace(field, query.IgnoreCase, test.FieldTests[i]))];
        _asksForTime = query is { Actors.Count: 0, Addresses.Count: 0, Fields.Count: 0, Texts.Count: 0 };
    }

    /// <summary>Whether the last record tested matches only if it belongs to one function of its file rather than another.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>The time of the record, in UTC ticks.</summary>
    public long TicksOf(in ClassicView view) => _time.ToUtcTicks(view.LocalTime);

    /// <param name="view">The record.</param>
    /// <param name="ticks">Its time.</param>
    public bool IsMet(in ClassicView view, long ticks)
    {
        IsInDoubt = false;
        if (ticks < _since || ticks >= _until) return false;
        if (!_asksForTime && !IsMetByText(view)) return false;
        if (!_functions.IsAsked) return true;
        Match match = _functions.Of(_function.Of(view), _test.Query.Outcome is null ? null : RecordOutcome.Of(view));
        IsInDoubt = match == Match.Maybe;
        return match == Match.Yes || (IsInDoubt && !_test.Query.OnlyCertain);
    }

    private bool IsMetByText(in ClassicView view)
    {
        if (BlockWalk.HasEscape(view.Lines)) return IsMetByRecord(view);
        bool? answer = IsActor(view) & IsAddress(view);
        if (answer == false) return false;
        return (answer & HasFields(view) & HasTexts(view)) ?? IsMetByRecord(view);
    }

    private bool IsMetByRecord(in ClassicView view) => _test.IsMet(ClassicRecord.Make(view, _time));

    private bool? IsActor(in ClassicView view)
    {
        if (_actors.Length == 0) return true;
        bool? answer = false;
        foreach (byte[]? actor in _actors)
        {
            if (actor is null) answer = null;
            else if (view.Login.SequenceEqual(actor) || view.Id.SequenceEqual(actor) || view.Actor.SequenceEqual(actor)) return true;
        }
        return answer;
    }

    private bool IsAddress(in ClassicView view)
    {
        if (_test.Query.Addresses.Count == 0) return true;
        int number = _addresses.NumberOf(view.Address);
        if (number == _areAddresses.Count) _areAddresses.Add(_test.IsAddress(ClassicText.Read(view.Address)));
        return _areAddresses[number];
    }

    private bool? HasFields(in ClassicView view)
    {
        bool? answer = true;
        foreach (FieldPlace field in _fields)
        {
            answer &= field.IsMet(view);
            if (answer == false) break;
        }
        return answer;
    }

    private bool? HasTexts(in ClassicView view)
    {
        bool? answer = true;
        foreach (byte[]? text in _texts)
        {
            if (text is null) answer = null;
            else if (view.Lines.IndexOf(text) < 0 || !HasText(view, text)) return false;
        }
        return answer;
    }

    private static bool HasText(in ClassicView view, byte[] text)
    {
        if (view.Login.IndexOf(text) >= 0 || view.Id.IndexOf(text) >= 0 || view.Address.IndexOf(text) >= 0) return true;
        for (ClassicFields fields = view.Fields; fields.MoveNext();)
        {
            if (fields.Name.IndexOf(text) >= 0 || fields.Value.IndexOf(text) >= 0) return true;
        }
        return false;
    }
}

/// <summary>Tests a field in the bytes of a classic record without escapes.</summary>
internal sealed class FieldPlace(AuditFieldTest test, bool ignoreCase, Func<string, bool> isMet)
{
    private readonly byte[]? _name = PlainText.TryBytes(test.Name);
    private readonly byte[]? _text = ignoreCase || test.Comparison == AuditFieldComparison.Matches ? null : PlainText.TryBytes(test.Text);
    private readonly bool _isContained = test.Comparison == AuditFieldComparison.Contains;

    /// <summary><see langword="null"/> if only the record itself can decide.</summary>
    public bool? IsMet(in ClassicView view)
    {
        if (_name is null) return null;
        for (ClassicFields fields = view.Fields; fields.MoveNext();)
        {
            if (fields.Name.SequenceEqual(_name) && IsMet(fields.Value, view.LineEndLength)) return true;
        }
        return false;
    }

    private bool IsMet(ReadOnlySpan<byte> value, int lineEndLength)
    {
        if (_text is null) return isMet(ClassicText.ReadLines(value, ClassicView.LineEnd(lineEndLength)));
        return _isContained ? value.IndexOf(_text) >= 0 : value.SequenceEqual(_text);
    }
}
