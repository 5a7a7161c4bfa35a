using Microsoft.EntityFrameworkCore.Query;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>Makes the provider's generators of SQL, each with <see cref="AuditSqlGenerator"/> around it.</summary>
internal sealed class AuditSqlGeneratorFactory(IQuerySqlGeneratorFactory provider, QuerySqlGeneratorDependencies parts) : IQuerySqlGeneratorFactory
{
    public QuerySqlGenerator Create() => new AuditSqlGenerator(provider.Create(), parts);
}
