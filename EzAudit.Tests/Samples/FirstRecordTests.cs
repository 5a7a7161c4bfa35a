using EzAudit.Tests.Support;

namespace EzAudit.Tests.Samples;

/// <summary>Writes the first record as the README says.</summary>
[TestClass]
public sealed class FirstRecordTests
{
    private const string Heading = "A first record";

    [TestMethod]
    public void TheProgramOfTheReadmeWritesItsRecord()
    {
        using var folder = new TempFolder();
        folder.Write("Orders/Orders.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Repository.PathOf("EzAudit", "EzAudit.csproj")}" />
              </ItemGroup>
            </Project>
            """);
        folder.Write("Orders/Program.cs", ReadmeText.Block(Heading, "csharp"));
        folder.Write("Orders/settings/audit.ini", ReadmeText.Block(Heading, "ini"));

        // Already built for the tests; building it again would write where other tests read.
        Dotnet(folder["Orders"], "run", "-c", Repository.Configuration, "--property:BuildProjectReferences=false");

        string log = File.ReadAllText(folder["Orders/var/log/audit/order_delete.log"]);
        StringAssert.EndsWith(log, "] [127.0.0.1] [admin:14]\nOrder ID: 7\nComment: Removed the order\n\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void TheProjectThatTheCommandsReferenceExists()
    {
        const string Reference = "dotnet add Orders reference EzAudit/EzAudit/EzAudit.csproj\n";

        StringAssert.Contains(ReadmeText.Block(Heading, ""), Reference, StringComparison.Ordinal);
        Assert.IsTrue(File.Exists(Repository.PathOf("EzAudit", "EzAudit.csproj")));
    }

    [TestMethod]
    public void TheReadmeHasAtMost1200Words()
    {
        string[] words = File.ReadAllText(Repository.PathOf("README.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

        Assert.IsLessThanOrEqualTo(1200, words.Length);
    }

    private static void Dotnet(string directory, params string[] arguments)
    {
        using ChildProcess dotnet = ChildProcess.StartProgramIn(directory, new() { ["DOTNET_NOLOGO"] = "1", ["EZAUDIT_ROOT"] = "" }, ["dotnet", .. arguments]);
        dotnet.Input.Close();
        var (exitCode, output, errors) = dotnet.Finish();
        Assert.AreEqual(0, exitCode, output + errors);
    }
}
