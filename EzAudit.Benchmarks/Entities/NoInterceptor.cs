using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.Benchmarks.Entities;

/// <summary>A command interceptor that does nothing.</summary>
internal sealed class NoInterceptor : DbCommandInterceptor;
