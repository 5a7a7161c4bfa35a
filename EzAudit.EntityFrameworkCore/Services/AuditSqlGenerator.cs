using System.Linq.Expressions;
using EzAudit.EntityFrameworkCore.Commands;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>Remembers which tables a generated command uses, because EF does not give that to interceptors.</summary>
internal sealed class AuditSqlGenerator(QuerySqlGenerator provider, QuerySqlGeneratorDependencies parts) : QuerySqlGenerator(parts)
{
    public override IRelationalCommand GetCommand(Expression queryExpression)
    {
        IRelationalCommand command = provider.GetCommand(queryExpression);
        if (CommandTree.Read(queryExpression) is { } generated && command.CommandText.Length > 0) GeneratedCommand.Remember(command.CommandText, generated);
        return command;
    }
}

/// <summary>Wraps each SQL generator of the provider in an <see cref="AuditSqlGenerator"/>.</summary>
internal sealed class AuditSqlGeneratorFactory(IQuerySqlGeneratorFactory provider, QuerySqlGeneratorDependencies parts) : IQuerySqlGeneratorFactory
{
    public QuerySqlGenerator Create() => new AuditSqlGenerator(provider.Create(), parts);
}
