using System.Runtime.InteropServices;
using EzAudit.Tests.Faults;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Samples;

/// <summary>Applications in every form that <c>dotnet publish</c> supports.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
public sealed class PublishFormTests
{
    private const string Program = """
        using EzAudit;
        using EzAudit.Plugins;
        using EzAudit.Records;

        using AuditWriter writer = new AuditWriterBuilder(args[0]).AddPlugin(new EzPublishPlugin()).Build();
        using (AuditContext.Use(new AuditActor("admin", "14"), "127.0.0.1")) Console.WriteLine(writer.WriteAudit("order-delete", ("Order ID", 7)));
        """;

    // The forms that are compiled again take a minute altogether.
    private static readonly string[] Quick = ["PublishSingleFile=true;SelfContained=false"];
    private static readonly string[] All = [.. Quick, "PublishTrimmed=true;SelfContained=true", "PublishTrimmed=true;PublishSingleFile=true;SelfContained=true", "PublishAot=true"];

    [TestMethod]
    [Fault(63)]
    public void AnApplicationPublishedInAnyFormWrites()
    {
        foreach (string form in FaultForm.Choose(Quick, All))
        {
            using var folder = new TempFolder();
            Publish(folder, form);

            string output = Command.Run(folder["published/App"], folder.Path);

            Assert.AreEqual("True", output.Trim(), form);
            StringAssert.EndsWith(folder.Read("var/log/audit/order_delete.log"), "] [127.0.0.1] [admin:14]\nOrder ID: 7\n\n", StringComparison.Ordinal, form);
        }
    }

    private static void Publish(TempFolder folder, string form)
    {
        string properties = string.Concat(form.Split(';').Select(property => property.Split('=')).Select(property => $"<{property[0]}>{property[1]}</{property[0]}>"));
        folder.Write("settings/audit.ini", "[AuditSettings]\nAudit=enabled\nAuditFileNames[order-delete]=order_delete.log\n");
        folder.Write("App/Program.cs", Program);
        folder.Write("App/App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <EzAuditLoadPluginsByName>false</EzAuditLoadPluginsByName>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Repository.PathOf("EzAudit.Plugins", "EzAudit.Plugins.csproj")}" />
              </ItemGroup>
              <Import Project="{Repository.PathOf("EzAudit", "buildTransitive", "EzAudit.targets")}" />
            </Project>
            """);
        // Already built for the tests; building it again would write where other tests read.
        string report = Command.Run("dotnet", "publish", folder["App"], "-nologo", "-c", Repository.Configuration, "-p:BuildProjectReferences=false", "-o", folder["published"]);
        // ini-parser compares its settings by reflection; EzAudit never does.
        string[] warnings = [.. report.Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal) && !line.Contains("IniParser.", StringComparison.Ordinal))];
        Assert.IsEmpty(warnings, string.Join('\n', warnings));
    }
}
