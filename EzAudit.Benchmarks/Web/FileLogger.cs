using System.Text;
using Microsoft.Extensions.Logging;

namespace EzAudit.Benchmarks.Web;

/// <summary>A minimal file logger: writes the message and a line break under a lock.</summary>
internal sealed class FileLogger(string path, int bufferSize) : ILoggerProvider, ILogger
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize);
    private readonly Lock _gate = new();
    private byte[] _bytes = new byte[1024];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string message = formatter(state, exception);
        lock (_gate)
        {
            int most = Encoding.UTF8.GetMaxByteCount(message.Length) + 1;
            if (_bytes.Length < most) _bytes = new byte[most];
            int length = Encoding.UTF8.GetBytes(message, _bytes);
            _bytes[length++] = (byte)'\n';
            _file.Write(_bytes, 0, length);
        }
    }

    public void Dispose() => _file.Dispose();
}
