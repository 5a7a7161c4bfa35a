using EzAudit.AspNetCore.Views;
using EzAudit.Records;
using EzAudit.Tests.Plugins;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>Compares the field names in records of endpoints with the definitions.</summary>
[TestClass]
public sealed class ViewFieldsTests
{
    [TestMethod]
    [DataRow(ViewFields.View, ViewFields.EntityType, ViewFields.EntityPath, ViewFields.EntityId, ViewFields.ProjectName)]
    [DataRow(ViewFields.Search, ViewFields.EntityType, ViewFields.Query, ViewFields.ResultCount)]
    [DataRow(ViewFields.Download, ViewFields.EntityType, ViewFields.EntityId, ViewFields.FileName, ViewFields.Bytes)]
    [DataRow(ViewFields.Call, ViewFields.Resource, ViewFields.Operation, ViewFields.Duration, ViewFields.Status)]
    [DataRow(ViewFields.Input, ViewFields.Page, ViewFields.Parameters)]
    [DataRow(ViewFields.Output, ViewFields.Page, ViewFields.Rows, ViewFields.Bytes)]
    public void FieldsAreThoseOfTheDefinitions(string function, params string[] fields)
    {
        AuditFunction definition = PluginWriter.Functions.Single(defined => defined.Name == function);
        CollectionAssert.AreEqual(definition.Fields.ToArray(), fields);
    }
}
