using EzAudit.Formats.Classic;
using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>Finds the function of classic records of one file that are read in place. Not thread-safe.</summary>
internal sealed class ViewFunction(AuditLogFile file, ClassicTime time)
{
    private readonly ByteTable _marks = new();
    private readonly List<string?> _names = [];

    public string? Of(in ClassicView view)
    {
        if (FunctionMark.TryFind(view, out ReadOnlySpan<byte> mark)) return OfMark(mark) ?? file.OnlyFunction;
        return file.OnlyFunction ?? file.ByFields?.Invoke(ClassicRecord.Make(view, time));
    }

    private string? OfMark(ReadOnlySpan<byte> mark)
    {
        int number = _marks.NumberOf(mark);
        if (number == _names.Count) _names.Add(FunctionMark.Read(mark));
        return _names[number];
    }
}
