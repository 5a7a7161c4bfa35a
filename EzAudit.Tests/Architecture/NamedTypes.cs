using System.Reflection;
using System.Reflection.Emit;

namespace EzAudit.Tests.Architecture;

/// <summary>Finds all types that a type names: in signatures, attributes, local variables and, from the IL, in method bodies.</summary>
internal static class NamedTypes
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        foreach (Type contract in type.GetInterfaces()) Add(found, contract);
        AddAttributes(found, type);
        foreach (FieldInfo field in type.GetFields(Declared))
        {
            Add(found, field.FieldType);
            AddAttributes(found, field);
        }
        foreach (MethodBase method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            AddSignature(found, method);
            AddBody(found, method);
        }
        return found;
    }

    private static void AddSignature(HashSet<Type> found, MethodBase method)
    {
        if (method is MethodInfo { ReturnType: var returned }) Add(found, returned);
        foreach (ParameterInfo parameter in method.GetParameters()) Add(found, parameter.ParameterType);
        if (method.IsGenericMethodDefinition)
        {
            foreach (Type argument in method.GetGenericArguments())
            {
                foreach (Type constraint in argument.GetGenericParameterConstraints()) Add(found, constraint);
            }
        }
        AddAttributes(found, method);
    }

    private static void AddBody(HashSet<Type> found, MethodBase method)
    {
        MethodBody? body = method.GetMethodBody();
        if (body?.GetILAsByteArray() is not { } il) return;
        foreach (LocalVariableInfo local in body.LocalVariables) Add(found, local.LocalType);
        foreach (ExceptionHandlingClause clause in body.ExceptionHandlingClauses)
        {
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) Add(found, clause.CatchType);
        }
        foreach (int token in Tokens(il)) AddMember(found, Resolve(method, token));
    }

    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (int at = 0; at < il.Length;)
        {
            // Two-byte opcodes begin with FE.
            short value = il[at++];
            if (value == 0xFE) value = (short)(0xFE00 | il[at++]);
            OperandType operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(il, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
        method.IsGenericMethodDefinition ? method.GetGenericArguments() : null);

    private static void AddMember(HashSet<Type> found, MemberInfo? member)
    {
        if (member is Type type)
        {
            Add(found, type);
            return;
        }
        Add(found, member?.DeclaringType);
        if (member is FieldInfo field) Add(found, field.FieldType);
        if (member is MethodBase method)
        {
            if (method is MethodInfo { ReturnType: var returned }) Add(found, returned);
            foreach (ParameterInfo parameter in method.GetParameters()) Add(found, parameter.ParameterType);
            if (method.IsGenericMethod)
            {
                foreach (Type argument in method.GetGenericArguments()) Add(found, argument);
            }
        }
    }

    private static void AddAttributes(HashSet<Type> found, MemberInfo member)
    {
        foreach (CustomAttributeData attribute in member.GetCustomAttributesData()) Add(found, attribute.AttributeType);
    }

    private static void Add(HashSet<Type> found, Type? type)
    {
        while (type is { HasElementType: true }) type = type.GetElementType();
        if (type is null || type.IsGenericParameter) return;
        if (type.IsConstructedGenericType)
        {
            foreach (Type argument in type.GetGenericArguments()) Add(found, argument);
            type = type.GetGenericTypeDefinition();
        }
        found.Add(type);
    }
}
