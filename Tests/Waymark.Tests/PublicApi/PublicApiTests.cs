using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Waymark.TestSupport;
using Waymark.Testing;

namespace Waymark.Tests.PublicApi;

/// <summary>The public surface is what the approved file says: a change to it is seen in review.</summary>
/// <remarks>To accept a change: WAYMARK_ACCEPT=1 dotnet test Tests/Waymark.Tests, then read the diff.</remarks>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string, Assembly> Packages => new()
    {
        { "Waymark", typeof(RouteTable).Assembly },
        { "Waymark.RateLimiting", typeof(RateLimit).Assembly },
        { "Waymark.Testing", typeof(NativeApp).Assembly },
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_approved_one(string package, Assembly assembly)
    {
        string actual = Describe(assembly);
        string path = Repository.PathOf($"Tests/Waymark.Tests/PublicApi/{package}.approved.txt");
        bool isBuildMachine = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        if (Environment.GetEnvironmentVariable("WAYMARK_ACCEPT") == "1" && !isBuildMachine)
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void Every_package_with_a_library_is_approved() => Assert.Equal(
        Repository.Files("Runtime", ".csproj")
            .Where(file => file.Split('/').Length == 3 && !File.ReadAllText(Repository.PathOf(file))
                .Contains("<IncludeBuildOutput>false", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
        Packages.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(KindOf(type)).Append(' ').Append(NameOf(type, qualified: true));
            if (BasesOf(type) is { Length: > 0 } bases)
                text.Append(" : ").Append(bases);
            text.Append('\n');
            IEnumerable<string> members = type.GetMembers(Declared).Select(Describe).OfType<string>();
            foreach (string member in members.Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string KindOf(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsSubclassOf(typeof(Delegate)))
            return "delegate";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return "struct";
        return type switch
        {
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
    }

    private static string BasesOf(Type type)
    {
        if (type.IsEnum || type.IsSubclassOf(typeof(Delegate)))
            return "";
        IEnumerable<Type> bases = type.GetInterfaces().OrderBy(face => face.FullName, StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases = bases.Prepend(parent);
        return string.Join(", ", bases.Select(item => NameOf(item, qualified: false)));
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) && !IsRecordPlumbing(method) =>
            $"{Modifiers(method)}{NameOf(method.ReturnType, false)} {method.Name}{Arity(method)}({Parameters(method)})",
        PropertyInfo property when property.GetAccessors(true).Any(IsVisible) && property.Name != "EqualityContract" =>
            $"{Modifiers(property.GetAccessors(true).First(IsVisible))}{NameOf(property.PropertyType, false)} "
            + $"{property.Name} {{ {Accessors(property)} }}",
        FieldInfo field when field.IsPublic && !field.IsSpecialName =>
            $"{(field.IsStatic ? "static " : "")}{NameOf(field.FieldType, false)} {field.Name}"
            + (field.IsLiteral ? $" = {field.GetRawConstantValue()}" : ""),
        EventInfo happening when IsVisible(happening.AddMethod!) => $"event {happening.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsRecordPlumbing(MethodInfo method) =>
        method.Name is "PrintMembers" or "<Clone>$" or "ToString" or "GetHashCode" or "Equals" or "Deconstruct"
        || method.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;

    private static string Modifiers(MethodBase method) => (method.IsPublic ? "" : "protected ") + method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Accessors(PropertyInfo property) =>
        string.Join(' ', property.GetAccessors(true).Where(IsVisible).Select(Accessor));

    private static string Accessor(MethodInfo accessor)
    {
        bool isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return accessor.ReturnType != typeof(void) ? "get;" : isInit ? "init;" : "set;";
    }

    private static string Arity(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(type => type.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "")
        + $"{NameOf(parameter.ParameterType, false)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")));

    private static string NameOf(Type type, bool qualified)
    {
        if (type.IsByRef)
            return NameOf(type.GetElementType()!, qualified);
        if (type.IsArray)
            return NameOf(type.GetElementType()!, qualified) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return NameOf(value, qualified) + "?";
        string name = qualified && !type.IsGenericParameter ? $"{type.Namespace}.{type.Name}" : type.Name;
        if (!type.IsGenericType)
            return name;
        IEnumerable<string> arguments = type.GetGenericArguments().Select(argument => NameOf(argument, false));
        return $"{name.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }
}
