using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.Benchmarks.Entities;

/// <summary>Intercepts commands and does nothing.</summary>
internal sealed class NoInterceptor : DbCommandInterceptor;
