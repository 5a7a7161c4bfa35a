using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace EzAudit.Tests.Architecture;

/// <summary>The public API of an assembly as text: readable, sorted, one line per member.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string?, Type> space in assembly.GetExportedTypes().GroupBy(type => type.Namespace).OrderBy(space => space.Key, StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (Type type in space.OrderBy(type => CSharpName.Of(type), StringComparer.Ordinal))
            {
                text.Append("\n    ").Append(Header(type)).Append('\n');
                foreach (string line in Members(type)) text.Append("        ").Append(line).Append('\n');
            }
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Header(Type type)
    {
        IEnumerable<string> bases = new[] { type.BaseType }.OfType<Type>()
            .Where(parent => parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).OrderBy(contract => contract.Name, StringComparer.Ordinal))
            .Select(parent => CSharpName.Of(parent));
        string list = string.Join(", ", bases);
        return $"public {Kind(type)} {CSharpName.Of(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum) return "enum";
        if (type.IsInterface) return "interface";
        // Metadata does not mark records, but the compiler gives each of them this method.
        string record = type.GetMethod("PrintMembers", Declared, [typeof(StringBuilder)]) is null ? "" : "record ";
        if (type.IsValueType)
            return (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + record + "struct";
        string modifier = type switch
        {
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        return modifier + record + "class";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        return type.GetMembers(Declared).Select(PublicApiMember.Of).OfType<string>().Order(StringComparer.Ordinal);
    }
}
