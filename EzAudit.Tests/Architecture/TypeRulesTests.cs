using System.Reflection;
using EzAudit.AspNetCore.Security;
using EzAudit.Cli;
using EzAudit.Collector;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.Plugins;
using EzAudit.PostgreSql;
using EzAudit.Syslog;

namespace EzAudit.Tests.Architecture;

/// <summary>Rules for the types of the shipped assemblies.</summary>
[TestClass]
public sealed class TypeRulesTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] PublicDoors =
        ["EzAudit", "EzAudit.Records", "EzAudit.Extensibility", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting"];

    // They hold the writer of the process and the context of the flow, the two things that a static call has to find.
    private static readonly string[] HoldersOfState = ["EzAudit.AuditTrail", "EzAudit.AuditContext"];

    private static readonly Assembly Core = typeof(IAuditPlugin).Assembly;

    internal static readonly Assembly[] Shipped = [Core, typeof(EzPublishPlugin).Assembly, typeof(SyslogPlugin).Assembly, typeof(AuditStore).Assembly, typeof(NatsPlugin).Assembly, typeof(AuditCollector).Assembly, typeof(AuditAspNetCoreOptions).Assembly, typeof(AuditEntityOptions).Assembly, typeof(Tool).Assembly];

    [TestMethod]
    public void TheCoreIsPublicThroughItsDoorsOnly() =>
        Violations.AssertNone(Core.GetExportedTypes().Where(type => !PublicDoors.Contains(type.Namespace)).Select(type => type.FullName));

    [TestMethod]
    public void AnInternalClassIsSealedOrStaticOrAbstract() => Violations.AssertNone(
        Shipped.SelectMany(assembly => assembly.GetTypes()).Where(WrittenTypes.Are)
            .Where(type => type is { IsClass: true, IsVisible: false, IsSealed: false, IsAbstract: false })
            .Select(type => type.FullName));

    [TestMethod]
    public void NativeCodeIsCalledFromStorageAndTheTerminalOnly() => Violations.AssertNone(
        Shipped.SelectMany(assembly => assembly.GetTypes())
            // .NET cannot read a terminal's width without changing its mode.
            .Where(type => type.Namespace?.StartsWith("EzAudit.Storage", StringComparison.Ordinal) != true
                && type.FullName is not "EzAudit.Cli.Output.TerminalSize")
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Select(method => $"{method.DeclaringType}.{method.Name}"));

    [TestMethod]
    public void NoStaticFieldCanChange() => Violations.AssertNone(
        Shipped.SelectMany(assembly => assembly.GetTypes())
            .Where(type => WrittenTypes.Are(type) && !HoldersOfState.Contains(type.FullName))
            .SelectMany(type => type.GetFields(Declared))
            .Where(field => field is { IsStatic: true, IsInitOnly: false, IsLiteral: false })
            // A [ThreadStatic] field is not shared.
            .Where(field => !field.IsDefined(typeof(ThreadStaticAttribute)))
            .Select(field => $"{field.DeclaringType}.{field.Name}"));
}
