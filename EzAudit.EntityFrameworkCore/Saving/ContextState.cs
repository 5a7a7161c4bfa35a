using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Saving;

/// <summary>What is remembered of a context while it saves; nothing of a save outlasts it, so a pool may hand the context on.</summary>
internal sealed class ContextState
{
    private static readonly ConditionalWeakTable<DbContext, ContextState> States = [];

    /// <summary>What is recorded of the context; known when it has saved something.</summary>
    public Capture? Capture { get; set; }

    /// <summary>The save whose commands run. One inside another has the outer one's place meanwhile.</summary>
    public Save? Running { get; set; }

    /// <summary>The save whose commands have run, until EF has accepted its changes.</summary>
    public Save? Executed { get; set; }

    public static ContextState Of(DbContext context) => States.GetOrCreateValue(context);

    public static ContextState? Find(DbContext context) => States.TryGetValue(context, out ContextState? state) ? state : null;
}
