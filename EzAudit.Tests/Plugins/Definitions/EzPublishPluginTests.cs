using EzAudit.Plugins;
using EzAudit.Records;

namespace EzAudit.Tests.Plugins.Definitions;

/// <summary>Checks the definitions of eZ's functions.</summary>
[TestClass]
public sealed class EzPublishPluginTests
{
    [TestMethod]
    [DataRow("user-login", "login.log", "User id|User login")]
    [DataRow("user-failed-login", "failed_login.log", "User login|Comment")]
    [DataRow("content-delete", "content_delete.log", "Node ID|Object ID|Content Name|Comment")]
    [DataRow("content-move", "content_move.log", "Node ID|Old parent node ID|New parent node ID|Object ID|Content Name|Comment")]
    [DataRow("content-hide", "content_hide.log", "Node ID|Object ID|Content Name|Time|Comment")]
    [DataRow("role-change", "role_change.log", "Role ID|Role name|Comment")]
    [DataRow("role-assign", "role_assign.log", "Role ID|Role name|Assign to content object ID|Content object name|Comment")]
    [DataRow("section-assign", "section_assign.log", "Section ID|Section name|Node ID|Content object ID|Content object name|Comment")]
    [DataRow("state-assign", "state_assign.log", "Content object ID|Content object name|Selected State ID Array|Comment")]
    [DataRow("order-delete", "order_delete.log", "Order ID|Comment")]
    public void FileAndFieldsAreThoseOfEz(string name, string fileName, string fields)
    {
        AuditFunction function = PluginWriter.OfEz.Single(function => function.Name == name);

        Assert.AreEqual(fileName, function.DefaultFileName);
        Assert.AreEqual(fields, string.Join('|', function.Fields));
    }

    [TestMethod]
    public void ThereAreTenFunctions() => Assert.HasCount(10, PluginWriter.OfEz);

    [TestMethod]
    public void EveryPublicDefinitionIsRegistered()
    {
        AuditFunction[] all = [.. typeof(EzPublishPlugin).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType == typeof(AuditFunction))
            .Select(property => (AuditFunction)property.GetValue(null)!)];

        CollectionAssert.IsSubsetOf(all, PluginWriter.Functions.ToList());
        CollectionAssert.IsSubsetOf(PluginWriter.OfEz.ToList(), all);
    }
}
