using System.IO.Compression;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Samples;

/// <summary>The web application of the README, published with <c>dotnet publish</c> and moved elsewhere.</summary>
[TestClass]
public sealed class PublishedApplicationTests
{
    private const string Heading = "In a web application";

    [TestMethod]
    [Fault(63)]
    public async Task APublishedApplicationAuditsAsTheProjectDid()
    {
        using var folder = new TempFolder();
        string published = Publish(folder);

        using (ChildProcess application = Start(published, out Uri address))
        {
            using var client = new HttpClient { BaseAddress = address };
            Assert.AreEqual("Order 7", await client.GetStringAsync("/orders/7"));
            Assert.AreEqual("Healthy", await client.GetStringAsync("/health"));
        }

        Assert.Contains("\nEntity type: Order\nEntity ID: 7\n", File.ReadAllText(Path.Combine(published, "var/log/audit/entity_view.log")).ReplaceLineEndings("\n"));
        Assert.Contains("\nPath: /orders/7\n", File.ReadAllText(Path.Combine(published, "var/log/audit/access.log")));

        Directory.Delete(Path.Combine(published, "settings"), recursive: true);
        using (ChildProcess application = Start(published, out Uri address))
        {
            using var client = new HttpClient { BaseAddress = address };
            Assert.AreEqual("Degraded", await client.GetStringAsync("/health"));
        }
    }

    [TestMethod]
    public void ThePackageCopiesTheSettings()
    {
        using var folder = new TempFolder();
        Dotnet("pack", Repository.PathOf("EzAudit", "EzAudit.csproj"), "-c", Repository.Configuration, "--no-build", "--no-restore", "-o", folder.Path);

        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(folder.Path, "EzAudit.*.nupkg").Single());

        Assert.IsNotNull(package.GetEntry("buildTransitive/EzAudit.targets"));
    }

    [TestMethod]
    public void AProjectThatReferencesAnApplicationDoesNotGetItsSettings()
    {
        // These tests reference Newsroom.
        Assert.IsTrue(File.Exists(Repository.PathOf("samples", "Newsroom", "bin", Repository.Configuration, "net10.0", "settings", "audit.ini")));
        Assert.IsFalse(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "settings")));
    }

    private static string Publish(TempFolder folder)
    {
        string import = ReadmeText.Block(Heading, "xml").Replace("../EzAudit/", Repository.Root + "/", StringComparison.Ordinal);
        folder.Write("Shop/Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            {import}
            </Project>
            """);
        folder.Write("Shop/Program.cs", ReadmeText.Block(Heading, "csharp"));
        folder.Write("Shop/settings/audit.ini", ReadmeText.Block(Heading, "ini"));
        // Already built for the tests; building it again would write where other tests read.
        Dotnet("publish", folder["Shop"], "-c", Repository.Configuration, "-p:BuildProjectReferences=false", "-o", folder["published"]);
        Assert.HasCount(1, Directory.GetFiles(folder["Shop/bin"], "audit.ini", SearchOption.AllDirectories), "The output directory has the settings too.");
        Directory.Move(folder["published"], folder["elsewhere"]);
        Directory.Delete(folder["Shop"], recursive: true);
        return folder["elsewhere"];
    }

    private static ChildProcess Start(string published, out Uri address)
    {
        var environment = new Dictionary<string, string> { ["EZAUDIT_ROOT"] = "", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["DOTNET_ENVIRONMENT"] = "Production" };
        ChildProcess application = ChildProcess.StartProgramIn(Path.GetTempPath(), environment, "dotnet", Path.Combine(published, "Shop.dll"));
        const string Mark = "Now listening on: ";
        string line;
        do line = application.ReadLine(); while (!line.Contains(Mark, StringComparison.Ordinal));
        address = new Uri(line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]);
        return application;
    }

    private static void Dotnet(params string[] arguments)
    {
        using ChildProcess dotnet = ChildProcess.StartProgramIn(Path.GetTempPath(), new() { ["DOTNET_NOLOGO"] = "1" }, ["dotnet", .. arguments]);
        dotnet.Input.Close();
        var (exitCode, output, errors) = dotnet.Finish();
        Assert.AreEqual(0, exitCode, output + errors);
    }
}
