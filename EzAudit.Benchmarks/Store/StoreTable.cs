using System.Text;

namespace EzAudit.Benchmarks.Store;

/// <summary>Tables in Markdown, printed row by row.</summary>
internal sealed class StoreTable
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public void Begin(params ReadOnlySpan<string> headers)
    {
        Write("");
        Add(headers);
        Write($"|---|{string.Concat(Enumerable.Repeat("--:|", headers.Length - 1))}");
    }

    public void Add(params ReadOnlySpan<string> cells)
    {
        Write($"| {string.Join(" | ", cells!)} |");
    }

    private void Write(string line)
    {
        Console.WriteLine(line);
        _text.Append(line).Append('\n');
    }
}
