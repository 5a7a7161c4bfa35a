using Microsoft.EntityFrameworkCore.Query;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>Wraps each SQL generator of the provider in an <see cref="AuditSqlGenerator"/>.</summary>
internal sealed class AuditSqlGeneratorFactory(IQuerySqlGeneratorFactory provider, QuerySqlGeneratorDependencies parts) : IQuerySqlGeneratorFactory
{
    public QuerySqlGenerator Create() => new AuditSqlGenerator(provider.Create(), parts);
}
