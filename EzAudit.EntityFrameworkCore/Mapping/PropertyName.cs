using System.Linq.Expressions;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>Gets the name of the property that an expression such as <c>node => node.ParentId</c> reads.</summary>
internal static class PropertyName
{
    public static string Of(LambdaExpression expression)
    {
        Expression body = expression.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : expression.Body;
        return body is MemberExpression { Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException($"{expression} does not name a property of the entity itself. Use an expression such as node => node.ParentId.", nameof(expression));
    }
}
