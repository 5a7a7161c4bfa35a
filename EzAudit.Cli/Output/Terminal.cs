using System.Text;

namespace EzAudit.Cli.Output;

/// <summary>Standard output and standard error, and whether people look at them.</summary>
internal sealed class Terminal : IDisposable
{
    private const int PlainWidth = 120;
    private const int MaxProblems = 20;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly OutputStream _stream = new();
    private readonly Lazy<StreamWriter> _output;

    public Terminal() => _output = new Lazy<StreamWriter>(() => new StreamWriter(_stream, Utf8, 4096, leaveOpen: true) { AutoFlush = true });

    /// <summary>For text; it goes to the same buffer as bytes do, in the same order.</summary>
    public TextWriter Output => _output.Value;

    public TextWriter Error { get; } = new StreamWriter(StandardStream.OpenError(), Utf8, 1024) { AutoFlush = true };

    /// <summary>Whether people look at the output.</summary>
    public bool IsForPeople { get; } = !Console.IsOutputRedirected;

    /// <summary>Whether people look at standard error.</summary>
    public bool HasErrorForPeople { get; } = !Console.IsErrorRedirected;

    /// <summary>Whether colours are welcome: on a terminal that knows them, unless NO_COLOR says no (no-color.org).</summary>
    public bool HasColor => IsForPeople
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public int Width => IsForPeople && TerminalSize.Width is > 0 and int width ? width : PlainWidth;

    public void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public void WriteLine(string text)
    {
        Output.Write(text);
        Output.Write('\n');
    }

    public void Flush() => _stream.Flush();

    /// <summary>Tells people what is wrong; what may come from a file cannot steer their terminal.</summary>
    public void TellError(string message)
    {
        // What was found before stands before it.
        if (IsForPeople) Flush();
        try
        {
            Error.WriteLine($"ezaudit: {VisibleText.Of(message, keepsLines: true)}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Closed or full: the exit code has to say it alone.
        }
    }

    /// <summary>Tells the first of the problems, and how many more there are.</summary>
    public void TellProblems<T>(IReadOnlyCollection<T> problems) where T : notnull
    {
        foreach (T problem in problems.Take(MaxProblems)) TellError(problem.ToString()!);
        if (problems.Count > MaxProblems) TellError($"and {problems.Count - MaxProblems} more; \"ezaudit check --logs\" lists all");
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
            // Nobody is there to be told, or it was told already.
        }
    }
}
