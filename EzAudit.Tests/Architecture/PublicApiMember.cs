using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EzAudit.Tests.Architecture;

/// <summary>Prints one public or protected member; returns <see langword="null"/> for other members and for those that the compiler adds to records.</summary>
internal static class PublicApiMember
{
    public static string? Of(MemberInfo member) => member switch
    {
        ConstructorInfo made when IsOpen(made) => $"{Access(made)}{made.DeclaringType!.Name.Split('`')[0]}({Parameters(made)})",
        MethodInfo method when IsOpen(method) && IsOwn(method) => Of(method),
        PropertyInfo property when property.GetMethod is { } get && IsOpen(get) && IsOwn(property) => Of(property, get),
        FieldInfo field when field.IsPublic || field.IsFamily => Of(field),
        EventInfo raised when IsOpen(raised.AddMethod!) => $"event {CSharpName.Of(raised.EventHandlerType!)} {raised.Name}",
        _ => null,
    };

    private static string Of(MethodInfo method)
    {
        string name = method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(CSharpNameOf))}>" : method.Name;
        if (method.IsSpecialName)
        {
            string returned = CSharpName.Of(method.ReturnType);
            name = method.Name switch
            {
                "op_Implicit" => "implicit operator",
                "op_Explicit" => "explicit operator",
                _ => "operator " + method.Name[3..],
            };
            return $"{Access(method)}static {name} {returned}({Parameters(method)})";
        }
        NullabilityInfo nullability = new NullabilityInfoContext().Create(method.ReturnParameter);
        return $"{Access(method)}{Modifier(method)}{CSharpName.Of(method.ReturnType, nullability)} {name}({Parameters(method)})";
    }

    private static string CSharpNameOf(Type type) => CSharpName.Of(type);

    private static string Of(PropertyInfo property, MethodInfo get)
    {
        string required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        string set = property.SetMethod is { } setter && IsOpen(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        string name = property.GetIndexParameters().Length > 0 ? $"this[{Parameters(get)}]" : property.Name;
        string type = CSharpName.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        return $"{Access(get)}{Modifier(get)}{required}{type} {name} {{ get;{set} }}";
    }

    private static string Of(FieldInfo field)
    {
        string type = CSharpName.Of(field.FieldType, new NullabilityInfoContext().Create(field));
        if (field.IsLiteral) return $"const {type} {field.Name} = {Literal(field.GetRawConstantValue())}";
        return $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Parameters(MethodBase method)
    {
        string first = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return first + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string modifier = parameter switch
        {
            { ParameterType.IsByRef: true, IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false) => "params ",
            _ => "",
        };
        string type = CSharpName.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        return $"{modifier}{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue, parameter.ParameterType) : "")}";
    }

    private static string Literal(object? value, Type? type = null) => value switch
    {
        null => type is { IsValueType: true } && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        Enum name => $"{name.GetType().Name}.{name}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Modifier(MethodInfo method) => method switch
    {
        { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "virtual ",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        _ when method.GetBaseDefinition().DeclaringType != method.DeclaringType => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static bool IsOpen(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsOwn(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute), false)
        && !(member is MethodInfo { IsSpecialName: true } method && !method.Name.StartsWith("op_", StringComparison.Ordinal));
}
