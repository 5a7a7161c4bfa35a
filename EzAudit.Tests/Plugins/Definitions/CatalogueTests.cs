using EzAudit.Extensibility;
using EzAudit.Formats.Secrets;
using EzAudit.Plugins;
using EzAudit.Records;

namespace EzAudit.Tests.Plugins.Definitions;

/// <summary>Checks the definitions of all built-in functions.</summary>
[TestClass]
public sealed class CatalogueTests
{
    private static readonly string[] EcsCategories =
    [
        "api", "authentication", "configuration", "database", "driver", "email", "file", "host", "iam", "intrusion_detection", "library", "malware", "network",
        "package", "process", "registry", "session", "threat", "vulnerability", "web",
    ];

    private static readonly string[] EcsTypes =
    [
        "access", "admin", "allowed", "change", "connection", "creation", "deletion", "denied", "end", "error", "group", "indicator", "info", "installation",
        "protocol", "start", "user",
    ];

    // The highest activity of each OCSF 1.8 class in use; 99 means "other" in all of them.
    private static readonly Dictionary<long, long> OcsfClasses = new()
    {
        [3001] = 12, [3002] = 7, [3003] = 3, [3004] = 13, [3005] = 4, [3006] = 9, [4002] = 9, [6001] = 8, [6002] = 8, [6003] = 4, [6005] = 10, [6006] = 17, [6008] = 2,
    };

    [TestMethod]
    [DataRow("record-update", "record_change.log", "Table|SIDU")]
    [DataRow("entity-view", "entity_view.log", "Entity type|Entity path|Entity ID|Project name")]
    [DataRow("user-login-api-key", "api_login.log", "User id|User login|Key id|Method|Path")]
    [DataRow("user-failed-login-oauth", "failed_login.log", "Client id|Reason|Method|Path")]
    [DataRow("group-users-set", "membership.log", "Group ID|Group name|Added|Removed|Resulting count")]
    [DataRow("access-denied-api", "access_denied.log", "Method|Path|Required policy|Status")]
    [DataRow("session-end", "session.log", "Session id|Reason|Duration")]
    [DataRow("web-access", "access.log", "User|Method|Path|Query|ids|Endpoint|Status|Duration|Outcome")]
    public void FileAndFieldsAreThoseOfTheCatalogue(string name, string fileName, string fields)
    {
        AuditFunction function = PluginWriter.All.Single(function => function.Name == name);

        Assert.AreEqual(fileName, function.DefaultFileName);
        Assert.AreEqual(fields, string.Join('|', function.Fields));
    }

    [TestMethod]
    public void EveryPluginOfTheAssemblyIsAmongTheBuiltInOnes() => CollectionAssert.AreEquivalent(
        typeof(BuiltInPlugins).Assembly.GetExportedTypes().Where(typeof(IAuditPlugin).IsAssignableFrom).ToArray(),
        BuiltInPlugins.Create().Select(plugin => plugin.GetType()).ToArray());

    [TestMethod]
    public void ASentenceNamesOnlyFieldsOfItsFunction()
    {
        foreach (AuditFunction function in PluginWriter.All.Where(function => function.Sentence is not null))
        {
            IEnumerable<string> named = function.Sentence!.Split('{').Skip(1).Select(piece => piece[..piece.IndexOf('}', StringComparison.Ordinal)]);
            foreach (string field in named)
                Assert.Contains(field, function.Fields, $"{function.Name}: found {{{field}}} in its sentence, expected one of its fields.");
        }
    }

    [TestMethod]
    public void EveryFunctionHasAFileACategoryAndAnEventWordOfItsOwn()
    {
        foreach (AuditFunction function in PluginWriter.All)
        {
            Assert.IsFalse(string.IsNullOrEmpty(function.Category), function.Name);
            Assert.IsFalse(string.IsNullOrEmpty(function.DefaultFileName), function.Name);
        }
        List<string?> words = [.. PluginWriter.All.Select(function => function.EventName)];
        CollectionAssert.AllItemsAreNotNull(words);
        CollectionAssert.AllItemsAreUnique(words);
    }

