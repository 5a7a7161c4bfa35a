using EzAudit.EntityFrameworkCore.Commands;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>The interceptors of a context without that of EzAudit for commands.</summary>
internal sealed class OtherInterceptors(IServiceProvider scope) : IInterceptors
{
    private readonly IInterceptors _all = scope.GetRequiredService<IInterceptors>();
    private bool _isFound;
    private IInterceptor? _commands;

    public TInterceptor? Aggregate<TInterceptor>() where TInterceptor : class, IInterceptor
    {
        if (typeof(TInterceptor) != typeof(IDbCommandInterceptor)) return _all.Aggregate<TInterceptor>();
        if (!_isFound) (_isFound, _commands) = (true, Find());
        return (TInterceptor?)_commands;
    }

    // As EF finds them: those among its services, then those of the options. EF's own aggregator keeps the first answer, so this is another one.
    private IInterceptor? Find()
    {
        IEnumerable<IInterceptor> added = scope.GetRequiredService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors ?? [];
        IInterceptor[] others = [.. scope.GetServices<IInterceptor>().Concat(added).Where(interceptor => interceptor is not CommandInterceptor)];
        Type aggregator = scope.GetServices<IInterceptorAggregator>().Last(known => known.InterceptorType == typeof(IDbCommandInterceptor)).GetType();
        return ((IInterceptorAggregator)ActivatorUtilities.CreateInstance(scope, aggregator)).AggregateInterceptors(others);
    }
}
