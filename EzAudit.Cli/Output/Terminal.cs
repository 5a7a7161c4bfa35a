using System.Text;

namespace EzAudit.Cli.Output;

/// <summary>Standard output and standard error, and whether they are terminals.</summary>
internal sealed class Terminal : IDisposable
{
    private const int PlainWidth = 120;
    private const int MaxProblems = 20;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly OutputStream _stream = new();
    private readonly Lazy<StreamWriter> _output;

    public Terminal() => _output = new Lazy<StreamWriter>(() => new StreamWriter(_stream, Utf8, 4096, leaveOpen: true) { AutoFlush = true });

    /// <summary>For text. It shares its buffer with the bytes, so their order is kept.</summary>
    public TextWriter Output => _output.Value;

    public TextWriter Error { get; } = new StreamWriter(StandardStream.OpenError(), Utf8, 1024) { AutoFlush = true };

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsTerminal { get; } = !Console.IsOutputRedirected;

    /// <summary>Whether standard error is a terminal.</summary>
    public bool IsErrorTerminal { get; } = !Console.IsErrorRedirected;

    /// <summary>Whether to use colours: on a terminal that supports them, unless NO_COLOR is set (no-color.org).</summary>
    public bool HasColor => IsTerminal
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public int Width => IsTerminal && TerminalSize.Width is > 0 and int width ? width : PlainWidth;

    public void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public void WriteLine(string text)
    {
        Output.Write(text);
        Output.Write('\n');
    }

    public void Flush() => _stream.Flush();

    /// <summary>Writes an error message, with the characters escaped that could control the terminal.</summary>
    public void WriteError(string message)
    {
        // Records found so far appear before the message.
        if (IsTerminal) Flush();
        try
        {
            Error.WriteLine($"ezaudit: {VisibleText.Of(message, keepsLines: true)}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed or full: the exit code must suffice.
        }
    }

    /// <summary>Writes the first problems, and how many more there are.</summary>
    public void WriteProblems<T>(IReadOnlyCollection<T> problems) where T : notnull
    {
        foreach (T problem in problems.Take(MaxProblems)) WriteError(problem.ToString()!);
        if (problems.Count > MaxProblems) WriteError($"and {problems.Count - MaxProblems} more; \"ezaudit check --logs\" lists all");
    }

    public void Dispose()
    {
        try
        {
            Error.Dispose();
            Flush();
        }
        catch (Exception failure) when (failure is OutputClosedException or IOException)
        {
            // The output is gone, or the failure has been reported already.
        }
    }
}