    [TestMethod]
    public void NamesAreInKebabCaseAndFieldsAppearOnce()
    {
        foreach (AuditFunction function in PluginWriter.All)
        {
            Assert.MatchesRegex("^[a-z0-9]+(-[a-z0-9]+)+$", function.Name);
            CollectionAssert.AllItemsAreUnique(function.Fields.ToList(), function.Name);
        }
    }

    [TestMethod]
    public void NoFieldIsMistakenForASecret()
    {
        var secrets = new SecretNames([]);

        foreach (AuditFunction function in PluginWriter.All)
            Assert.IsEmpty(function.Fields.Where(field => secrets.KindOf(field) == NameKind.Secret), function.Name);
    }

    [TestMethod]
    public void AFailedOperationIsOnlyAFailure()
    {
        foreach (AuditFunction function in PluginWriter.All)
        {
            bool isFailure = function.Name.Contains("failed", StringComparison.Ordinal) || function.Name.StartsWith("access-denied", StringComparison.Ordinal)
                || function.Name is "password-reset-expired" or "service-error" or "audit-loss";
            Assert.AreEqual(isFailure ? AuditOutcome.Failure : AuditOutcome.Success, function.Outcome, function.Name);
        }
    }

    [TestMethod]
    public void EveryFunctionIsMappedToWordsThatTheSchemasKnow()
    {
        foreach (AuditFunction function in PluginWriter.All)
        {
            AuditMapping ecs = function.Mappings.Single(mapping => mapping.Schema == AuditMapping.Ecs);
            AuditMapping ocsf = function.Mappings.Single(mapping => mapping.Schema == AuditMapping.Ocsf);
            long ofClass = ocsf.Values.Single(value => value.Path == "class_uid").Number!.Value;
            long activity = ocsf.Values.Single(value => value.Path == "activity_id").Number!.Value;

            CollectionAssert.IsSubsetOf(Texts(ecs, "event.category[]"), EcsCategories, function.Name);
            CollectionAssert.IsSubsetOf(Texts(ecs, "event.type[]"), EcsTypes, function.Name);
            Assert.IsNotEmpty(Texts(ecs, "event.type[]"), function.Name);
            Assert.IsTrue(OcsfClasses.TryGetValue(ofClass, out long last) && (activity is 99 || (activity >= 1 && activity <= last)), $"{function.Name}: found {ofClass}:{activity}");
            StringAssert.StartsWith(ecs.Version, "8.", StringComparison.Ordinal);
            StringAssert.StartsWith(ocsf.Version, "1.8.", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    [DataRow(3004, "entity.")]
    [DataRow(3006, "group.")]
    [DataRow(6001, "web_resources[].")]
    [DataRow(6002, "app.")]
    [DataRow(6003, "api.operation")]
    [DataRow(6006, "file.name")]
    public void AClassHasItsRequiredAttributes(int ofClass, string path)
    {
        IEnumerable<AuditFunction> ofThisClass = PluginWriter.All
            .Where(function => Ocsf(function).Any(value => value.Path == "class_uid" && value.Number == ofClass));

        Assert.IsNotEmpty(ofThisClass);
        foreach (AuditFunction function in ofThisClass)
            Assert.IsTrue(Ocsf(function).Any(value => value.Path.StartsWith(path, StringComparison.Ordinal)), $"{function.Name}: found no {path}");
    }

    private static IReadOnlyList<AuditMappedValue> Ocsf(AuditFunction function) => function.Mappings.Single(mapping => mapping.Schema == AuditMapping.Ocsf).Values;

    private static string?[] Texts(AuditMapping mapping, string path) => [.. mapping.Values.Where(value => value.Path == path).Select(value => value.Text)];
}
